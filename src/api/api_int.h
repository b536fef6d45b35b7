/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "api/api.h"
#include "expr/legacy.h"
#include "table/query.h"
#include "table/table.h"

/*
 * What the item handlers share. Messages that several operations raise stand once, here or in the layer below.
 */

/* The wording layer an operation speaks (data-plane.md 0.2); every such choice is this one table. */
enum wording api__wording(const struct operation *operation);

/* Raises a value fault that was found while reading: in the layer's envelope. */
MUST_USE enum err api__value_fault(struct api_request *request, struct slice message);
MUST_USE enum err api__map_check(struct api_request *request, const struct attribute_map *map);
/* A request-shape fault: enveloped on PutItem, UpdateItem and DeleteItem. */
MUST_USE enum err api__shape_fault(struct api_request *request, const char *message);

/* One parameter of a list in the order in which the service prints it. */
struct api__parameter {
    const char *name;
    bool present;
};
/* permit.c: ERR_FAULT when the caller may only read and the operation, or the statement, would write. */
MUST_USE enum err api__permit(struct api_request *request, const void *input);
struct partiql_statement;
/* Notes what a change of tables or settings is about: whatever comes of it, the log says of what. */
void api__trace_resource(struct api_request *request, const void *input);
/* True for operations that change tables or settings, and not items alone. */
bool api__changes_settings(enum operation_id id);
MUST_USE enum err api__permit_statement(struct api_request *request, const struct partiql_statement *statement);

/* What runs an operation; NULL: it is not built (dispatch.c). */
api_handler_fn *api__handler(enum operation_id id);

/* Mixing of expression and legacy parameters (3.1.1). */
MUST_USE enum err api__mix_check(struct api_request *request, const struct api__parameter *legacy,
    uint32_t legacy_count, const struct api__parameter *expressions, uint32_t expressions_count);
/* Names or values without an expression that could use them (3.1.1, 1 and 2). `which` is the tail of the classic text.
 */
MUST_USE enum err api__placeholders_check(struct api_request *request, bool names, bool any_expression, bool values,
    bool any_value_expression, const char *which);
/* AttributesToGet: duplicates (3.1.3). */
MUST_USE enum err api__attributes_to_get_check(struct api_request *request, const struct attribute_name_list *names);

MUST_USE enum err api__expr_context(struct api_request *request, const struct expression_attribute_name_map *names,
    const struct expression_attribute_value_map *values, struct expr_context **ret);

/* What the compilers of legacy parameters work with. */
struct expr_legacy api__legacy(struct api_request *request);

/*
 * After ERR_STALE, for a handler that has done something already and cannot be run again: waits for the change and
 * takes a new view. What the old one gave stays valid until the reply is rendered.
 */
void api__view_renew(struct api_request *request);
/* So often something is tried again under ERR_STALE: a table that changes more often is being abused. Ours. */
#define API__STALE_RUNS_MAX 100

/* One of several writes of a request, each of which is a decision of its own. */
struct api__member_write {
    const struct table_desc **table;
    struct table_write *write;
    enum err (*renew)(void *context); /* fills both anew under the table as it is now, from what was asked */
    void *context;
};
/*
 * As table_write. `done`: another write of the request is done, so that the request cannot be run again from its
 * beginning when the table changes: it would undo what others did in between. Then this one is renewed and tried again
 * alone, and ERR_STALE is not returned.
 */
MUST_USE enum err api__member_write(
    struct api_request *request, const struct api__member_write *member, bool done, engine_ticket *ret_ticket);

/* How the request is held against limits of capacity. */
struct table_throttle api__throttle(struct api_request *request);
struct table_context api__table_context(struct api_request *request, const struct table_desc *table);

/* Paths below key attributes (2.2): `Key` for the table's, `IndexKey` for those of any index, whatever is read. */
MUST_USE enum err api__key_paths_check(
    struct api_request *request, const struct table_desc *table, const struct expr_path *paths, uint32_t count);

MUST_USE enum err api__condition_paths_check(
    struct api_request *request, const struct table_desc *table, const struct expr_condition *condition);
MUST_USE enum err api__projection_paths_check(
    struct api_request *request, const struct table_desc *table, const struct expr_projection *projection);
/* The schema's say on an update: keys are no targets, index keys keep their types, key attributes are scalars. NULL:
 * none. */
MUST_USE enum err api__update_targets_check(
    struct api_request *request, const struct table_desc *table, const struct expr_update *update);

/* ReturnConsumedCapacity. NULL for NONE and absent. */
struct consumed_capacity *api__consumed_capacity(
    struct api_request *request, struct slice mode, const struct table_desc *table, const struct consumption *capacity);
bool api__capacity_wanted(struct slice mode);
/* What the tables of a request cost, in the order in which they are met. In the arena. */
struct api__bill {
    const struct table_desc **tables;
    struct consumption *sums;
    uint32_t count;
};
void api__bill_init(struct api__bill *bill, uint32_t tables_max, struct arena *arena);
void api__bill_add(struct api__bill *bill, const struct table_desc *table, const struct consumption *more);
/* An entry for each table; `mode` is TOTAL or INDEXES. */
struct consumed_capacity_multiple api__bill_tell(
    struct api_request *request, struct slice mode, const struct api__bill *bill);
/* ReturnItemCollectionMetrics SIZE: NULL when not asked or the table has no LSI. Reads the counter: call after
 * settling. */
MUST_USE enum err api__collection_metrics(struct api_request *request, struct slice mode,
    const struct table_desc *table, struct slice item_key, struct slice key_source,
    struct item_collection_metrics **ret);
struct attribute_map api__map_of(struct slice body);

/* Gives back the statements that the request holds (statements.c). */
void api__statements_give(struct api_request *request);

/* ---- writes (item.c) ---- */
/* Writes and waits until what came of it is durable, whatever it was. */
MUST_USE enum err api__write_settled(
    struct api_request *request, struct table_context *context, struct table_write *write);

/* ---- reads of ranges (query.c) ---- */
MUST_USE enum err api__index_readable_check(struct api_request *request, const struct index_desc *index);
/* The names among `paths` that the index does not carry, each once, as "[a, b]"; empty when it carries all. */
struct slice api__uncarried(
    struct api_request *request, const struct index_desc *index, const struct expr_path *paths, uint32_t count);
/* A global index carries what is projected; `index` and `projection` may be NULL. */
MUST_USE enum err api__gsi_projection_check(
    struct api_request *request, const struct index_desc *index, const struct expr_projection *projection);
/* Refuses a filter on attributes that the index does not carry. */
MUST_USE enum err api__filter_uncarried(
    struct api_request *request, const struct index_desc *index, struct slice missing);
struct item_list api__items_of(struct api_request *request, const struct table_page *page);
