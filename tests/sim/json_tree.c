/* SPDX-License-Identifier: Apache-2.0 */

/* Reads replies. Written apart from the server's own reader, so that a mistake there is not made twice. */
#include <string.h>

#include "call.h"

#define DEPTH_MAX 64

struct reader {
    struct tree *tree;
    char *at;
    uint32_t depth;
};

static void blanks(struct reader *r)
{
    while (*r->at == ' ' || *r->at == '\t' || *r->at == '\r' || *r->at == '\n')
        r->at++;
}

static struct node *node_take(struct reader *r, enum node_kind kind)
{
    struct node *node;

    if (r->tree->n == NODES_MAX)
        return NULL;
    node = &r->tree->nodes[r->tree->n++];
    *node = (struct node){.kind = kind};
    return node;
}

static int hex(const char *p)
{
    int value = 0;

    for (int i = 0; i < 4; i++) {
        const char *digits = "0123456789abcdef", *found = strchr(digits, p[i] | (p[i] >= 'A' ? 32 : 0));

        if (p[i] == 0 || found == NULL)
            return -1;
        value = value * 16 + (int)(found - digits);
    }
    return value;
}

static char *escape(struct reader *r, char *to)
{
    static const char from[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
    const char *found;
    int value;

    if (*r->at == 'u') {
        value = hex(r->at + 1);
        if (value < 0)
            return NULL;
        r->at += 5;
        *to++ = value < 128 ? (char)value : '?'; /* nothing else is compared */
        return to;
    }
    found = *r->at == 0 ? NULL : strchr(from, *r->at);
    if (found == NULL)
        return NULL;
    r->at++;
    *to++ = means[found - from];
    return to;
}

static char *text(struct reader *r)
{
    char *start = ++r->at, *to;

    while ((unsigned char)*r->at >= 32 && *r->at != '"' && *r->at != '\\')
        r->at++; /* nothing to move yet */
    to = r->at;
    while (*r->at != '"') {
        if ((unsigned char)*r->at < 32)
            return NULL;
        if (*r->at != '\\') {
            *to++ = *r->at++;
            continue;
        }
        r->at++;
        to = escape(r, to);
        if (to == NULL)
            return NULL;
    }
    r->at++;
    *to = 0;
    return start;
}

static struct node *value(struct reader *r);

static struct node *members(struct reader *r, enum node_kind kind, char end)
{
    struct node *node = node_take(r, kind), **last = node == NULL ? NULL : &node->first;

    if (node == NULL || ++r->depth > DEPTH_MAX)
        return NULL;
    r->at++;
    blanks(r);
    for (; *r->at != end; blanks(r)) {
        char *name = NULL;

        if (node->first != NULL && *r->at++ != ',')
            return NULL;
        blanks(r);
        if (kind == NODE_MAP) {
            if (*r->at != '"' || (name = text(r)) == NULL)
                return NULL;
            blanks(r);
            if (*r->at++ != ':')
                return NULL;
        }
        *last = value(r);
        if (*last == NULL)
            return NULL;
        (*last)->name = name;
        last = &(*last)->next;
    }
    r->at++;
    r->depth--;
    return node;
}

static struct node *word(struct reader *r, const char *spelled, enum node_kind kind, bool truth)
{
    struct node *node = node_take(r, kind);

    if (node == NULL || strncmp(r->at, spelled, strlen(spelled)) != 0)
        return NULL;
    r->at += strlen(spelled);
    node->truth = truth;
    return node;
}

/* A number's end is cut off by the zero that is written over the byte behind it, once that was read. */
static struct node *number(struct reader *r)
{
    static char texts[1024][32];
    static uint32_t next;
    struct node *node = node_take(r, NODE_NUMBER);
    size_t n = strspn(r->at, "+-0123456789.eE");
    char *copy = texts[next++ % 1024];

    if (node == NULL || n == 0 || n > 31)
        return NULL;
    memcpy(copy, r->at, n);
    copy[n] = 0;
    node->text = copy;
    r->at += n;
    return node;
}

static struct node *value(struct reader *r)
{
    struct node *node;

    blanks(r);
    switch (*r->at) {
    case '{':
        return members(r, NODE_MAP, '}');
    case '[':
        return members(r, NODE_LIST, ']');
    case 't':
        return word(r, "true", NODE_BOOL, true);
    case 'f':
        return word(r, "false", NODE_BOOL, false);
    case 'n':
        return word(r, "null", NODE_NULL, false);
    case '"':
        node = node_take(r, NODE_TEXT);
        if (node != NULL)
            node->text = text(r);
        return node == NULL || node->text == NULL ? NULL : node;
    default:
        return number(r);
    }
}

struct node *tree_read(struct tree *tree, char *from)
{
    struct reader r = {.tree = tree, .at = from};
    struct node *root;

    tree->n = 0;
    root = value(&r);
    blanks(&r);
    return root == NULL || *r.at != 0 ? NULL : root;
}

struct node *node_at(const struct node *node, const char *name)
{
    if (node == NULL || node->kind != NODE_MAP)
        return NULL;
    for (struct node *member = node->first; member != NULL; member = member->next) {
        if (strcmp(member->name, name) == 0)
            return member;
    }
    return NULL;
}

struct node *node_at2(const struct node *node, const char *name, const char *name2)
{
    return node_at(node_at(node, name), name2);
}

const char *node_text(const struct node *node)
{
    return node == NULL || node->text == NULL ? "" : node->text;
}

uint32_t node_count(const struct node *node)
{
    uint32_t n = 0;

    for (const struct node *member = node == NULL ? NULL : node->first; member != NULL; member = member->next)
        n++;
    return n;
}
