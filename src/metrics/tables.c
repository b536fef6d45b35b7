/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What tables and indexes are asked for. A worker has a fixed array of series, found by a hash, and writes only its
 * own:
 *
 *      key       subject and kind: an operation, or the subject's own counters (tables.def)
 *      figures   of an operation: requests by outcome, sum of ns, buckets; else the counters
 *
 * When all are in use, those that rested for ten minutes are given up: what they counted begins at zero again when they
 * are needed, which those who read counters take for a restart. If there are none, subject 0 counts for whoever finds
 * no room.
 *
 * Another thread sums while a worker counts. A series that changes its subject is free (key 0) in between, and a reader
 * drops what it read when the key is not the same before and after. The memory of a set is 1.5 MB, of which the system
 * gives the pages that are used.
 */
#include "metrics/tables.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"

#define SERIES_MAX    8192u
#define SLOTS         32768u /* of the hash: a power of two, far more than there are series */
#define KIND_BITS     11
#define IDLE_NS       (UINT64_C(600) * 1000000000)
#define SWEEP_NS      (UINT64_C(60) * 1000000000)
#define BUCKET_SHIFT  16 /* the first bucket ends at 2^16 ns */
#define BUCKETS       19 /* the last but one at 2^33 ns, 8.6 s */
#define FIGURE_SUM    METRICS_OUTCOMES
#define FIGURE_BUCKET (FIGURE_SUM + 1)
#define FIGURES       (FIGURE_BUCKET + BUCKETS)

static_assert(TABLE_METRICS <= FIGURES, "counters of a subject lie where figures of an operation do");

struct series {
    _Atomic uint64_t key; /* 0: free */
    uint64_t used_ns;     /* the worker's */
    _Atomic uint64_t figures[FIGURES];
};

struct series_set {
    uint32_t operations;
    _Atomic uint32_t used; /* series that were ever used: none beyond */
    uint32_t free_count;
    uint64_t swept_ns;
    struct series *last; /* found last; may have been given up since */
    uint16_t free[SERIES_MAX];
    uint16_t slots[SLOTS]; /* position + 1; 0: empty */
    struct series at[];    /* SERIES_MAX, then one for each kind */
};

static const struct {
    const char *name, *labels, *help;
    double scale;
} counter_rows[] = {
#define X(id_, name_, labels_, scale_, help_) {name_, labels_, help_, scale_},
#include "metrics/tables.def"
#undef X
};

struct series_set *series_set_create(uint32_t operations)
{
    struct series_set *set = calloc(1, sizeof(*set) + (SERIES_MAX + operations + 1) * sizeof(set->at[0]));

    ASSERT(set != NULL && operations + 1 < 1u << KIND_BITS);
    set->operations = operations;
    return set;
}

void series_set_destroy(struct series_set *set)
{
    free(set);
}

/* ---- finding ---- */

static uint64_t key_of(uint64_t subject, uint32_t kind)
{
    return (subject << KIND_BITS | kind) + 1;
}

static uint64_t subject_of(uint64_t key)
{
    return (key - 1) >> KIND_BITS;
}

static uint32_t kind_of(uint64_t key)
{
    return (uint32_t)((key - 1) & ((1u << KIND_BITS) - 1));
}

static uint32_t slot_of(uint64_t key)
{
    return (uint32_t)(key * 0x9E3779B97F4A7C15u >> 49); /* 15 bits */
}

static uint64_t key_at(const struct series *series)
{
    return atomic_load_explicit(&series->key, memory_order_relaxed);
}

/* The slot that has the key, or the empty one where it belongs. */
static uint16_t *slot_find(struct series_set *set, uint64_t key)
{
    uint32_t i = slot_of(key);

    while (set->slots[i] != 0 && key_at(&set->at[set->slots[i] - 1]) != key)
        i = (i + 1) % SLOTS;
    return &set->slots[i];
}

static void series_free(struct series_set *set, uint32_t i)
{
    struct series *series = &set->at[i];

    atomic_store_explicit(&series->key, 0, memory_order_relaxed);
    atomic_thread_fence(memory_order_release); /* whoever reads a zero below reads the key above */
    for (uint32_t k = 0; k < FIGURES; k++)
        atomic_store_explicit(&series->figures[k], 0, memory_order_relaxed);
    set->free[set->free_count++] = (uint16_t)i;
}

/* Gives up what rested long. */
static void sweep(struct series_set *set, uint64_t now_ns)
{
    memset(set->slots, 0, sizeof(set->slots));
    for (uint32_t i = 0; i < SERIES_MAX; i++) {
        uint64_t key = key_at(&set->at[i]);

        if (key == 0)
            continue;
        if (now_ns - set->at[i].used_ns > IDLE_NS)
            series_free(set, i);
        else
            *slot_find(set, key) = (uint16_t)(i + 1);
    }
    set->swept_ns = now_ns;
}

/* A free position; SERIES_MAX: there is none. */
static uint32_t position_take(struct series_set *set, uint64_t now_ns)
{
    uint32_t used = atomic_load_explicit(&set->used, memory_order_relaxed);

    if (used < SERIES_MAX) {
        atomic_store_explicit(&set->used, used + 1, memory_order_release);
        return used;
    }
    if (set->free_count == 0 && now_ns - set->swept_ns > SWEEP_NS)
        sweep(set, now_ns);
    return set->free_count == 0 ? SERIES_MAX : set->free[--set->free_count];
}

static struct series *series_find(struct series_set *set, uint64_t now_ns, uint64_t subject, uint32_t kind)
{
    uint64_t key = key_of(subject, kind);
    struct series *series = set->last;
    uint32_t position;
    uint16_t *slot;

    if (series != NULL && key_at(series) == key) { /* several counters of one subject follow one another */
        series->used_ns = now_ns;
        return series;
    }
    slot = slot_find(set, key);
    if (*slot == 0) {
        position = position_take(set, now_ns);
        if (position == SERIES_MAX) {
            series = &set->at[SERIES_MAX + kind];
            atomic_store_explicit(&series->key, key_of(METRICS_OTHERS, kind), memory_order_relaxed);
            return series;
        }
        atomic_store_explicit(&set->at[position].key, key, memory_order_release);
        *slot_find(set, key) = (uint16_t)(position + 1); /* a sweep moves the slots */
        slot = slot_find(set, key);
    }
    series = &set->at[*slot - 1];
    series->used_ns = now_ns;
    set->last = series;
    return series;
}

/* ---- counting ---- */

static void add(_Atomic uint64_t *figure, uint64_t n)
{
    atomic_store_explicit(figure, atomic_load_explicit(figure, memory_order_relaxed) + n, memory_order_relaxed);
}

static uint32_t bucket_of(uint64_t ns)
{
    uint32_t bits = ns == 0 ? 0 : 64 - (uint32_t)__builtin_clzll(ns);

    return bits <= BUCKET_SHIFT ? 0 : bits - BUCKET_SHIFT < BUCKETS ? bits - BUCKET_SHIFT : BUCKETS - 1;
}

void series_count_request(
    struct series_set *set, uint64_t now_ns, uint64_t subject, const struct metrics_request *request)
{
    struct series *series = series_find(set, now_ns, subject, request->operation);

    add(&series->figures[metrics_outcome_of(request->status)], 1);
    add(&series->figures[FIGURE_SUM], request->duration_ns);
    add(&series->figures[FIGURE_BUCKET + bucket_of(request->duration_ns)], 1);
}

void series_count(struct series_set *set, uint64_t now_ns, uint64_t subject, enum table_metric metric, uint64_t n)
{
    add(&series_find(set, now_ns, subject, set->operations)->figures[metric], n);
}

/* ---- sums ---- */

struct sum {
    uint64_t key;
    char *labels; /* of its subject; NULL: nobody knows it any more */
    uint64_t figures[FIGURES];
};

struct sums {
    struct sum *at;
    size_t count, capacity;
};

/* False when the series was given up meanwhile. */
static bool series_read(const struct series *series, struct sum *ret)
{
    ret->key = atomic_load_explicit(&series->key, memory_order_acquire);
    if (ret->key == 0)
        return false;
    for (uint32_t i = 0; i < FIGURES; i++)
        ret->figures[i] = atomic_load_explicit(&series->figures[i], memory_order_relaxed);
    atomic_thread_fence(memory_order_acquire);
    return key_at(series) == ret->key;
}

static int by_key(const void *a, const void *b)
{
    const struct sum *x = a, *y = b;

    return x->key < y->key ? -1 : x->key > y->key;
}

static void sums_collect(const struct series_set *set, struct sums *sums)
{
    uint32_t used = atomic_load_explicit(&set->used, memory_order_acquire);

    for (uint32_t i = 0; i < SERIES_MAX + set->operations + 1; i++) {
        if (i == used && used < SERIES_MAX)
            i = SERIES_MAX;
        if (sums->count < sums->capacity && series_read(&set->at[i], &sums->at[sums->count]))
            sums->count++;
    }
}

/* Adds up those with one key. */
static void sums_merge(struct sums *sums)
{
    size_t n = 0;

    if (sums->count != 0)
        qsort(sums->at, sums->count, sizeof(*sums->at), by_key);
    for (size_t i = 0; i < sums->count; i++) {
        if (n == 0 || sums->at[n - 1].key != sums->at[i].key) {
            sums->at[n++] = sums->at[i];
            continue;
        }
        for (uint32_t k = 0; k < FIGURES; k++)
            sums->at[n - 1].figures[k] += sums->at[i].figures[k];
    }
    sums->count = n;
}

static struct sums sums_make(struct series_set *const *sets, uint32_t count)
{
    struct sums sums = {.capacity = SERIES_MAX}; /* for what workers add meanwhile */

    for (uint32_t i = 0; i < count; i++)
        sums.capacity += atomic_load_explicit(&sets[i]->used, memory_order_acquire) + sets[i]->operations + 1;
    sums.at = calloc(sums.capacity, sizeof(*sums.at));
    ASSERT(sums.at != NULL);
    for (uint32_t i = 0; i < count; i++)
        sums_collect(sets[i], &sums);
    sums_merge(&sums);
    return sums;
}

/* ---- text ---- */

#define LABELS_BYTES_MAX 2048

static char *labels_make(uint64_t subject, const struct metrics_naming *naming)
{
    char text[LABELS_BYTES_MAX];
    struct buf out = {.p = (uint8_t *)text, .capacity = sizeof(text), .bytes_max = sizeof(text)};
    char *labels;

    if (subject == METRICS_OTHERS)
        BUF_LIT(&out, "region=\"\",table=\"(others)\",index=\"\"");
    else if (!naming->labels(naming->context, subject, &out))
        return NULL;
    labels = strndup(text, out.n);
    ASSERT(labels != NULL);
    return labels;
}

/* The sums of a subject stand together and share their labels. */
static void sums_name(struct sums *sums, const struct metrics_naming *naming)
{
    for (size_t i = 0; i < sums->count; i++) {
        struct sum *sum = &sums->at[i];

        if (i != 0 && subject_of(sum->key) == subject_of(sum[-1].key))
            sum->labels = sum[-1].labels;
        else
            sum->labels = labels_make(subject_of(sum->key), naming);
    }
}

static void sums_free(struct sums *sums)
{
    for (size_t i = 0; i < sums->count; i++) {
        if (i == 0 || sums->at[i].labels != sums->at[i - 1].labels)
            free(sums->at[i].labels);
    }
    free(sums->at);
}

static void write_requests(struct buf *out, const struct sum *sum, const char *operation)
{
    for (uint32_t i = 0; i < METRICS_OUTCOMES; i++) {
        if (sum->figures[i] != 0)
            buf_printf(out, "stator_table_requests_total{%s,operation=\"%s\",outcome=\"%s\"} %llu\n", sum->labels,
                operation, metrics_outcome_name(i), (unsigned long long)sum->figures[i]);
    }
}

static void write_durations(struct buf *out, const struct sum *sum, const char *operation)
{
    uint64_t below = 0;

    for (uint32_t i = 0; i < BUCKETS; i++) {
        below += sum->figures[FIGURE_BUCKET + i];
        if (i < BUCKETS - 1)
            buf_printf(out, "stator_table_request_duration_seconds_bucket{%s,operation=\"%s\",le=\"%.9g\"} %llu\n",
                sum->labels, operation, (double)(UINT64_C(1) << (BUCKET_SHIFT + i)) / 1e9, (unsigned long long)below);
    }
    buf_printf(out, "stator_table_request_duration_seconds_bucket{%s,operation=\"%s\",le=\"+Inf\"} %llu\n", sum->labels,
        operation, (unsigned long long)below);
    buf_printf(out, "stator_table_request_duration_seconds_sum{%s,operation=\"%s\"} %.9f\n", sum->labels, operation,
        (double)sum->figures[FIGURE_SUM] / 1e9);
    buf_printf(out, "stator_table_request_duration_seconds_count{%s,operation=\"%s\"} %llu\n", sum->labels, operation,
        (unsigned long long)below);
}

typedef void write_operation_fn(struct buf *out, const struct sum *sum, const char *operation);

static void write_operations(const struct sums *sums, const struct metrics_options *options, struct fiber *self,
    struct buf *out, write_operation_fn *write)
{
    for (size_t i = 0; i < sums->count; i++) {
        size_t before = out->n;

        if (sums->at[i].labels != NULL && kind_of(sums->at[i].key) < options->operations)
            write(out, &sums->at[i], options->operation_name(kind_of(sums->at[i].key)));
        fiber_breathe(self, out->n - before);
    }
}

static void write_counter(
    const struct sums *sums, uint32_t operations, enum table_metric metric, struct fiber *self, struct buf *out)
{
    const char *more = counter_rows[metric].labels;

    if (counter_rows[metric].help != NULL)
        metrics_write_head(out, counter_rows[metric].name, "counter", counter_rows[metric].help);
    for (size_t i = 0; i < sums->count; i++) {
        const struct sum *sum = &sums->at[i];

        if (sum->labels != NULL && kind_of(sum->key) == operations)
            buf_printf(out, "%s{%s%s%s} %.17g\n", counter_rows[metric].name, sum->labels, more == NULL ? "" : ",",
                more == NULL ? "" : more, (double)sum->figures[metric] / counter_rows[metric].scale);
        fiber_breathe(self, 1);
    }
}

void series_write(struct series_set *const *sets, uint32_t count, const struct metrics_options *options,
    const struct metrics_naming *naming, struct fiber *self, struct buf *out)
{
    struct sums sums = sums_make(sets, count);

    sums_name(&sums, naming);
    metrics_write_head(out, "stator_table_requests_total", "counter",
        "Requests by table, index and operation; one that names several tables counts for each.");
    write_operations(&sums, options, self, out, write_requests);
    metrics_write_head(out, "stator_table_request_duration_seconds", "histogram",
        "From the head of a request to its reply, by table, index and operation.");
    write_operations(&sums, options, self, out, write_durations);
    for (uint32_t i = 0; i < TABLE_METRICS; i++)
        write_counter(&sums, options->operations, (enum table_metric)i, self, out);
    sums_free(&sums);
}
