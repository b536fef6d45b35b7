/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Any bytes as JSON. What json_valid takes, a walk that takes every value by itself must take too, and the other way
 * round; every string that comes out of the text must survive being written and read again.
 */
#include "fuzz.h"

#include "base/limits.h"
#include "json/json.h"

struct level {
    bool object, first;
};

static void string_check(struct arena *arena, struct slice text)
{
    struct buf out;
    struct json_reader again;
    struct slice got;

    buf_init(&out, arena, ARENA_ALLOC_BYTES_MAX);
    json_write_string(&out, text);
    json_init(&again, buf_view(&out), arena);
    ASSERT(json_string(&again, &got) && json_end(&again));
    ASSERT(slice_equal(got, text));
}

/* One scalar, or the opening of an object or array. False when the text is bad. */
static bool value_take(struct json_reader *r, struct arena *arena, struct level *opened, bool *ret_opened)
{
    enum json_kind kind = json_kind(r);
    struct slice text;
    bool integer;

    *ret_opened = kind == JSON_OBJECT || kind == JSON_ARRAY;
    *opened = (struct level){.object = kind == JSON_OBJECT, .first = true};
    switch (kind) {
    case JSON_OBJECT:
    case JSON_ARRAY:
        return json_enter(r);
    case JSON_STRING:
        if (!json_string(r, &text))
            return false;
        string_check(arena, text);
        return true;
    case JSON_NUMBER:
        if (!json_number(r, &text, &integer))
            return false;
        (void)json_number_to_int(text, integer); /* must not trap */
        return true;
    case JSON_BAD:
        return false;
    default:
        return json_literal(r);
    }
}

static bool walk(struct slice text, struct arena *arena)
{
    static struct level levels[JSON_DEPTH_MAX + 1];
    struct json_reader r;
    uint32_t depth = 0;
    bool opened;

    json_init(&r, text, arena);
    do {
        bool more = false;

        if (!value_take(&r, arena, &levels[depth + (depth < JSON_DEPTH_MAX)], &opened))
            return false;
        depth += opened;
        while (depth > 0 && !more) {
            struct level *level = &levels[depth];
            struct slice name;

            more = level->object ? json_member(&r, &level->first, &name) : json_element(&r, &level->first);
            if (r.failed)
                return false;
            depth -= !more;
        }
    } while (depth > 0);
    return json_end(&r);
}

void fuzz_one(struct arena *arena, struct slice input)
{
    ASSERT(json_valid(input) == (input.n != 0 && walk(input, arena)));
}
