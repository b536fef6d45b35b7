/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

/*
 * The log: one line, one event. A stable dotted name, then key=value.
 *
 *      2026-01-02T03:04:05.678Z info engine.open path=data/db ms=41
 *      {"time":"2026-01-02T03:04:05.678Z","level":"info","event":"engine.open","path":"data/db","ms":41}
 *
 *      LOG(LOG_INFO, "engine.open", log_text("path", path), log_uint("ms", ms));
 *
 * From any thread and any fiber; never waits for whoever reads the log. Lines that come faster than they are read are
 * dropped and counted (event log.dropped). One log a process.
 */
enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR };
enum log_format { LOG_FORMAT_TEXT, LOG_FORMAT_JSON };

#define LOG_LINE_BYTES_MAX  2048u        /* ours: fields beyond it are left out, marked cut=true */
#define LOG_VALUE_BYTES_MAX 512u         /* ours: the rest of a text is cut */
#define LOG_RING_BYTES      (128u << 10) /* ours: what waits to be written; more is dropped */

struct log_field {
    const char *key;
    enum { LOG_FIELD_TEXT, LOG_FIELD_WORDS, LOG_FIELD_INT, LOG_FIELD_UINT, LOG_FIELD_REAL } kind;
    struct slice text;
    uint64_t number;
    double real; /* finite */
};

static inline struct log_field log_slice(const char *key, struct slice value)
{
    return (struct log_field){.key = key, .kind = LOG_FIELD_TEXT, .text = value};
}
static inline struct log_field log_text(const char *key, const char *value)
{
    return log_slice(key, slice_from_cstr(value == NULL ? "" : value));
}
/* Ready key=value words of others: as they are in a text line, the member "text" in JSON. Line ends become blanks. */
static inline struct log_field log_words(const char *words)
{
    return (struct log_field){.key = "text", .kind = LOG_FIELD_WORDS, .text = slice_from_cstr(words)};
}
static inline struct log_field log_uint(const char *key, uint64_t value)
{
    return (struct log_field){.key = key, .kind = LOG_FIELD_UINT, .number = value};
}
static inline struct log_field log_real(const char *key, double value)
{
    return (struct log_field){.key = key, .kind = LOG_FIELD_REAL, .real = value};
}
static inline struct log_field log_int(const char *key, int64_t value)
{
    return (struct log_field){.key = key, .kind = LOG_FIELD_INT, .number = (uint64_t)value};
}

#define LOG(level_, event_, ...)                                                                                       \
    do {                                                                                                               \
        if (log_enabled(level_)) {                                                                                     \
            const struct log_field fields_[] = {__VA_ARGS__};                                                          \
            log_event((level_), (event_), fields_, sizeof(fields_) / sizeof(fields_[0]));                              \
        }                                                                                                              \
    } while (0)

bool log_enabled(enum log_level level);
/* From now on; any thread. */
void log_level_set(enum log_level level);
/* Writes one event. `event` and keys are [a-z0-9._]; values are any bytes. */
void log_event(enum log_level level, const char *event, const struct log_field *fields, uint32_t fields_count);

/*
 * Lines go to descriptor `fd` through a thread of their own from log_start to log_stop. Before and after, each line is
 * written to standard error by its caller, so tools need no start. Not thread safe against each other.
 */
void log_start(int fd, enum log_level level, enum log_format format);
/* Writes what waits, ends the thread. */
void log_stop(void);
/* Lines lost since the start. */
uint64_t log_dropped(void);

/* The last bytes of the log, whole lines, oldest first; returns their count. Safe in a signal handler, without
 * guarantee that a line being written at the moment is intact. */
size_t log_tail(char *to, size_t bytes_max);
