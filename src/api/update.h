/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "api/control.h"

/*
 * UpdateTable in its four files: update_table.c (the request by itself, and the order of everything),
 * update_throughput.c (billing, units, maxima, warm throughput), update_indexes.c (global indexes), update_stream.c.
 * All functions but the *_shape ones run under the catalog's turn and alter `next`, the copy of `present` that is
 * stored when none of them objects: a rejected call applies nothing.
 */
struct api__update {
    struct api_request *request;
    const struct update_table_input *input;
    struct slice name;
    enum billing_mode billing_next; /* of the table, once this call is done */
    bool changed;                   /* something is to be stored */
    bool raised;                    /* some units grow: quotas must be looked at */
    bool shown_updating;            /* the reply says UPDATING although nothing changes */
};

/* What a call wants to touch, for the texts of conflicts with a change under way. */
enum api__touch { API__TOUCH_IOPS, API__TOUCH_MAXIMA, API__TOUCH_CLASS, API__TOUCH_INDEX, API__TOUCH_STREAM };
/* ERR_FAULT when a change of the table that is under way forbids it (11.2, Appendix B). */
MUST_USE enum err api__update_busy(struct api__update *update, const struct table_desc *present, enum api__touch touch);

/* "Thu Nov 20 17:20:46 UTC 2025", rounded up to a second. */
struct slice api__update_date(struct arena *arena, uint64_t ms);
/* Whether a member is there and asks for something: {} does not. */
bool api__update_has_maxima(const struct model_on_demand_throughput *maxima);

/* True when the list has an action of that kind. */
bool api__update_creates_or_deletes(const struct update_table_input *input);
bool api__update_creates(const struct update_table_input *input);

/* ---- update_throughput.c ---- */
/* Units of an index of a table on demand, in the words of UpdateTable. */
enum err api__update_index_units_refused(struct api_request *request, struct slice index);
/* Out of bounds, then pairing of billing mode and units, of the table and of index updates. */
MUST_USE enum err api__update_throughput_shape(struct api_request *request, const struct update_table_input *input);
MUST_USE enum err api__update_throughput(
    struct api__update *update, const struct table_desc *present, struct table_desc *next);
/* New units for a table or index (`index` with p NULL: the table): same values, decrease budget; sets *target and
 * increased_ms. */
MUST_USE enum err api__update_units(struct api__update *update, struct slice index,
    const struct provisioned_throughput *units, struct throughput *throughput, struct throughput_target *target);
/* Merges over the stored maxima; -1 removes. */
void api__update_maxima(const struct model_on_demand_throughput *input, struct on_demand_throughput *maxima);
/* A raise of warm throughput: not below the present one, not above the quota. */
MUST_USE enum err api__update_warm(struct api__update *update, struct slice index,
    const struct model_warm_throughput *input, const struct warm_throughput *warm, struct warm_throughput *warm_next);

/* ---- update_indexes.c ---- */
MUST_USE enum err api__update_indexes_shape(struct api_request *request, const struct update_table_input *input);
/* `indexes`: the editable ones of `next`, with room for one more. */
MUST_USE enum err api__update_indexes(struct api__update *update, const struct table_desc *present,
    struct table_desc *next, struct index_desc *indexes, struct arena *arena);
/* The update of one index in the list, or NULL. */
const struct update_global_secondary_index_action *api__update_of_index(
    const struct update_table_input *input, struct slice index);

/* ---- update_stream.c ---- */
MUST_USE enum err api__update_stream(
    struct api__update *update, const struct table_desc *present, struct table_desc *next, struct arena *arena);
/* The texts of a stream change under way (11.2). */
enum err api__update_busy_stream(struct api__update *update, const struct table_desc *present, enum api__touch touch);
