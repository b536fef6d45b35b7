/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The steps of a statement that all three operations take (statement.h): parameters, parsing and binding; table and
 * index; the item that a WHERE names; the write it amounts to.
 *
 * A write is the item operation of its kind: INSERT a PutItem where there is no item, UPDATE an UpdateItem whose
 * condition is the WHERE (key equalities included, so a missing item never matches), DELETE a DeleteItem that lets a
 * missing item pass.
 */
#include "api/statement.h"
#include "api/trace.h"

/* ---- before the table ---- */

enum err api__parameters_check(struct api_request *request, const struct prepared_statement_parameters *parameters)
{
    for (uint32_t i = 0; i < parameters->count; i++) {
        const struct attribute_value *v = &parameters->items[i];

        if (v->fault != VALUE_FAULT_NONE)
            return api__value_fault(request, v->message);
        if (!v->present)
            return api__value_fault(request,
                SLICE_LIT("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"));
    }
    return OK;
}

static void values_take(struct api_request *request, struct api__statement *s)
{
    s->values = arena_alloc(request->arena, s->parameters->count * sizeof(*s->values));
    for (uint32_t i = 0; i < s->parameters->count; i++)
        s->values[i] = s->parameters->items[i].bytes;
}

static enum err item_check(struct api_request *request, struct api__statement *s)
{
    if (s->statement->verb != PARTIQL_INSERT)
        return OK;
    s->item_size = body_size(s->bound.item);
    if (s->item_size > ITEM_BYTES_MAX)
        return fault_validation(&request->fault, "Item size has exceeded the maximum allowed size");
    return OK;
}

enum err api__statement_prepare(struct api_request *request, struct api__statement *s)
{
    enum err err = api__parameters_check(request, s->parameters);

    if (err)
        return err;
    values_take(request, s);
    err = api__statement_read(request, s->text, &s->statement);
    if (err == OK)
        err = partiql_bind(s->statement, s->values, s->parameters->count, request->arena, &s->bound, &request->fault);
    return err != OK ? err : item_check(request, s);
}

/* ---- table and index ---- */

static enum err index_find(struct api_request *request, struct api__statement *s)
{
    s->index = table_index_find(s->table, s->statement->index);
    api__trace_index(request, s->table, s->index, s->statement->index);
    if (s->index == NULL || s->index->status == INDEX_DELETING)
        return fault_validation(&request->fault, "The table does not have the specified index");
    if (s->index->hash_count > 1 || s->index->range_count > 1)
        return fault_validation(&request->fault,
            "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or multi-attribute RANGE "
            "keys.");
    if (s->index->global && s->consistent)
        return fault_validation(
            &request->fault, "Strongly consistent read is not supported on Global Secondary Indexes");
    return api__index_readable_check(request, s->index);
}

static enum err late_fault_tell(struct api_request *request, const struct api__statement *s)
{
    if (s->statement->late_fault.p == NULL)
        return OK;
    return fault_validation(&request->fault, "%.*s", SLICE_ARG(s->statement->late_fault));
}

enum err api__statement_source(struct api_request *request, struct api__statement *s)
{
    enum err err = api_table_find(request, s->statement->table, &s->table);

    if (err == ERR_FAULT && s->statement->late_fault.p != NULL) /* it needs no table */
        return late_fault_tell(request, s);
    if (err == OK && s->statement->index.p != NULL)
        err = index_find(request, s);
    return err != OK ? err : late_fault_tell(request, s);
}

/* ---- writes ---- */

/* The key that the WHERE gives; false when an attribute of it is missing, or has two values. */
static bool key_find(
    struct api_request *request, const struct api__statement *s, bool one_value_in, struct partiql_key *ret)
{
    struct partiql_keys keys = {s->table->hash.name, s->table->has_range ? s->table->range.name : SLICE_NULL};

    partiql_key_find(&s->bound, &keys, one_value_in, request->arena, ret);
    return ret->conflict.p == NULL && ret->hash.p != NULL && (!s->table->has_range || ret->range.p != NULL);
}

bool api__statement_item(
    struct api_request *request, const struct api__statement *s, struct slice *ret_key_body, bool *ret_only)
{
    struct partiql_key key;

    if (s->statement->index.p != NULL || !key_find(request, s, true, &key))
        return false;
    *ret_key_body = table_key_body_make(s->table, key.hash, key.range, request->arena);
    *ret_only = key.only;
    return true;
}

static enum err key_refuse(struct api_request *request, const struct partiql_key *key, enum api__key_texts texts)
{
    if (texts == API__KEY_TEXTS_TRANSACTION)
        return fault_validation(&request->fault, TABLE_KEY_MISMATCH);
    if (key->conflict.p != NULL)
        return fault_validation(&request->fault,
            "Multiple conditions on same key %.*s. Only single item Update/Insert/Delete are supported",
            SLICE_ARG(key->conflict));
    return fault_validation(
        &request->fault, "Where clause does not contain a mandatory equality on all key attributes");
}

/* The key of the item that UPDATE or DELETE is about. */
static enum err write_key(
    struct api_request *request, const struct api__statement *s, enum api__key_texts texts, struct table_write *write)
{
    struct partiql_key key;

    if (!key_find(request, s, false, &key))
        return key_refuse(request, &key, texts);
    write->key_body = table_key_body_make(s->table, key.hash, key.range, request->arena);
    if (write->kind == TABLE_DELETE && key.only)
        write->condition = NULL;
    return table_key_check(s->table, write->key_body, request->arena, &write->key, &request->fault);
}

static enum err insert_write(struct api_request *request, const struct api__statement *s, struct table_write *ret)
{
    *ret = (struct table_write){.kind = TABLE_PUT, .item = s->bound.item, .item_size = s->item_size, .insert = true};
    return table_item_check(s->table, ret->item, TABLE_PUT_TEXTS, request->arena, &ret->key, &request->fault);
}

enum err api__statement_write(
    struct api_request *request, const struct api__statement *s, enum api__key_texts texts, struct table_write *ret)
{
    bool update = s->statement->verb == PARTIQL_UPDATE;
    enum err err;

    if (s->statement->verb == PARTIQL_INSERT)
        return insert_write(request, s, ret);
    *ret = (struct table_write){.kind = update ? TABLE_UPDATE : TABLE_DELETE,
        .update = s->bound.update,
        .condition = s->bound.where,
        .missing_passes = !update,
        .return_item_on_failure = s->return_item_on_failure};
    err = write_key(request, s, texts, ret);
    return err != OK ? err : api__update_targets_check(request, s->table, ret->update);
}

struct slice api__statement_returned(
    struct api_request *request, const struct api__statement *s, const struct table_write *write)
{
    switch (s->statement->returning) {
    case PARTIQL_RETURNING_NONE:
        break;
    case PARTIQL_RETURNING_ALL_OLD:
        return write->old_body;
    case PARTIQL_RETURNING_ALL_NEW:
        return write->new_body;
    case PARTIQL_RETURNING_MODIFIED_OLD:
        return expr_update_touched(s->bound.update, write->old_body, request->arena);
    case PARTIQL_RETURNING_MODIFIED_NEW:
        return expr_update_touched(s->bound.update, write->new_body, request->arena);
    }
    return SLICE_NULL;
}
