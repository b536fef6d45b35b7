/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The log's lines go through a ring of bytes: callers copy a finished line in under a short lock, one thread writes it
 * out without the lock.
 *
 *      0                                     LOG_RING_BYTES
 *      |  old lines   | waiting to go out |  older lines  |       positions count up for ever; modulo gives the place
 *                     ^written            ^added
 *
 * Who reads standard error may be slow (a pipe, a terminal that is held): then the ring fills, and further lines are
 * dropped and counted rather than make a worker wait. What was written stays in the ring until it is overwritten; that
 * is what a panic shows.
 *
 * State is global on purpose: a process has one standard error.
 */
#include "os/log.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/buf.h"
#include "os/clock.h"

static struct {
    pthread_mutex_t lock;
    pthread_cond_t more;
    pthread_t thread;
    bool running, ending, asleep; /* under the lock */
    uint64_t added, written;      /* positions; under the lock. written <= added <= written + LOG_RING_BYTES */
    uint64_t dropped_unsaid;      /* under the lock */
    _Atomic uint64_t dropped;
    _Atomic uint64_t tail; /* `added`, for log_tail */
    _Atomic int level;
    enum log_format format;
    int fd;
    char ring[LOG_RING_BYTES];
} the_log = {
    .lock = PTHREAD_MUTEX_INITIALIZER,
    .more = PTHREAD_COND_INITIALIZER,
    .level = LOG_INFO,
    .fd = STDERR_FILENO,
};

static const char *level_name(enum log_level level)
{
    static const char *const names[] = {"debug", "info", "warning", "error"};

    return names[level];
}

/* ---- one line ---- */

static void append_time(struct buf *out)
{
    uint64_t ms = os_clock_wall_ms();
    time_t seconds = (time_t)(ms / 1000);
    struct tm tm;

    gmtime_r(&seconds, &tm);
    buf_printf(out, "%04d-%02d-%02dT%02d:%02d:%02d.%03uZ", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
        tm.tm_min, tm.tm_sec, (unsigned)(ms % 1000));
}

/* Escapes what would end the line or the quotes; bytes above ASCII as one code each, for they need not be UTF-8. */
static void append_quoted(struct buf *out, struct slice text)
{
    buf_byte(out, '"');
    for (size_t i = 0; i < text.n && i < LOG_VALUE_BYTES_MAX; i++) {
        uint8_t c = text.p[i];

        if (c == '"' || c == '\\') {
            buf_byte(out, '\\');
            buf_byte(out, c);
        } else if (c == '\n') {
            BUF_LIT(out, "\\n");
        } else if (c < 0x20 || c >= 0x7f) {
            buf_printf(out, "\\u%04x", c);
        } else {
            buf_byte(out, c);
        }
    }
    buf_byte(out, '"');
}

/* In a text line only values that need quotes have them. */
static bool is_plain(struct slice text)
{
    if (text.n == 0 || text.n > LOG_VALUE_BYTES_MAX)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        uint8_t c = text.p[i];

        if (c <= ' ' || c >= 0x7f || c == '"' || c == '\\' || c == '=')
            return false;
    }
    return true;
}

static void append_value(struct buf *out, const struct log_field *field, bool json)
{
    if (field->kind == LOG_FIELD_INT)
        buf_printf(out, "%lld", (long long)field->number);
    else if (field->kind == LOG_FIELD_UINT)
        buf_printf(out, "%llu", (unsigned long long)field->number);
    else if (field->kind == LOG_FIELD_REAL)
        buf_printf(out, "%.15g", field->real);
    else if (!json && is_plain(field->text))
        buf_slice(out, field->text);
    else
        append_quoted(out, field->text);
}

static void append_words(struct buf *out, struct slice words)
{
    buf_byte(out, ' ');
    for (size_t i = 0; i < words.n && i < LOG_VALUE_BYTES_MAX; i++)
        buf_byte(out, words.p[i] < 0x20 || words.p[i] == 0x7f ? ' ' : words.p[i]);
}

/* False, and nothing appended, when the field does not fit before `n_max`. */
static bool append_field(struct buf *out, const struct log_field *field, bool json, size_t n_max)
{
    size_t before = out->n;

    if (field->kind == LOG_FIELD_WORDS && !json) {
        append_words(out, field->text);
    } else {
        buf_printf(out, json ? ",\"%s\":" : " %s=", field->key);
        append_value(out, field, json);
    }
    if (!out->failed && out->n <= n_max)
        return true;
    out->failed = false;
    out->n = before;
    return false;
}

static void line_make(struct buf *out, enum log_level level, const char *event, const struct log_field *fields,
    uint32_t fields_count, bool json)
{
    static const struct log_field cut = {.key = "cut", .kind = LOG_FIELD_TEXT, .text = {(const uint8_t *)"true", 4}};
    size_t n_max = out->bytes_max - 32; /* room for `cut` and the end of the line */

    if (json)
        BUF_LIT(out, "{\"time\":\"");
    append_time(out);
    buf_printf(out, json ? "\",\"level\":\"%s\",\"event\":\"%s\"" : " %s %s", level_name(level), event);
    for (uint32_t i = 0; i < fields_count; i++) {
        if (!append_field(out, &fields[i], json, n_max)) {
            (void)append_field(out, &cut, json, out->bytes_max); /* there is room */
            break;
        }
    }
    buf_append(out, "}\n" + !json, 1u + json);
}

/* ---- the ring ---- */

static void ring_copy(uint64_t at, const void *bytes, size_t n)
{
    size_t place = at % LOG_RING_BYTES, first = LOG_RING_BYTES - place < n ? LOG_RING_BYTES - place : n;

    memcpy(the_log.ring + place, bytes, first);
    memcpy(the_log.ring, (const char *)bytes + first, n - first);
}

static bool write_all(int fd, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t done = write(fd, bytes, n);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return false;
        bytes += done;
        n -= (size_t)done;
    }
    return true;
}

/* Under the lock. Drops the line when there is no room. */
static void ring_add(const void *line, size_t n)
{
    if (the_log.added - the_log.written + n > LOG_RING_BYTES) {
        the_log.dropped_unsaid++;
        atomic_fetch_add(&the_log.dropped, 1);
        return;
    }
    ring_copy(the_log.added, line, n);
    the_log.added += n;
    atomic_store(&the_log.tail, the_log.added);
    if (the_log.asleep)
        pthread_cond_signal(&the_log.more);
}

/* Under the lock: says how many lines went missing, once there is room to say it. */
static void say_dropped(void)
{
    uint8_t line[256];
    struct buf out = {.p = line, .capacity = sizeof(line), .bytes_max = sizeof(line)};
    struct log_field field = log_uint("lines", the_log.dropped_unsaid);

    if (the_log.dropped_unsaid == 0)
        return;
    line_make(&out, LOG_WARNING, "log.dropped", &field, 1, the_log.format == LOG_FORMAT_JSON);
    the_log.dropped_unsaid = 0;
    ring_add(out.p, out.n);
}

static void *writer(void *argument)
{
    (void)argument;
    pthread_mutex_lock(&the_log.lock);
    for (;;) {
        uint64_t from = the_log.written;
        size_t place = from % LOG_RING_BYTES, n = (size_t)(the_log.added - from);

        if (n == 0 && the_log.ending)
            break;
        if (n == 0) {
            the_log.asleep = true;
            pthread_cond_wait(&the_log.more, &the_log.lock);
            the_log.asleep = false;
            continue;
        }
        if (n > LOG_RING_BYTES - place)
            n = LOG_RING_BYTES - place;
        pthread_mutex_unlock(&the_log.lock);
        (void)write_all(the_log.fd, the_log.ring + place, n); /* nobody is left to tell */
        pthread_mutex_lock(&the_log.lock);
        the_log.written = from + n;
        say_dropped();
    }
    pthread_mutex_unlock(&the_log.lock);
    return NULL;
}

/* ---- the header's functions ---- */

void log_level_set(enum log_level level)
{
    atomic_store_explicit(&the_log.level, level, memory_order_relaxed);
}

bool log_enabled(enum log_level level)
{
    return (int)level >= atomic_load_explicit(&the_log.level, memory_order_relaxed);
}

void log_event(enum log_level level, const char *event, const struct log_field *fields, uint32_t fields_count)
{
    uint8_t line[LOG_LINE_BYTES_MAX];
    struct buf out = {.p = line, .capacity = sizeof(line), .bytes_max = sizeof(line)};

    if (!log_enabled(level))
        return;
    line_make(&out, level, event, fields, fields_count, the_log.format == LOG_FORMAT_JSON);
    ASSERT(!out.failed);
    pthread_mutex_lock(&the_log.lock);
    if (the_log.running) {
        ring_add(line, out.n);
    } else {
        ring_copy(the_log.added, line, out.n);
        the_log.added += out.n;
        the_log.written = the_log.added;
        atomic_store(&the_log.tail, the_log.added);
        (void)write_all(the_log.fd, (const char *)line, out.n); /* nobody is left to tell */
    }
    pthread_mutex_unlock(&the_log.lock);
}

void log_start(int fd, enum log_level level, enum log_format format)
{
    ASSERT(!the_log.running);
    the_log.fd = fd;
    the_log.format = format;
    the_log.ending = false;
    the_log.running = true;
    atomic_store(&the_log.level, (int)level);
    if (pthread_create(&the_log.thread, NULL, writer, NULL) != 0) {
        the_log.running = false; /* lines are written by their callers */
        return;
    }
    (void)pthread_setname_np(the_log.thread, "log"); /* for ps alone */
}

void log_stop(void)
{
    pthread_mutex_lock(&the_log.lock);
    if (!the_log.running) {
        pthread_mutex_unlock(&the_log.lock);
        return;
    }
    the_log.ending = true;
    pthread_cond_signal(&the_log.more);
    pthread_mutex_unlock(&the_log.lock);
    pthread_join(the_log.thread, NULL);
    the_log.running = false;
    the_log.fd = STDERR_FILENO;
}

uint64_t log_dropped(void)
{
    return atomic_load(&the_log.dropped);
}

size_t log_tail(char *to, size_t bytes_max)
{
    uint64_t end = atomic_load(&the_log.tail);
    uint64_t from = end > LOG_RING_BYTES ? end - LOG_RING_BYTES : 0;
    size_t n = 0;

    if (end - from > bytes_max)
        from = end - bytes_max;
    if (from != 0) {
        while (from < end && the_log.ring[from % LOG_RING_BYTES] != '\n')
            from++; /* the rest of a line */
        from++;
    }
    for (; from < end; from++)
        to[n++] = the_log.ring[from % LOG_RING_BYTES];
    return n;
}
