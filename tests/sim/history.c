/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The search for an order (Wing and Gong, with Lowe's memory of what was tried). An operation may be next when none
 * that is still to come had returned before it was invoked. One that may or may not have been done (no answer came, and
 * its life has ended since) can be left out, or be done at any moment until then.
 *
 * States that were reached with the same operations done are the same search, so each pair of set and state is looked
 * at once; they are remembered by their hashes.
 */
#include "history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"

#define KEYS_MAX  8
#define STEPS_MAX 200000

struct history {
    char name[32];
    uint32_t keys, n, capacity;
    struct operation **at;
};

struct state {
    struct item items[KEYS_MAX];
};

/* What the search asks of every operation again and again. */
struct moment {
    uint64_t invoked, returned;
    bool required, reads; /* it never changes anything */
    bool done;
};

struct search {
    const struct history *history;
    struct moment *moments;
    uint64_t done_hash;
    uint32_t first; /* all before it are done, or left out for good */
    uint32_t required_left;
    uint64_t steps;
    uint64_t *memory;
    uint32_t memory_n, memory_mask;
    uint32_t deepest;       /* most operations done so far */
    uint32_t *order, *best; /* as they were done */
    uint32_t order_n;
    struct state best_state;
};

/* ---- marks ---- */

#define MARKS_MAX 65536
static bool marks[MARKS_MAX];

void history_marks_forget(void)
{
    memset(marks, 0, sizeof(marks));
}

static void mark_see(uint32_t w)
{
    if (w < MARKS_MAX)
        marks[w] = true;
}

static bool mark_seen(uint32_t w)
{
    return w != 0 && w < MARKS_MAX && marks[w];
}

/* ---- items ---- */

bool item_equal(const struct item *a, const struct item *b)
{
    if (!a->present || !b->present)
        return a->present == b->present;
    return a->w == b->w && a->has_n == b->has_n && a->n == b->n && a->l == b->l && a->l_hash == b->l_hash &&
           a->g == b->g && a->f == b->f;
}

uint64_t list_push(uint64_t hash, uint32_t element)
{
    return (hash ^ element) * 0x9e3779b97f4a7c15u + 0x632be59bd9b4e019u;
}

static void list_read(struct item *item, const struct node *list)
{
    item->l = 0;
    for (const struct node *element = list->first; element != NULL; element = element->next) {
        item->l++;
        mark_see((uint32_t)atoi(node_text(node_at(element, "N"))));
        item->l_hash = list_push(item->l_hash, (uint32_t)atoi(node_text(node_at(element, "N"))));
    }
}

struct item item_read(const struct node *node)
{
    struct item item = {.l = -1, .g = -1};

    if (node == NULL)
        return item;
    item.present = true;
    for (const struct node *member = node->first; member != NULL; member = member->next) {
        const struct node *value = member->first;

        switch (member->name[0]) {
        case 'w':
            item.w = (uint32_t)atoi(node_text(value));
            mark_see(item.w);
            break;
        case 'n':
            item.has_n = true;
            item.n = atoll(node_text(value));
            break;
        case 'l':
            list_read(&item, value);
            break;
        case 'g':
            item.g = atoi(node_text(value) + 1);
            break;
        case 'f':
            item.f = (uint32_t)strlen(node_text(value));
            break;
        case 'p':
        case 's':
            break;
        default:
            sim_violation("an attribute that nobody wrote: %s", member->name);
        }
    }
    return item;
}

/* ---- one operation on a state ---- */

static bool condition_holds(const struct action *a, const struct item *item)
{
    switch (a->condition) {
    case CONDITION_NONE:
        return true;
    case CONDITION_ABSENT:
        return !item->present;
    case CONDITION_PRESENT:
        return item->present;
    case CONDITION_W:
        return item->present && item->w == (uint32_t)a->wanted && item->w != 0;
    case CONDITION_AT_LEAST:
        return item->present && item->has_n && item->n >= a->wanted;
    case CONDITION_LIST:
        return item->present && item->w == (uint32_t)a->wanted && item->l == a->wanted_l;
    }
    return false;
}

static struct item item_after(const struct action *a, const struct item *before)
{
    struct item item = before->present ? *before : (struct item){.present = true, .l = -1, .g = -1};

    switch (a->kind) {
    case ACTION_READ:
    case ACTION_LISTED:
    case ACTION_CHECK:
        return *before;
    case ACTION_PUT:
        return a->put;
    case ACTION_DELETE:
        return (struct item){.l = -1, .g = -1};
    case ACTION_ADD:
        item.has_n = true;
        item.n += a->k;
        item.w = a->w;
        return item;
    case ACTION_APPEND:
        item.l = item.l < 0 ? 1 : item.l + 1;
        item.l_hash = list_push(item.l_hash, a->w);
        return item;
    case ACTION_KEY:
        item.g = (int32_t)a->k;
        item.w = a->w;
        return item;
    }
    return item;
}

static bool listed_as_told(const struct action *a, const struct item *item)
{
    bool there = item->present && item->g == (int32_t)a->k;

    if (!a->seen.present || !there)
        return a->seen.present == there;
    return a->keys_only || item_equal(&a->seen, item);
}

static bool told_so(const struct action *a, const struct item *before, const struct item *after)
{
    if (a->kind == ACTION_READ && !item_equal(&a->seen, before))
        return false;
    if (a->kind == ACTION_LISTED && !listed_as_told(a, before))
        return false;
    if (a->has_old && !item_equal(&a->old, before))
        return false;
    return !a->has_new || item_equal(&a->new, after);
}

/* False: the operation cannot have ended so in this state. */
static bool apply(const struct operation *o, uint32_t keys, const struct state *state, struct state *next)
{
    struct item after[ACTIONS_MAX];
    uint32_t refused = 0;

    for (uint32_t i = 0; i < o->count; i++) {
        if (!condition_holds(&o->actions[i], &state->items[o->actions[i].key]))
            refused |= 1u << i;
    }
    if (refused != 0) {
        memcpy(next->items, state->items, keys * sizeof(next->items[0]));
        if (o->outcome == OUTCOME_REFUSED)
            return refused == o->refused && (!o->actions[0].has_old || o->count != 1 ||
                                                item_equal(&o->actions[0].old, &state->items[o->actions[0].key]));
        return o->outcome == OUTCOME_UNSURE;
    }
    if (o->outcome == OUTCOME_REFUSED)
        return false;
    for (uint32_t i = 0; i < o->count; i++) {
        const struct action *a = &o->actions[i];

        after[i] = item_after(a, &state->items[a->key]);
        if (o->outcome == OUTCOME_DONE && !told_so(a, &state->items[a->key], &after[i]))
            return false;
    }
    memcpy(next->items, state->items, keys * sizeof(next->items[0]));
    for (uint32_t i = 0; i < o->count; i++)
        next->items[o->actions[i].key] = after[i];
    return true;
}

/* ---- the histories ---- */

struct history *history_create(const char *name, uint32_t keys)
{
    struct history *history = calloc(1, sizeof(*history));

    ASSERT(keys <= KEYS_MAX);
    (void)snprintf(history->name, sizeof(history->name), "%s", name);
    history->keys = keys;
    return history;
}

void history_destroy(struct history *history)
{
    for (uint32_t i = 0; i < history->n; i++)
        free(history->at[i]);
    free(history->at);
    free(history);
}

void history_add(struct history *history, const struct operation *operation)
{
    size_t bytes = offsetof(struct operation, actions) + operation->count * sizeof(struct action);
    struct operation *copy;

    sim_world_enter();
    if (history->n == history->capacity) {
        history->capacity = history->capacity * 2 + 64;
        history->at = realloc(history->at, history->capacity * sizeof(*history->at));
    }
    copy = malloc(bytes);
    memcpy(copy, operation, bytes);
    history->at[history->n++] = copy;
    sim_world_leave();
}

uint32_t history_count(const struct history *history)
{
    return history->n;
}

/* ---- the search ---- */

static uint64_t mix(uint64_t a, uint64_t b)
{
    uint64_t x = (a ^ b) * 0xff51afd7ed558ccdu;

    return (x ^ x >> 32) * 0xc4ceb9fe1a85ec53u;
}

static uint64_t state_hash(const struct search *s, const struct state *state)
{
    uint64_t hash = s->done_hash;

    for (uint32_t i = 0; i < s->history->keys; i++) {
        const struct item *item = &state->items[i];

        if (!item->present)
            continue;
        hash = mix(hash, i + 1);
        hash = mix(hash, ((uint64_t)item->w << 32) ^ (uint64_t)item->n);
        hash = mix(hash, item->l_hash ^ (uint64_t)(uint32_t)item->l);
        hash = mix(hash, ((uint64_t)(uint32_t)item->g << 32) ^ item->f ^ (item->has_n ? 1u << 31 : 0));
    }
    return hash == 0 ? 1 : hash;
}

/* True when this was looked at before; else it is remembered. */
static bool seen_before(struct search *s, const struct state *state)
{
    uint64_t hash = state_hash(s, state);

    for (uint32_t at = (uint32_t)hash & s->memory_mask;; at = (at + 1) & s->memory_mask) {
        if (s->memory[at] == hash)
            return true;
        if (s->memory[at] == 0) {
            s->memory[at] = hash;
            break;
        }
    }
    s->memory_n++;
    return false;
}

static void memory_grow(struct search *s)
{
    uint64_t *old = s->memory;
    uint32_t size = s->memory_mask + 1;

    if (s->memory_n * 2 < size)
        return;
    s->memory = calloc(size * 4, sizeof(*s->memory));
    s->memory_mask = size * 4 - 1;
    for (uint32_t i = 0; i < size; i++) {
        uint32_t at = (uint32_t)old[i] & s->memory_mask;

        if (old[i] == 0)
            continue;
        while (s->memory[at] != 0)
            at = (at + 1) & s->memory_mask;
        s->memory[at] = old[i];
    }
    free(old);
}

static bool reads(const struct operation *o)
{
    for (uint32_t i = 0; i < o->count && o->outcome != OUTCOME_REFUSED; i++) {
        enum action_kind kind = o->actions[i].kind;

        if (kind != ACTION_READ && kind != ACTION_LISTED && kind != ACTION_CHECK)
            return false;
    }
    return true;
}

static bool required(const struct operation *o)
{
    return o->outcome != OUTCOME_UNSURE;
}

static bool state_equal(const struct history *h, const struct state *a, const struct state *b)
{
    for (uint32_t i = 0; i < h->keys; i++) {
        if (!item_equal(&a->items[i], &b->items[i]))
            return false;
    }
    return true;
}

static bool try_next(struct search *s, const struct state *state, uint64_t latest_invoked);

/* It is done, or it had its last chance. */
static bool is_over(const struct moment *m, uint64_t latest_invoked)
{
    return m->done || (!m->required && m->returned < latest_invoked);
}

/* *ret_fits: it can be next, as far as it alone goes. */
static bool try_one(struct search *s, const struct state *state, uint32_t i, uint64_t latest_invoked, bool *ret_fits)
{
    const struct operation *o = s->history->at[i];
    struct moment *m = &s->moments[i];
    uint64_t latest = m->invoked > latest_invoked ? m->invoked : latest_invoked;
    uint32_t first = s->first;
    struct state next;
    bool found;

    *ret_fits = apply(o, s->history->keys, state, &next);
    if (!*ret_fits)
        return false;
    if (!m->required && state_equal(s->history, &next, state))
        return false; /* the same as leaving it out */
    m->done = true;
    s->done_hash ^= mix(i + 1, 0x1234567);
    s->required_left -= m->required;
    s->order[s->order_n++] = i;
    while (s->first < s->history->n && is_over(&s->moments[s->first], latest))
        s->first++;
    found = s->required_left == 0 || (!seen_before(s, &next) && try_next(s, &next, latest));
    if (!found && s->order_n > s->deepest) { /* kept for whoever has to understand it */
        s->deepest = s->order_n;
        memcpy(s->best, s->order, s->order_n * sizeof(*s->best));
        s->best_state = next;
    }
    s->first = first;
    s->order_n--;
    s->required_left += m->required;
    s->done_hash ^= mix(i + 1, 0x1234567);
    m->done = false;
    return found;
}

/*
 * What reads, and may be next and agrees with the state, can as well be next: whatever order there is, moving it to the
 * front of it leaves all others as they are. But not when that takes the chance from one that may still be done.
 */
static bool chance_lost(const struct search *s, uint64_t invoked, uint64_t latest_invoked)
{
    for (uint32_t i = s->first; i < s->history->n && s->moments[i].invoked < invoked; i++) {
        if (!is_over(&s->moments[i], latest_invoked) && is_over(&s->moments[i], invoked))
            return true;
    }
    return false;
}

static bool try_next(struct search *s, const struct state *state, uint64_t latest_invoked)
{
    const struct moment *moments = s->moments;
    uint64_t least_returned = UINT64_MAX;
    uint32_t n = s->history->n;

    if (++s->steps > STEPS_MAX)
        return false;
    memory_grow(s);
    for (uint32_t i = s->first; i < n && moments[i].invoked < least_returned; i++) {
        if (!moments[i].done && moments[i].required && moments[i].returned < least_returned)
            least_returned = moments[i].returned;
    }
    for (int pass = 0; pass < 2; pass++) { /* what must have been done first */
        for (uint32_t i = s->first; i < n && moments[i].invoked < least_returned; i++) {
            const struct moment *m = &moments[i];
            bool fits;

            if (is_over(m, latest_invoked) || m->required != (pass == 0))
                continue;
            if (try_one(s, state, i, latest_invoked, &fits))
                return true;
            if (fits && m->reads && !chance_lost(s, m->invoked, latest_invoked))
                return false;
        }
    }
    return false;
}

static int by_invoked(const void *a, const void *b)
{
    const struct operation *x = *(struct operation *const *)a, *y = *(struct operation *const *)b;

    return (x->invoked > y->invoked) - (x->invoked < y->invoked);
}

static void item_print(const char *before, const struct item *item)
{
    if (item->present)
        printf("%s{w %u n %s%lld l %d g %d f %u}", before, item->w, item->has_n ? "" : "-", (long long)item->n, item->l,
            item->g, item->f);
    else
        printf("%sabsent", before);
}

static void operation_print(const struct operation *o)
{
    static const char *const kinds[] = {"read", "listed", "put", "delete", "add", "append", "key", "check"};
    static const char *const outcomes[] = {"done", "refused", "unsure"};

    printf("    %llu..%llu %s %s", (unsigned long long)o->invoked, (unsigned long long)o->returned, o->what,
        outcomes[o->outcome]);
    for (uint32_t i = 0; i < o->count; i++) {
        const struct action *a = &o->actions[i];

        printf(" [%s key %u w %u k %lld cond %d %lld", kinds[a->kind], a->key, a->w, (long long)a->k, a->condition,
            (long long)a->wanted);
        if (a->kind == ACTION_PUT)
            item_print(" put ", &a->put);
        if (a->kind == ACTION_READ || a->kind == ACTION_LISTED)
            item_print(" saw ", &a->seen);
        if (a->has_old)
            item_print(" old ", &a->old);
        if (a->has_new)
            item_print(" new ", &a->new);
        printf("]");
    }
    printf("\n");
}

static void explain(const struct search *s)
{
    const struct history *h = s->history;
    uint32_t shown = 0;

    printf("  the longest order that makes sense has %u of %u operations; its last ones:\n", s->deepest, h->n);
    for (uint32_t i = s->deepest > 6 ? s->deepest - 6 : 0; i < s->deepest; i++)
        operation_print(h->at[s->best[i]]);
    for (uint32_t i = 0; i < h->keys; i++) {
        printf("  key %u", i);
        item_print(" is then ", &s->best_state.items[i]);
        printf("\n");
    }
    printf("  and none of these can follow:\n");
    for (uint32_t i = 0; i < h->n && shown < 8; i++) {
        bool in = false;

        for (uint32_t k = 0; k < s->deepest; k++)
            in |= s->best[k] == i;
        if (!in && required(h->at[i])) {
            operation_print(h->at[i]);
            shown++;
        }
    }
}

/* ---- what must have been done, since somebody saw it ---- */

static uint32_t mark_of(const struct action *a)
{
    return a->kind == ACTION_PUT ? a->put.w : a->w;
}

/* An operation that nobody answered, and whose mark was seen in an answer, was done: that much less is open. */
static void unsure_settle(struct history *h)
{
    for (uint32_t i = 0; i < h->n; i++) {
        struct operation *o = h->at[i];

        for (uint32_t k = 0; k < o->count && o->outcome == OUTCOME_UNSURE; k++) {
            if (mark_seen(mark_of(&o->actions[k])))
                o->outcome = OUTCOME_DONE;
        }
    }
}

void history_appends_settle(struct history *h, uint32_t key)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < h->n; i++) {
        struct operation *o = h->at[i];
        bool undone = false;

        for (uint32_t k = 0; k < o->count && o->outcome == OUTCOME_UNSURE; k++)
            undone |= o->actions[k].kind == ACTION_APPEND && o->actions[k].key == key && !mark_seen(o->actions[k].w);
        if (undone)
            free(o);
        else
            h->at[kept++] = o;
    }
    h->n = kept;
}

void history_check(struct history *h)
{
    struct search s = {.history = h};
    struct state state;

    if (h->n == 0)
        return;
    for (uint32_t i = 0; i < h->n; i++) {
        if (h->at[i]->returned & RETURNED_WITH_LIFE)
            h->at[i]->returned = sim_life_ended_at((uint32_t)h->at[i]->returned);
    }
    for (uint32_t i = 0; i < KEYS_MAX; i++)
        state.items[i] = (struct item){.l = -1, .g = -1};
    unsure_settle(h);
    qsort(h->at, h->n, sizeof(*h->at), by_invoked);
    s.moments = calloc(h->n, sizeof(*s.moments));
    s.order = calloc(h->n, sizeof(*s.order));
    s.best = calloc(h->n, sizeof(*s.best));
    s.memory_mask = (1u << 8) - 1;
    s.memory = calloc(s.memory_mask + 1, sizeof(*s.memory));
    for (uint32_t i = 0; i < h->n; i++) {
        s.moments[i] = (struct moment){
            .invoked = h->at[i]->invoked, .returned = h->at[i]->returned, .required = required(h->at[i])};
        s.moments[i].reads = s.moments[i].required && reads(h->at[i]);
        s.required_left += s.moments[i].required;
    }
    if (s.required_left != 0 && !try_next(&s, &state, 0)) {
        if (s.steps > STEPS_MAX)
            sim_cover_count(
                h->name[0] == 't' ? "histories too hard to check: the bank" : "histories too hard to check: an item");
        else {
            sim_violation("%s is not linearizable", h->name);
            explain(&s);
        }
    }
    free(s.moments);
    free(s.order);
    free(s.best);
    free(s.memory);
}
