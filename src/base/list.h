/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * Doubly linked lists whose links lie in what is listed: nothing is allocated, and whoever holds an entry can take it
 * out. A list is a ring through its head, so no end is a special case:
 *
 *      head <-> first <-> ... <-> last <-> head
 *
 * Plain data without a lock; it belongs to whoever owns what it lists. A head must not move once it was initialized.
 */
struct list_link {
    struct list_link *before, *after;
};
struct list {
    struct list_link head;
};

/* The struct that a link is the member of. */
#define LIST_ENTRY(link_, type_, member_) ((type_ *)(void *)((char *)(link_)-offsetof(type_, member_)))

/* Empty from now on, whatever was listed. */
static inline void list_init(struct list *list)
{
    list->head.before = list->head.after = &list->head;
}

static inline bool list_empty(const struct list *list)
{
    return list->head.after == &list->head;
}

static inline void list__insert(struct list_link *link, struct list_link *before, struct list_link *after)
{
    link->before = before;
    link->after = after;
    before->after = link;
    after->before = link;
}

/* `link` is in no list. */
static inline void list_add_first(struct list *list, struct list_link *link)
{
    list__insert(link, &list->head, list->head.after);
}

static inline void list_add_last(struct list *list, struct list_link *link)
{
    list__insert(link, list->head.before, &list->head);
}

/* `link` is in a list, whichever. */
static inline void list_remove(struct list_link *link)
{
    link->before->after = link->after;
    link->after->before = link->before;
}

/* NULL: it is empty. */
static inline struct list_link *list_first(const struct list *list)
{
    return list_empty(list) ? NULL : list->head.after;
}

static inline struct list_link *list_last(const struct list *list)
{
    return list_empty(list) ? NULL : list->head.before;
}
