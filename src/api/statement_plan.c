/* SPDX-License-Identifier: Apache-2.0 */

/*
 * How a SELECT reads: from the branches of its WHERE to ranges of keys, in the order in which they are told
 * (data-plane.md 7.4, verified-behaviour.md 6.4).
 *
 * Ranges are disjoint and sorted by partition key and place, so their concatenation is the answer. Branches of one
 * partition that meet are refused when both say something of the sort key; otherwise they become one range, and the
 * WHERE, which is then run on every item, decides.
 *
 * A plan is a function of statement, parameters and schema alone: the number of a range in a NextToken means the same
 * in every request and after a restart.
 */
#include <stdlib.h>

#include "api/statement.h"

/* A branch and where it reads. */
struct span {
    const struct partiql_branch *branch;
    struct slice hash, from, to;
};

struct order {
    bool hash_named, hash_descending, range_descending;
};

struct planning {
    struct api_request *request;
    const struct api__statement *s;
    const struct key_attribute *hash, *range; /* range: NULL for none */
    struct partiql_branches branches;
    struct span *spans;
    uint32_t count;
    struct order order;
    bool filtered;
};

/* ---- ORDER BY ---- */

static enum err order_read(struct planning *p)
{
    const struct partiql_statement *statement = p->s->statement;
    bool range_named = false;

    if (statement->order_count == 0)
        return OK;
    if (!statement->has_where)
        return fault_validation(
            &p->request->fault, "Must have WHERE clause in the statement when using ORDER BY clause.");
    for (uint32_t i = 0; i < statement->order_count; i++) {
        const struct partiql_order *term = &statement->order[i];

        if (slice_equal(term->attribute, p->hash->name)) {
            p->order.hash_named = true;
            p->order.hash_descending = term->descending;
        } else if (p->range != NULL && slice_equal(term->attribute, p->range->name)) {
            range_named = true;
            p->order.range_descending = term->descending;
        } else {
            return fault_validation(&p->request->fault,
                "Attribute %.*s in ORDER BY clause must be part of the primary key", SLICE_ARG(term->attribute));
        }
    }
    if (!range_named) /* as measured: it descends where nothing is said */
        p->order.range_descending = true;
    return OK;
}

static bool several_partitions(const struct planning *p)
{
    for (uint32_t i = 1; i < p->branches.count; i++) {
        if (!value_equal(p->branches.items[0].hash, p->branches.items[i].hash))
            return true;
    }
    return false;
}

static enum err order_check(const struct planning *p)
{
    const struct partiql_statement *statement = p->s->statement;

    if (statement->order_count == 0)
        return OK;
    if (!p->branches.keyed)
        return fault_validation(&p->request->fault,
            "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.");
    if (!several_partitions(p))
        return OK;
    if (!p->order.hash_named)
        return fault_validation(&p->request->fault,
            "Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE clause.");
    if (!slice_equal(statement->order[0].attribute, p->hash->name))
        return fault_validation(
            &p->request->fault, "ORDER BY several partition keys is supported with the partition key first only");
    return OK;
}

/* ---- ranges ---- */

static enum err value_check(const struct planning *p, const struct key_attribute *attribute, struct slice value)
{
    enum value_type type = value_type(value);

    if (type == attribute->type)
        return OK;
    if (type != VALUE_S && type != VALUE_N && type != VALUE_B)
        return fault_validation(&p->request->fault,
            "Key value must be of type S, N, or B. Key name: %.*s, Key type: %s", SLICE_ARG(attribute->name),
            value_type_name(type));
    return fault_validation(&p->request->fault,
        "Key attribute's data type should match its data type in table's schema: Key %.*s", SLICE_ARG(attribute->name));
}

/* Cuts the span down to what one condition on the sort key, or none, leaves of its partition. */
static enum err span_narrow(const struct planning *p, struct span *span, const struct expr_key_clause *sort)
{
    struct expr_key_clause clauses[2] = {{.attribute = p->hash->name, .op = EXPR_KEY_EQ, .value = span->hash}};
    struct table_range range;
    enum err err;

    if (sort != NULL)
        clauses[1] = *sort;
    err = table_query_range(
        p->s->table, p->s->index, clauses, 1 + (sort != NULL), p->request->arena, &range, &p->request->fault);
    if (err)
        return err;
    if (span->from.p == NULL || slice_compare(span->from, range.from) < 0)
        span->from = range.from;
    if (span->to.p == NULL || slice_compare(span->to, range.to) > 0)
        span->to = range.to;
    return OK;
}

static enum err span_make(const struct planning *p, const struct partiql_branch *branch, struct span *ret)
{
    enum err err = value_check(p, p->hash, branch->hash);

    *ret = (struct span){.branch = branch, .hash = branch->hash};
    for (uint32_t i = 0; i < branch->sort_count && err == OK; i++)
        err = value_check(p, p->range, branch->sort[i].value);
    if (err == OK && branch->sort_count == 0)
        err = span_narrow(p, ret, NULL);
    for (uint32_t i = 0; i < branch->sort_count && err == OK; i++)
        err = span_narrow(p, ret, &branch->sort[i]);
    if (err == OK && (branch->nothing || slice_compare(ret->from, ret->to) > 0))
        ret->to = ret->from;
    return err;
}

/* ---- disjoint and in order ---- */

static int span_compare(const void *a, const void *b, void *argument)
{
    const struct span *x = a, *y = b;
    const struct order *order = argument;
    int by_hash = value_compare(x->hash, y->hash);

    if (by_hash != 0)
        return order->hash_descending ? -by_hash : by_hash;
    return order->range_descending ? slice_compare(y->to, x->to) : slice_compare(x->from, y->from);
}

static bool meet(const struct span *a, const struct span *b)
{
    return value_equal(a->hash, b->hash) && slice_compare(a->from, b->to) < 0 && slice_compare(b->from, a->to) < 0;
}

/*
 * Two branches that would tell an item twice: both say something of the sort key, or neither says anything beyond the
 * partition key.
 */
static bool clash(const struct span *a, const struct span *b)
{
    const struct partiql_branch *x = a->branch, *y = b->branch;

    if (x->sort_count != 0 && y->sort_count != 0)
        return true;
    return x->sort_count == 0 && y->sort_count == 0 && !x->filtered && !y->filtered;
}

static enum err overlap_check(const struct planning *p)
{
    for (uint32_t i = 1; i < p->count; i++) {
        for (uint32_t k = 0; k < i; k++) {
            if (meet(&p->spans[i], &p->spans[k]) && clash(&p->spans[i], &p->spans[k]))
                return fault_validation(
                    &p->request->fault, "Overlapping conditions with range keys are not supported in where clause");
        }
    }
    return OK;
}

/* Makes one of spans that meet; sorted, the first of them reaches furthest back. */
static void spans_merge(struct planning *p)
{
    uint32_t kept = 1;

    for (uint32_t i = 1; i < p->count; i++) {
        struct span *last = &p->spans[kept - 1], *next = &p->spans[i];

        if (!meet(last, next)) {
            p->spans[kept++] = *next;
            continue;
        }
        if (slice_compare(next->from, last->from) < 0)
            last->from = next->from;
        if (slice_compare(next->to, last->to) > 0)
            last->to = next->to;
        last->branch = NULL; /* of several */
        p->filtered = true;
    }
    p->count = kept;
}

static enum err spans_make(struct planning *p)
{
    enum err err;

    p->spans = arena_alloc(p->request->arena, p->branches.count * sizeof(*p->spans));
    for (uint32_t i = 0; i < p->branches.count; i++) {
        struct span *span = &p->spans[p->count];

        err = span_make(p, &p->branches.items[i], span);
        if (err)
            return err;
        p->filtered |= p->branches.items[i].filtered;
        p->count += slice_compare(span->from, span->to) < 0;
    }
    if (p->count == 0) /* nothing can match, which one read of nothing tells */
        p->count = 1;
    return overlap_check(p);
}

/* ---- what an index carries ---- */

/* A keyed read may not filter on what the index lacks: refused when every branch does, told of the last in key order.
 */
static enum err filter_check(const struct planning *p)
{
    struct slice missing = SLICE_NULL;

    if (p->s->index == NULL || !p->branches.keyed)
        return OK;
    for (uint32_t i = 0; i < p->count; i++) {
        struct expr_path *paths;
        uint32_t count = partiql_branch_paths(&p->s->bound, p->spans[i].branch, p->request->arena, &paths);

        missing = api__uncarried(p->request, p->s->index, paths, count);
        if (missing.n == 0)
            return OK;
    }
    return api__filter_uncarried(p->request, p->s->index, missing);
}

static bool needs_base(const struct planning *p)
{
    const struct index_desc *index = p->s->index;
    const struct expr_path *paths;
    uint32_t count;

    if (index == NULL || index->global || p->s->bound.columns == NULL)
        return false;
    count = expr_projection_paths(p->s->bound.columns, &paths);
    return api__uncarried(p->request, index, paths, count).n != 0;
}

/* ---- the plan ---- */

/* True for the one item that a whole primary key names. */
static bool is_one(const struct planning *p, const struct span *span)
{
    if (p->s->index != NULL || span->branch == NULL || span->branch->nothing || slice_equal(span->from, span->to))
        return false;
    if (p->range == NULL)
        return true;
    for (uint32_t i = 0; i < span->branch->sort_count; i++) {
        if (span->branch->sort[i].op == EXPR_KEY_EQ)
            return true;
    }
    return false;
}

static void plan_fill(const struct planning *p, struct api__statement_plan *ret)
{
    struct api__statement_range *ranges = arena_alloc(p->request->arena, p->count * sizeof(*ranges));

    for (uint32_t i = 0; i < p->count; i++)
        ranges[i] = (struct api__statement_range){p->spans[i].from, p->spans[i].to, is_one(p, &p->spans[i])};
    ret->ranges = ranges;
    ret->count = p->count;
    ret->reverse = p->order.range_descending;
    ret->filter = p->filtered ? p->s->bound.where : NULL;
}

static void scan_fill(const struct planning *p, struct api__statement_plan *ret)
{
    struct table_range range = table_scan_range(p->s->table, p->s->index, 0, 0, p->request->arena);
    struct api__statement_range *ranges = arena_alloc(p->request->arena, sizeof(*ranges));

    *ranges = (struct api__statement_range){range.from, range.to, false};
    ret->ranges = ranges;
    ret->count = 1;
    ret->filter = p->s->bound.where;
}

static void keys_take(struct planning *p)
{
    const struct table_desc *table = p->s->table;
    const struct index_desc *index = p->s->index;

    p->hash = index != NULL ? &index->hash[0] : &table->hash;
    if (index != NULL ? index->range_count != 0 : table->has_range)
        p->range = index != NULL ? &index->range[0] : &table->range;
}

enum err api__statement_plan(
    struct api_request *request, const struct api__statement *s, struct api__statement_plan *ret)
{
    struct planning p = {.request = request, .s = s};
    struct partiql_keys keys;
    enum err err;

    keys_take(&p);
    keys = (struct partiql_keys){p.hash->name, p.range != NULL ? p.range->name : SLICE_NULL};
    err = order_read(&p);
    if (err == OK)
        err = partiql_branches_find(&s->bound, &keys, request->arena, &p.branches, &request->fault);
    if (err == OK)
        err = order_check(&p);
    if (err == OK && p.branches.keyed)
        err = spans_make(&p);
    if (err == OK)
        err = api__gsi_projection_check(request, s->index, s->bound.columns);
    if (err)
        return err;
    if (p.branches.keyed)
        qsort_r(p.spans, p.count, sizeof(*p.spans), span_compare, &p.order);
    err = filter_check(&p);
    if (err)
        return err;
    *ret = (struct api__statement_plan){.keyed = p.branches.keyed, .fetch_base = needs_base(&p)};
    if (p.branches.keyed) {
        spans_merge(&p);
        plan_fill(&p, ret);
    } else {
        scan_fill(&p, ret);
    }
    return OK;
}
