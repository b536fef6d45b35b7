/* SPDX-License-Identifier: Apache-2.0 */
#include "base/list.h"
#include "test.h"

struct entry {
    int number;
    struct list_link link;
};

static int number_of(struct list_link *link)
{
    return link == NULL ? 0 : LIST_ENTRY(link, struct entry, link)->number;
}

/* The numbers in order, as digits; read from both ends. */
static int digits(const struct list *list)
{
    int forward = 0, backward = 0, unit = 1;

    for (struct list_link *at = list->head.after; at != &list->head; at = at->after)
        forward = forward * 10 + number_of(at);
    for (struct list_link *at = list->head.before; at != &list->head; at = at->before, unit *= 10)
        backward += number_of(at) * unit;
    CHECK_EQ(forward, backward);
    return forward;
}

TEST(base, a_list_keeps_its_order_and_its_ends)
{
    struct entry one = {.number = 1}, two = {.number = 2}, three = {.number = 3};
    struct list list;

    list_init(&list);
    CHECK(list_empty(&list));
    CHECK(list_first(&list) == NULL && list_last(&list) == NULL);
    list_add_last(&list, &two.link);
    list_add_last(&list, &three.link);
    list_add_first(&list, &one.link);
    CHECK(!list_empty(&list));
    CHECK_EQ(digits(&list), 123);
    CHECK_EQ(number_of(list_first(&list)), 1);
    CHECK_EQ(number_of(list_last(&list)), 3);
    list_remove(&two.link); /* in the middle, */
    CHECK_EQ(digits(&list), 13);
    list_remove(&one.link); /* the first, */
    CHECK_EQ(digits(&list), 3);
    list_add_first(&list, &two.link);
    list_remove(&three.link); /* the last, */
    CHECK_EQ(digits(&list), 2);
    list_remove(&two.link); /* the only one */
    CHECK(list_empty(&list));
    list_add_first(&list, &three.link);
    CHECK_EQ(digits(&list), 3);
}

TEST_MAIN()
