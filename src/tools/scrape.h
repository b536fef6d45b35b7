/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

/* A page of metrics in the text form of Prometheus, taken apart. */
struct scrape_sample {
    struct slice name;
    struct slice labels; /* a="b",c="d"; empty without */
    double value;
};

struct scrape {
    struct buf text; /* owned; samples point into it */
    struct scrape_sample *samples;
    uint32_t count;
    uint64_t time_ns; /* monotonic: when it was taken; the caller's */
};

/* Takes scrape->text apart; lines that are none are left out. */
void scrape_parse(struct scrape *scrape);
void scrape_free(struct scrape *scrape);

/* The value of a name with exactly these labels ("" for none), 0 when it is not there. */
double scrape_value(const struct scrape *scrape, const char *name, struct slice labels);
/* The sum over all labels that hold `with` ("" for all), such as kind="read". */
double scrape_sum(const struct scrape *scrape, const char *name, struct slice with);
/* The value of a label; empty when it is not there. As it is written: quotes in it stay escaped. */
struct slice scrape_label(struct slice labels, const char *name);
/*
 * The quantile of a histogram between two scrapes, in its unit: the end of the bucket that holds it. `with`: as in
 * scrape_sum. 0 when nothing was counted; what lies beyond the last bucket counts as its end.
 */
double scrape_quantile(
    const struct scrape *before, const struct scrape *now, const char *name, struct slice with, double fraction);
