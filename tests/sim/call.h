/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim.h"

/* ---- JSON as a tree, for what the clients read (json_tree.c) ---- */
enum node_kind { NODE_NULL, NODE_BOOL, NODE_NUMBER, NODE_TEXT, NODE_LIST, NODE_MAP };
struct node {
    enum node_kind kind;
    bool truth;
    const char *name; /* in a map */
    const char *text; /* NUMBER and TEXT, ended by 0 */
    struct node *first, *next;
};
#define NODES_MAX 16384
struct tree {
    struct node nodes[NODES_MAX];
    uint32_t n;
};
/* Changes the text in place (names and texts point into it). NULL: it is no JSON, or too much of it. */
struct node *tree_read(struct tree *tree, char *text);
/* The member at the end of the path, or NULL. */
struct node *node_at(const struct node *node, const char *name);
struct node *node_at2(const struct node *node, const char *name, const char *name2);
const char *node_text(const struct node *node); /* "" for NULL */
uint32_t node_count(const struct node *node);

/* ---- one client: a connection and what came last (call.c) ---- */
#define REPLY_BYTES_MAX ((size_t)4 << 20)
#define CLIENTS_MAX     (SIM_STREAMS - SIM_CLIENTS)
struct client {
    uint32_t index;
    uint32_t stream; /* of chance */
    struct sim_conn *conn;
    uint32_t conn_life;
    bool slow;
    char *body; /* of the request */
    size_t body_n, body_most;
    char *in; /* of the reply */
    size_t in_n;
    struct tree *tree;
    enum { SIGNED_WHOLE, SIGNED_HALF, SIGNED_NOT } signature; /* of the next request alone */
    int64_t *budget; /* its requests are counted down from here; NULL: they are not */
};
struct reply {
    int status; /* 0: none came; what was asked may have been done or not */
    struct node *root;
    const char *type, *message; /* of an error, else "" */
    uint64_t invoked, returned; /* in events */
    uint32_t life;
};
/* `index` below CLIENTS_MAX: one at a time. */
struct client *client_create(uint32_t index);
/* Begins the body of a request, and adds to it. Knows %s, %d, %u, %lld and %llu. */
__attribute__((format(printf, 2, 3))) void say(struct client *c, const char *format, ...);
/* So many digits 0. */
void say_zeros(struct client *c, size_t n);
/* Sends it and waits for the answer. Waits until the server serves. */
void call(struct client *c, const char *operation, struct reply *ret);
/* Not answered, or by an error of the server: it may have been done. */
bool reply_unsure(const struct reply *reply);
