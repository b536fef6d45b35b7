/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Tags of tables (10.6): TagResource, UntagResource, ListTagsOfResource, and the rules for tags that CreateTable
 * shares.
 *
 * Tags are part of the descriptor, ordered by key; that order is what the pages of ListTagsOfResource walk, so that a
 * tag added between two pages repeats and loses none. The token of a page is its last key in hexadecimal; a token that
 * cannot be read means the first page, as in the service.
 */
#include "api/control.h"

#define TAG_KEY_CHARACTERS_MAX   128
#define TAG_VALUE_CHARACTERS_MAX 256
#define TAG_SET_BYTES_MAX        10240
#define TAGS_PAGE                10

/* ---- rules ---- */
/* Blocks beyond ASCII that hold neither letters, digits nor blanks: the character classes of tags are L, N, Z and a few
 * signs. */
static const struct {
    uint32_t first, last;
} sign_blocks[] = {
    {0x80, 0x9f},     /* controls */
    {0x2010, 0x2027}, /* dashes, quotes */
    {0x2030, 0x205e},
    {0x20a0, 0x20cf}, /* currency */
    {0x2190, 0x245f}, /* arrows, mathematics, technical */
    {0x2500, 0x2775}, /* boxes, shapes, dingbats */
    {0x2794, 0x2bff},
    {0xe000, 0xf8ff},   /* private use */
    {0x1f000, 0x1f0ff}, /* tiles, cards */
    {0x1f200, 0x1faff}, /* pictographs */
    {0xe0000, 0x10ffff},
};

/* The code point at *at, which moves behind it. Text of a request is well-formed UTF-8: the JSON reader saw to it. */
static uint32_t code_point(struct slice text, size_t *at)
{
    uint8_t lead = text.p[(*at)++];
    uint32_t more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
    uint32_t c = more == 3 ? lead & 0x07u : more == 2 ? lead & 0x0fu : more == 1 ? lead & 0x1fu : lead;

    for (; more > 0 && *at < text.n; more--)
        c = c << 6 | (text.p[(*at)++] & 0x3fu);
    return c;
}

static bool is_tag_character(uint32_t c)
{
    if (c < 0x80)
        return c == ' ' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               (c != 0 && memchr("+-=._:/@", (int)c, 8) != NULL);
    for (size_t i = 0; i < sizeof(sign_blocks) / sizeof(sign_blocks[0]); i++) {
        if (c >= sign_blocks[i].first && c <= sign_blocks[i].last)
            return false;
    }
    return true;
}

static bool is_tag_text(struct slice text, uint32_t characters_min, uint32_t characters_max)
{
    uint32_t characters = 0;
    size_t at = 0;

    if (text.p == NULL)
        return false;
    while (at < text.n) {
        if (!is_tag_character(code_point(text, &at)) || ++characters > characters_max)
            return false;
    }
    return characters >= characters_min;
}

static struct slice or_null(struct slice text)
{
    return text.p == NULL ? SLICE_LIT("null") : text;
}

static enum err tag_check(struct fault *fault, const struct model_tag *tag)
{
    struct slice key = or_null(tag->key), value = or_null(tag->value);

    if (!is_tag_text(tag->key, 1, TAG_KEY_CHARACTERS_MAX))
        return fault_validation(fault, "The Tag Key provided is invalid, Key: %.*s", SLICE_ARG(key));
    if (!is_tag_text(tag->value, 0, TAG_VALUE_CHARACTERS_MAX))
        return fault_validation(fault, "The Tag Value provided is invalid, Value: %.*s", SLICE_ARG(value));
    if (slice_starts_with(tag->key, SLICE_LIT("aws:")))
        return fault_validation(fault, "Tag Key cannot be prefixed with aws:, Key: %.*s", SLICE_ARG(key));
    return OK;
}

/* Keys of tags to take away: any that a tag could have. */
static enum err keys_check(struct fault *fault, const struct tag_key_list *keys)
{
    for (uint32_t i = 0; i < keys->count; i++) {
        if (!is_tag_text(keys->items[i], 1, TAG_KEY_CHARACTERS_MAX))
            return fault_validation(fault, "The Tag Key provided is invalid, Key: %.*s", SLICE_ARG(keys->items[i]));
    }
    return OK;
}

static enum err too_many(struct api_request *request)
{
    return fault_validation(&request->fault, "Number of Tags exceed the current limit for the provided ResourceArn");
}

enum err api__tags_check(struct api_request *request, const struct tag_list *tags)
{
    enum err err = api__list_check(request, tags->count, CONTROL_LIST_MAX, "tags");

    for (uint32_t i = 0; i < tags->count && !err; i++)
        err = tag_check(&request->fault, &tags->items[i]);
    for (uint32_t i = 0; i < tags->count && !err; i++) {
        for (uint32_t k = 0; k < i; k++) {
            if (slice_equal(tags->items[i].key, tags->items[k].key))
                return fault_validation(&request->fault,
                    "Duplicate Tag Keys provided as input: Duplicate Tag Key found %.*s",
                    SLICE_ARG(tags->items[i].key));
        }
    }
    return err;
}

/* ---- sets ---- */
static struct tag *tag_find(struct tag *tags, uint32_t count, struct slice key)
{
    for (uint32_t i = 0; i < count; i++) {
        if (slice_equal(tags[i].key, key))
            return &tags[i];
    }
    return NULL;
}

static void tag_insert(struct tag *tags, uint32_t count, struct tag tag)
{
    uint32_t at = count;

    for (; at > 0 && slice_compare(tags[at - 1].key, tag.key) > 0; at--)
        tags[at] = tags[at - 1];
    tags[at] = tag;
}

static enum err size_check(struct api_request *request, const struct tag *tags, uint32_t count)
{
    size_t bytes = 0;

    for (uint32_t i = 0; i < count; i++)
        bytes += tags[i].key.n + tags[i].value.n;
    if (bytes <= TAG_SET_BYTES_MAX)
        return OK;
    return fault_validation(
        &request->fault, "Tag set size %zu bytes is above max size limit of %d bytes", bytes, TAG_SET_BYTES_MAX);
}

enum err api__tags_merge(struct api_request *request, const struct tag *old, uint32_t old_count,
    const struct tag_list *more, const struct tag **ret_tags, uint32_t *ret_count)
{
    struct tag *tags = arena_alloc(request->arena, (old_count + more->count) * sizeof(*tags));
    uint32_t count = old_count;
    enum err err;

    if (old_count != 0)
        memcpy(tags, old, old_count * sizeof(*tags));
    for (uint32_t i = 0; i < more->count; i++) {
        struct tag tag = {more->items[i].key, more->items[i].value};
        struct tag *same = tag_find(tags, count, tag.key);

        if (same != NULL)
            *same = tag;
        else
            tag_insert(tags, count++, tag);
    }
    if (count > TAGS_MAX)
        return too_many(request);
    err = size_check(request, tags, count);
    if (err)
        return err;
    *ret_tags = tags;
    *ret_count = count;
    return OK;
}

static bool tags_equal(const struct table_desc *a, const struct table_desc *b)
{
    if (a->tags_count != b->tags_count)
        return false;
    for (uint32_t i = 0; i < a->tags_count; i++) {
        if (!slice_equal(a->tags[i].key, b->tags[i].key) || !slice_equal(a->tags[i].value, b->tags[i].value))
            return false;
    }
    return true;
}

/* ---- the table of a ResourceArn ---- */
static enum err missing(struct api_request *request, struct slice arn)
{
    return fault_set(&request->fault, API_RESOURCE_NOT_FOUND,
        "Requested resource not found: ResourceArn: %.*s not found", SLICE_ARG(arn));
}

static enum err resource_resolve(struct api_request *request, struct slice text, struct slice *ret_name)
{
    struct fault *fault = &request->fault;
    struct api__arn arn;

    if (text.p == NULL)
        return fault_validation(fault, "Invalid TableArn");
    if (!api__arn_split(text, &arn))
        return fault_validation(fault, P_ "ARNs must start with 'arn:': %.*s", SLICE_ARG(text));
    if (!slice_is(arn.service, "dynamodb"))
        return fault_validation(fault, P_ "Provided Arn is not a DynamoDB resource arn: %.*s", SLICE_ARG(text));
    if (!slice_is(arn.partition, "aws") || !slice_equal(arn.region, request->identity.region))
        return fault_validation(fault, "Invalid TableArn: Invalid ResourceArn provided as input %.*s", SLICE_ARG(text));
    if (!slice_equal(arn.account, request->identity.account))
        return fault_set(fault, API_ACCESS_DENIED, "Access is denied");
    if (api__arn_table(&arn, ret_name))
        return OK;
    if (slice_starts_with(arn.resource, SLICE_LIT("table/")) &&
        memmem(arn.resource.p, arn.resource.n, "/stream/", 8) != NULL)
        return missing(request, text);
    return fault_validation(fault,
        P_ "Invalid resource arn provided, only table or stream is accepted. Provided resource arn: %.*s",
        SLICE_ARG(text));
}

/* ---- TagResource, UntagResource ---- */
struct tagging {
    struct api_request *request;
    struct slice arn, name;
    const struct tag_list *more;
    const struct tag_key_list *less;
};

static enum err tag(void *context, const struct table_desc *present, struct table_desc *next, struct arena *arena,
    enum catalog_what *ret_what)
{
    const struct tagging *tagging = context;
    struct api_request *request = tagging->request;
    enum err err;

    (void)arena;
    if (present == NULL)
        return missing(request, tagging->arn);
    if (present->status == TABLE_CREATING || present->status == TABLE_DELETING)
        return fault_set(&request->fault, API_RESOURCE_IN_USE, IN_USE_ "Table is being %s: %.*s",
            present->status == TABLE_CREATING ? "created" : "deleted", SLICE_ARG(present->name));
    err = api__tags_merge(request, present->tags, present->tags_count, tagging->more, &next->tags, &next->tags_count);
    if (err)
        return err;
    *ret_what = tags_equal(present, next) ? CATALOG_NOTHING : CATALOG_STORE;
    return OK;
}

static bool keys_have(const struct tag_key_list *keys, struct slice key)
{
    for (uint32_t i = 0; i < keys->count; i++) {
        if (slice_equal(keys->items[i], key))
            return true;
    }
    return false;
}

static enum err untag(void *context, const struct table_desc *present, struct table_desc *next, struct arena *arena,
    enum catalog_what *ret_what)
{
    const struct tagging *tagging = context;
    struct tag *tags;

    if (present == NULL || present->status == TABLE_CREATING || present->status == TABLE_DELETING)
        return missing(tagging->request, tagging->arn);
    tags = arena_alloc(arena, (present->tags_count + 1) * sizeof(*tags));
    next->tags = tags;
    next->tags_count = 0;
    for (uint32_t i = 0; i < present->tags_count; i++) {
        if (!keys_have(tagging->less, present->tags[i].key))
            tags[next->tags_count++] = present->tags[i];
    }
    *ret_what = next->tags_count == present->tags_count ? CATALOG_NOTHING : CATALOG_STORE;
    return OK;
}

enum err api_tag_resource(struct api_request *request, void *input)
{
    const struct tag_resource_input *in = input;
    struct tagging tagging = {.request = request, .arn = in->resource_arn, .more = &in->tags};
    const struct table_desc *desc;
    enum err err;

    err = resource_resolve(request, in->resource_arn, &tagging.name);
    if (err)
        return err;
    if (in->tags.count == 0)
        return fault_validation(&request->fault, "Atleast one Tag needs to be provided as Input.");
    err = api__tags_check(request, &in->tags);
    if (!err && in->tags.count > TAGS_MAX)
        err = too_many(request);
    if (!err)
        err = api__change(request, tagging.name, tag, &tagging, &desc);
    return err;
}

enum err api_untag_resource(struct api_request *request, void *input)
{
    const struct untag_resource_input *in = input;
    struct tagging tagging = {.request = request, .arn = in->resource_arn, .less = &in->tag_keys};
    const struct table_desc *desc;
    enum err err;

    err = resource_resolve(request, in->resource_arn, &tagging.name);
    if (err)
        return err;
    if (in->tag_keys.count == 0)
        return fault_validation(&request->fault, "Atleast one Tag Key needs to be provided as Input.");
    if (in->tag_keys.count > TAGS_MAX)
        return too_many(request);
    err = keys_check(&request->fault, &in->tag_keys);
    return err ? err : api__change(request, tagging.name, untag, &tagging, &desc);
}

/* ---- ListTagsOfResource ---- */
static int hex_digit(uint8_t c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The key in a token; p NULL when it is none of ours. */
static struct slice token_read(struct arena *arena, struct slice token)
{
    uint8_t *key;

    if (token.p == NULL || token.n == 0 || token.n % 2 != 0)
        return SLICE_NULL;
    key = arena_alloc(arena, token.n / 2);
    for (size_t i = 0; i < token.n / 2; i++) {
        int high = hex_digit(token.p[2 * i]), low = hex_digit(token.p[2 * i + 1]);

        if (high < 0 || low < 0)
            return SLICE_NULL;
        key[i] = (uint8_t)(high << 4 | low);
    }
    return slice_of(key, token.n / 2);
}

static struct slice token_write(struct arena *arena, struct slice key)
{
    struct buf token;

    buf_init(&token, arena, ARENA_ALLOC_BYTES_MAX);
    for (size_t i = 0; i < key.n; i++)
        buf_printf(&token, "%02x", key.p[i]);
    return buf_view(&token);
}

static void page_fill(struct api_request *request, const struct table_desc *desc, struct slice token,
    struct list_tags_of_resource_output *output)
{
    struct slice after = token_read(request->arena, token);
    struct model_tag *tags = arena_alloc(request->arena, TAGS_PAGE * sizeof(*tags));
    uint32_t count = 0;

    for (uint32_t i = 0; i < desc->tags_count; i++) {
        if (after.p != NULL && slice_compare(desc->tags[i].key, after) <= 0)
            continue;
        if (count == TAGS_PAGE) {
            output->next_token = token_write(request->arena, tags[count - 1].key);
            break;
        }
        tags[count++] = (struct model_tag){desc->tags[i].key, desc->tags[i].value};
    }
    output->tags = (struct tag_list){true, count, tags};
}

enum err api_list_tags_of_resource(struct api_request *request, void *input)
{
    const struct list_tags_of_resource_input *in = input;
    const struct table_desc *desc;
    struct slice name;
    enum err err;

    err = resource_resolve(request, in->resource_arn, &name);
    if (err)
        return err;
    desc = catalog_find(request->view, request->identity.account, request->identity.region, name);
    if (desc == NULL || desc->status == TABLE_CREATING)
        return missing(request, in->resource_arn);
    page_fill(request, desc, in->next_token, request->output);
    return OK;
}
