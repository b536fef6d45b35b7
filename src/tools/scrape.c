/* SPDX-License-Identifier: Apache-2.0 */

/*
 *      name{label="value",...} number
 *
 * Samples of a name stand together, as the server writes them, but nothing relies on it. Sums go through all samples: a
 * page has some thousands, and it is asked for once a second or so.
 */
#include "tools/scrape.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"

#define BUCKETS_MAX 256

static bool line_parse(struct slice line, struct scrape_sample *ret)
{
    size_t n = 0;
    const uint8_t *brace;
    char number[64];

    if (line.n == 0 || line.p[0] == '#')
        return false;
    while (n < line.n && line.p[n] != '{' && line.p[n] != ' ')
        n++;
    ret->name = slice_of(line.p, n);
    ret->labels = slice_of("", 0);
    if (n < line.n && line.p[n] == '{') {
        brace = memrchr(line.p, '}', line.n);
        if (brace == NULL)
            return false;
        ret->labels = slice_of(line.p + n + 1, (size_t)(brace - line.p) - n - 1);
        n = (size_t)(brace - line.p) + 1;
    }
    if (n >= line.n || line.p[n] != ' ' || line.n - n > sizeof(number))
        return false;
    memcpy(number, line.p + n + 1, line.n - n - 1);
    number[line.n - n - 1] = '\0';
    ret->value = strtod(number, NULL);
    return true;
}

void scrape_parse(struct scrape *scrape)
{
    struct slice rest = buf_view(&scrape->text);
    uint32_t lines = 1;

    for (size_t i = 0; i < rest.n; i++)
        lines += rest.p[i] == '\n';
    scrape->samples = calloc(lines, sizeof(*scrape->samples));
    ASSERT(scrape->samples != NULL);
    scrape->count = 0;
    while (rest.n != 0) {
        const uint8_t *end = memchr(rest.p, '\n', rest.n);
        size_t n = end == NULL ? rest.n : (size_t)(end - rest.p);

        scrape->count += line_parse(slice_of(rest.p, n), &scrape->samples[scrape->count]);
        n += end != NULL;
        rest = slice_of(rest.p + n, rest.n - n);
    }
}

void scrape_free(struct scrape *scrape)
{
    buf_fini(&scrape->text);
    free(scrape->samples);
    *scrape = (struct scrape){0};
}

static bool holds(struct slice labels, struct slice with)
{
    return with.n == 0 || (labels.n >= with.n && memmem(labels.p, labels.n, with.p, with.n) != NULL);
}

double scrape_value(const struct scrape *scrape, const char *name, struct slice labels)
{
    for (uint32_t i = 0; i < scrape->count; i++) {
        if (slice_is(scrape->samples[i].name, name) && slice_equal(scrape->samples[i].labels, labels))
            return scrape->samples[i].value;
    }
    return 0;
}

double scrape_sum(const struct scrape *scrape, const char *name, struct slice with)
{
    double sum = 0;

    for (uint32_t i = 0; i < scrape->count; i++) {
        if (slice_is(scrape->samples[i].name, name) && holds(scrape->samples[i].labels, with))
            sum += scrape->samples[i].value;
    }
    return sum;
}

struct slice scrape_label(struct slice labels, const char *name)
{
    size_t bytes = strlen(name);

    for (size_t at = 0; at + bytes + 2 <= labels.n;) {
        size_t from = at, quote;

        while (at < labels.n && labels.p[at] != '=')
            at++;
        quote = at + 2; /* behind =" */
        for (at = quote; at < labels.n && labels.p[at] != '"'; at++)
            at += labels.p[at] == '\\';
        if (at > labels.n)
            break;
        if (quote - 2 - from == bytes && memcmp(labels.p + from, name, bytes) == 0)
            return slice_of(labels.p + quote, at - quote);
        at += 2; /* behind ", */
    }
    return slice_of("", 0);
}

/* ---- histograms ---- */

struct bucket {
    double end, count; /* at most `end` */
};

static int by_end(const void *a, const void *b)
{
    const struct bucket *x = a, *y = b;

    return x->end < y->end ? -1 : x->end > y->end;
}

static void bucket_add(struct bucket *buckets, uint32_t *count, double end, double n)
{
    for (uint32_t i = 0; i < *count; i++) {
        if (buckets[i].end == end) {
            buckets[i].count += n;
            return;
        }
    }
    if (*count < BUCKETS_MAX)
        buckets[(*count)++] = (struct bucket){end, n};
}

static void buckets_add(const struct scrape *scrape, const char *name, struct slice with, double sign,
    struct bucket *buckets, uint32_t *count)
{
    size_t bytes = strlen(name);

    for (uint32_t i = 0; i < scrape->count; i++) {
        const struct scrape_sample *sample = &scrape->samples[i];
        char end[32];
        struct slice label;

        if (sample->name.n != bytes + 7 || memcmp(sample->name.p, name, bytes) != 0 ||
            memcmp(sample->name.p + bytes, "_bucket", 7) != 0 || !holds(sample->labels, with))
            continue;
        label = scrape_label(sample->labels, "le");
        if (label.n >= sizeof(end))
            continue;
        memcpy(end, label.p, label.n);
        end[label.n] = '\0';
        bucket_add(buckets, count, strtod(end, NULL), sign * sample->value);
    }
}

double scrape_quantile(
    const struct scrape *before, const struct scrape *now, const char *name, struct slice with, double fraction)
{
    struct bucket buckets[BUCKETS_MAX];
    uint32_t count = 0;
    double total;

    buckets_add(now, name, with, 1, buckets, &count);
    buckets_add(before, name, with, -1, buckets, &count);
    if (count == 0)
        return 0;
    qsort(buckets, count, sizeof(buckets[0]), by_end);
    total = buckets[count - 1].count;
    for (uint32_t i = 0; i < count && total > 0; i++) {
        if (buckets[i].count >= fraction * total)
            return isinf(buckets[i].end) && i > 0 ? buckets[i - 1].end : buckets[i].end;
    }
    return 0;
}
