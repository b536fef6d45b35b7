/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "api/api.h"
#include "model/gen_shapes.h"

/*
 * What the handlers of the control plane share. They run in two stages, as the service does: everything that can be
 * said from the request alone comes first, with its texts in the documented order; then, under the catalog's turn, what
 * depends on the table's present state and on the account. Texts stand beside their checks; sections are those of
 * control-plane.md.
 */
#define P_      "One or more parameter values were invalid: "
#define IN_USE_ "Attempt to change a resource which is still in use: "

#define UNITS_SHAPE_MAX 1000000000000 /* the model's own bound of a unit count */

/* ---- names (resolve.c) ---- */
/*
 * The bare name a TableName member means: a name, or the ARN of a table of the caller's account and region. ERR_FAULT
 * with the texts of 1.8. Does not look whether there is such a table.
 */
MUST_USE enum err api__table_name(struct api_request *request, struct slice name_or_arn, struct slice *ret_name);
/* The stricter rule of CreateTable and UpdateTable: 3 to 255; CreateTable takes no ARN. */
MUST_USE enum err api__table_name_strict(struct api_request *request, struct slice name);
/* The table or ResourceNotFoundException in the words of the control plane; any status. */
MUST_USE enum err api__control_table(
    struct api_request *request, struct slice name_or_arn, const struct table_desc **ret);
/* "Requested resource not found: Table: <name> not found" */
enum err api__table_missing(struct api_request *request, struct slice name);

struct api__arn {
    struct slice partition, service, region, account, resource;
};
/* The parts of "arn:...", the missing ones empty; false when it does not begin so. */
bool api__arn_split(struct slice text, struct api__arn *ret);
/* The name in a resource "table/<name>"; false for anything else. */
bool api__arn_table(const struct api__arn *arn, struct slice *ret_name);

/* ---- lists ---- */
/*
 * Longer lists than anybody needs are refused before checks whose cost is the square of the length. Ours: the service
 * finds something wrong with each of them too, but later.
 */
MUST_USE enum err api__list_check(struct api_request *request, uint32_t count, uint32_t max, const char *path);
/* "[a, b]" */
struct slice api__names_text(struct arena *arena, const struct slice *names, uint32_t count);

/* ---- schema.c: definitions, keys, indexes of a request ---- */
/* The indexes and definitions of a request, checked and in descriptor form, in the arena. */
struct api__schema {
    struct key_attribute hash, range;
    bool has_range;
    struct key_attribute *definitions; /* as given */
    uint32_t definitions_count;
    struct index_desc *indexes;
    uint32_t lsi_count, gsi_count;
};
/* CreateTable, steps 1 (what the model does not say) and 4 to 9 of 4.2. Ids of the indexes are 1 and up. */
MUST_USE enum err api__schema_create(
    struct api_request *request, const struct create_table_input *input, struct api__schema *ret);
/* UpdateTable: a new global index. Definitions are those of the request. Fills all but id and status. */
MUST_USE enum err api__schema_index(struct api_request *request, const struct attribute_definitions *definitions,
    const struct create_global_secondary_index_action *action, struct index_desc *ret);

/* ---- throughput.c ---- */
/* PROVISIONED unless said otherwise. */
enum billing_mode api__billing(struct slice billing_mode);
/* Step 3 for one table (`index` with p NULL) or index. */
MUST_USE enum err api__units_check(
    struct api_request *request, struct slice index, const struct provisioned_throughput *units);
/* Steps 2 and 3 of 4.2, for the table and its global indexes. */
MUST_USE enum err api__billing_check(struct api_request *request, const struct create_table_input *input);
/* Step 8, the throughput of one new index. */
MUST_USE enum err api__index_billing_check(struct api_request *request, struct slice index,
    const struct provisioned_throughput *throughput, enum billing_mode billing);
/* Steps 10 and 11; `index` with p NULL: the table. `update`: the wording of UpdateTable, -1 allowed. */
MUST_USE enum err api__on_demand_check(struct api_request *request, struct slice index,
    const struct model_on_demand_throughput *on_demand, enum billing_mode billing, bool update);
MUST_USE enum err api__warm_check(struct api_request *request, struct slice index,
    const struct model_warm_throughput *warm, enum billing_mode billing, struct throughput units);
/* Step 16: quotas of the table or index, then of the account. Runs under the catalog's turn. */
MUST_USE enum err api__quota_check(struct api_request *request, const struct table_desc *next);
struct throughput api__throughput(const struct provisioned_throughput *input);
struct on_demand_throughput api__on_demand(const struct model_on_demand_throughput *input);
struct warm_throughput api__warm(const struct model_warm_throughput *input);

/* ---- features.c: streams, encryption (6.1, 10.7), and members whose features are not built ---- */
MUST_USE enum err api__features_create(struct api_request *request, const struct create_table_input *input);
MUST_USE enum err api__features_update(struct api_request *request, const struct update_table_input *input);
MUST_USE enum err api__table_class_check(struct api_request *request, struct slice table_class);

/* ---- tags.c ---- */
/* The rules of 10.6 for a list of tags by itself. */
MUST_USE enum err api__tags_check(struct api_request *request, const struct tag_list *tags);
/* `old` with `more` put over it, sorted as given; ERR_FAULT beyond TAGS_MAX. */
MUST_USE enum err api__tags_merge(struct api_request *request, const struct tag *old, uint32_t old_count,
    const struct tag_list *more, const struct tag **ret_tags, uint32_t *ret_count);

/* ---- description.c ---- */
enum api__occasion {
    API__DESCRIBE, /* DescribeTable and UpdateTable */
    API__CREATED,  /* the reply of CreateTable */
    API__DELETED,  /* the reply of DeleteTable: fewer members */
};
/* The TableDescription of a descriptor, with live counts (4.3). */
MUST_USE enum err api__description(struct api_request *request, const struct table_desc *desc,
    enum api__occasion occasion, struct table_description **ret);

/* ---- change.c ---- */
/*
 * One change of one table: `fill` gets the present descriptor and alters `next` (catalog_change_fn). When the server
 * keeps no states visible (state_delay_ms 0) the passing states that need no work are ended in the same change.
 * *ret_shown is the descriptor as the reply must show it: with the passing states.
 */
MUST_USE enum err api__change(struct api_request *request, struct slice name, catalog_change_fn *fill, void *context,
    const struct table_desc **ret_shown);
/* When a passing state that begins now may end. */
uint64_t api__due_ms(const struct api_request *request);
