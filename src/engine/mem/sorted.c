/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The skip list of the memory engine. A node of height h stands in the h lowest of LEVELS lists; each list up is about
 * a quarter as long, so a search looks at some 4 log4(n) nodes. The head has full height and no key.
 *
 * Called under the engine's lock.
 */
#include "engine/mem/sorted.h"

#include <stdlib.h>

#include "base/assert.h"

#define LEVELS 16

struct sorted_node {
    struct sorted_node *previous; /* the head when it is the first */
    uint8_t *key, *value;         /* owned */
    size_t key_bytes, value_bytes;
    int height;
    struct sorted_node *next[];
};

struct sorted {
    struct sorted_node *head;
    uint64_t random;
    size_t count;
};

/* The last node before the key on each level. */
struct path {
    struct sorted_node *at[LEVELS];
};

static void *memory(size_t bytes)
{
    void *p = malloc(bytes == 0 ? 1 : bytes);

    ASSERT(p != NULL);
    return p;
}

static uint8_t *copy(struct slice s)
{
    uint8_t *p = memory(s.n);

    if (s.n != 0)
        memcpy(p, s.p, s.n);
    return p;
}

static struct sorted_node *node_create(int height)
{
    size_t links = (size_t)height * sizeof(struct sorted_node *);
    struct sorted_node *node = memory(sizeof(*node) + links);

    *node = (struct sorted_node){.height = height};
    memset(node->next, 0, links);
    return node;
}

static void node_destroy(struct sorted_node *node)
{
    free(node->key);
    free(node->value);
    free(node);
}

struct sorted *sorted_create(void)
{
    struct sorted *sorted = memory(sizeof(*sorted));

    *sorted = (struct sorted){.head = node_create(LEVELS), .random = 0x9e3779b97f4a7c15u};
    return sorted;
}

void sorted_destroy(struct sorted *sorted)
{
    struct sorted_node *next;

    if (sorted == NULL)
        return;
    for (struct sorted_node *node = sorted->head; node != NULL; node = next) {
        next = node->next[0];
        node_destroy(node);
    }
    free(sorted);
}

static int height_draw(struct sorted *sorted)
{
    uint64_t bits;
    int height = 1;

    sorted->random ^= sorted->random << 13;
    sorted->random ^= sorted->random >> 7;
    sorted->random ^= sorted->random << 17;
    for (bits = sorted->random; height < LEVELS && (bits & 3) == 0; bits >>= 2)
        height++;
    return height;
}

struct slice sorted_key(const struct sorted_node *node)
{
    return slice_of(node->key, node->key_bytes);
}

struct slice sorted_value(const struct sorted_node *node)
{
    return slice_of(node->value, node->value_bytes);
}

static struct path path_to(const struct sorted *sorted, struct slice key)
{
    struct sorted_node *node = sorted->head;
    struct path path;

    for (int level = LEVELS - 1; level >= 0; level--) {
        while (node->next[level] != NULL && slice_compare(sorted_key(node->next[level]), key) < 0)
            node = node->next[level];
        path.at[level] = node;
    }
    return path;
}

/* The node with this very key after `path`, or NULL. */
static struct sorted_node *node_at(const struct path *path, struct slice key)
{
    struct sorted_node *node = path->at[0]->next[0];

    return node != NULL && slice_equal(sorted_key(node), key) ? node : NULL;
}

static void node_link(struct sorted *sorted, const struct path *path, struct sorted_node *node)
{
    for (int level = 0; level < node->height; level++) {
        node->next[level] = path->at[level]->next[level];
        path->at[level]->next[level] = node;
    }
    node->previous = path->at[0];
    if (node->next[0] != NULL)
        node->next[0]->previous = node;
    sorted->count++;
}

void sorted_put(struct sorted *sorted, struct slice key, struct slice value)
{
    struct path path = path_to(sorted, key);
    struct sorted_node *node = node_at(&path, key);

    if (node == NULL) {
        node = node_create(height_draw(sorted));
        node->key = copy(key);
        node->key_bytes = key.n;
        node_link(sorted, &path, node);
    }
    free(node->value);
    node->value = copy(value);
    node->value_bytes = value.n;
}

void sorted_delete(struct sorted *sorted, struct slice key)
{
    struct path path = path_to(sorted, key);
    struct sorted_node *node = node_at(&path, key);

    if (node == NULL)
        return;
    for (int level = 0; level < node->height; level++) {
        ASSERT(path.at[level]->next[level] == node);
        path.at[level]->next[level] = node->next[level];
    }
    if (node->next[0] != NULL)
        node->next[0]->previous = node->previous;
    node_destroy(node);
    sorted->count--;
}

struct slice sorted_get(const struct sorted *sorted, struct slice key)
{
    struct path path = path_to(sorted, key);
    const struct sorted_node *node = node_at(&path, key);

    return node == NULL ? SLICE_NULL : sorted_value(node);
}

const struct sorted_node *sorted_at(const struct sorted *sorted, struct slice key)
{
    return path_to(sorted, key).at[0]->next[0];
}

static struct sorted_node *last_node(const struct sorted *sorted)
{
    struct sorted_node *node = sorted->head;

    for (int level = LEVELS - 1; level >= 0; level--) {
        while (node->next[level] != NULL)
            node = node->next[level];
    }
    return node;
}

const struct sorted_node *sorted_before(const struct sorted *sorted, struct slice key)
{
    const struct sorted_node *node = key.n == 0 ? last_node(sorted) : path_to(sorted, key).at[0];

    return node == sorted->head ? NULL : node;
}

const struct sorted_node *sorted_next(const struct sorted_node *node)
{
    return node->next[0];
}

const struct sorted_node *sorted_previous(const struct sorted *sorted, const struct sorted_node *node)
{
    return node->previous == sorted->head ? NULL : node->previous;
}

size_t sorted_count(const struct sorted *sorted)
{
    return sorted->count;
}
