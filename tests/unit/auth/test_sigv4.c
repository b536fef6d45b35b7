/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Signatures: what other signers made is accepted, what anybody altered is not, and each refusal has DynamoDB's text
 * (control-plane.md 2.3; distributed-design.md 14).
 */
#include "requests.h"

#include <stdatomic.h>

#include "os/worker.h"

#define NOW "20260102T030405Z"

static const char mismatch[] =
    "The request signature we calculated does not match the signature you provided. Check your "
    "AWS Secret Access Key and signing method. Consult the service documentation for details.";

static struct client client;
static struct fault fault;
static struct identity identity;

static bool told(enum api_error code, const char *text)
{
    if (fault.code == code && slice_is(fault.message, text))
        return true;
    printf("got: %.*s\n", SLICE_ARG(fault.message));
    return false;
}

/* ---- signed by others ---- */

TEST(auth, the_documented_self_test_is_accepted)
{
    struct auth *auth = auth_of(AUTH_SIGV4);

    client_init(&client, "POST", "/", "", "{\"TableName\":\"Music\"}");
    client_header(&client, "Content-Type", "application/x-amz-json-1.0");
    client_header(&client, "Host", "dynamodb.us-east-1.amazonaws.com");
    client_header(&client, "X-Amz-Date", "20130524T000000Z");
    client_header(&client, "X-Amz-Target", "DynamoDB_20120810.DescribeTable");
    client_header(&client, "Authorization",
        "AWS4-HMAC-SHA256 Credential=" KEY_ID "/20130524/us-east-1/dynamodb/aws4_request, "
        "SignedHeaders=content-type;host;x-amz-date;x-amz-target, "
        "Signature=e96152f06b7a343e2545b057e967dd8eefc4eb94477e5c3abec323b4dac82c02");
    CHECK_EQ(check_at(auth, &client, "dynamodb", "20130524T000000Z", &fault, &identity), OK);
    CHECK(slice_is(identity.region, "us-east-1"));
    CHECK(slice_is(identity.account, "000000000000"));
    CHECK(slice_is(identity.access_key, KEY_ID));
    CHECK(slice_is(identity.arn, "arn:aws:iam::000000000000:root"));
    client_fini(&client);
    auth_destroy(auth);
}

TEST(auth, a_request_signed_by_botocore_is_accepted)
{
    struct auth *auth = auth_of(AUTH_SIGV4);

    client_init(&client, "POST", "/", "", "{\"TableName\":\"Music\",\"Key\":{\"Artist\":{\"S\":\"No One\"}}}");
    client_header(&client, "Host", "localhost:8000");
    client_header(&client, "X-Amz-Target", "DynamoDB_20120810.GetItem");
    client_header(&client, "Content-Type", "application/x-amz-json-1.0");
    client_header(&client, "User-Agent", "Boto3/1.35");
    client_header(&client, "X-Amz-Date", NOW);
    client_header(&client, "Authorization",
        "AWS4-HMAC-SHA256 Credential=" KEY_ID "/20260102/eu-central-1/dynamodb/aws4_request, "
        "SignedHeaders=content-type;host;x-amz-date;x-amz-target, "
        "Signature=4b8727c7a7264465270a8d906a2146bd9f090273f33a189cae194854dd4e737e");
    CHECK_EQ(check_at(auth, &client, "dynamodb", NOW, &fault, &identity), OK);
    client_fini(&client);
    auth_destroy(auth);
}

TEST(auth, a_path_with_dots_an_unsorted_query_and_runs_of_blanks_are_signed_as_botocore_signs_them)
{
    struct auth *auth = auth_of(AUTH_SIGV4);

    client_init(&client, "POST", "/a%20b/../%7Ec//d/", "z=1&a=b%20c&a=%2F&empty", "{}");
    client_header(&client, "host", "localhost:8000");
    client_header(&client, "x-amz-target", "DynamoDB_20120810.GetItem");
    client_header(&client, "content-type", "application/x-amz-json-1.0");
    client_header(&client, "x-amz-meta", "two   blanks");
    client_header(&client, "x-amz-date", NOW);
    client_header(&client, "authorization",
        "AWS4-HMAC-SHA256 Credential=" KEY_ID "/20260102/us-east-1/dynamodb/aws4_request, "
        "SignedHeaders=content-type;host;x-amz-date;x-amz-meta;x-amz-target, "
        "Signature=4e27f92f44f792098b20c628320ab359f213696e1de6e02a7531350b56f1c4d8");
    CHECK_EQ(check_at(auth, &client, "dynamodb", NOW, &fault, &identity), OK);
    client_fini(&client);
    auth_destroy(auth);
}

#define PRESIGNED_QUERY                                                                                                \
    "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" KEY_ID "%2F20260102%2Fus-west-2%2Fdynamodb%2Faws4_request&"   \
    "X-Amz-Date=" NOW "&X-Amz-Expires=3600&X-Amz-SignedHeaders=host%3Bx-amz-target&"                                   \
    "X-Amz-Signature=c049e350e2cb9f037131b2afd6ca918f4ba5581645e220d177f84404004b53a9"

static void client_presigned(const char *query)
{
    client_init(&client, "POST", "/", query, "");
    client_header(&client, "Host", "localhost:8000");
    client_header(&client, "X-Amz-Target", "DynamoDB_20120810.ListTables");
}

TEST(auth, a_presigned_request_is_good_until_it_expires)
{
    struct auth *auth = auth_of(AUTH_SIGV4);

    client_presigned(PRESIGNED_QUERY);
    CHECK_EQ(check_at(auth, &client, "dynamodb", NOW, &fault, &identity), OK);
    CHECK_EQ(check_at(auth, &client, "dynamodb", "20260102T040405Z", &fault, &identity), OK);
    CHECK_EQ(check_at(auth, &client, "dynamodb", "20260102T040406Z", &fault, &identity), ERR_FAULT);
    CHECK(told(API_INVALID_SIGNATURE,
        "Signature expired: 20260102T030405Z is now earlier than 20260102T030406Z (20260102T040406Z - 3600 sec.)"));
    CHECK_EQ(check_at(auth, &client, "dynamodb", "20260102T025905Z", &fault, &identity), OK);
    CHECK_EQ(check_at(auth, &client, "dynamodb", "20260102T025904Z", &fault, &identity), ERR_FAULT);
    client_fini(&client);
    auth_destroy(auth);
}

TEST(auth, a_presigned_request_altered_anywhere_is_refused)
{
    struct auth *auth = auth_of(AUTH_SIGV4);
    char query[] = PRESIGNED_QUERY;

    for (size_t i = 0; i < sizeof(query) - 1; i++) {
        query[i] ^= 1;
        client_presigned(query);
        CHECK_EQ(check_at(auth, &client, "dynamodb", NOW, &fault, &identity), ERR_FAULT);
        client_fini(&client);
        query[i] ^= 1;
    }
    client_presigned(PRESIGNED_QUERY "&X-Amz-Expires=604800");
    CHECK_EQ(check_at(auth, &client, "dynamodb", NOW, &fault, &identity), ERR_FAULT);
    client_fini(&client);
    client_presigned(PRESIGNED_QUERY "&more=1");
    CHECK_EQ(check_at(auth, &client, "dynamodb", NOW, &fault, &identity), ERR_FAULT);
    client_fini(&client);
    client_presigned(PRESIGNED_QUERY);
    client.request.body_raw = SLICE_LIT("{}");
    CHECK_EQ(check_at(auth, &client, "dynamodb", NOW, &fault, &identity), ERR_FAULT);
    client_fini(&client);
    auth_destroy(auth);
}

TEST(auth, a_presigned_request_may_live_a_second_or_a_week_and_no_other_time)
{
    static const struct {
        const char *text;
        bool valid;
    } lives[] = {{"0", false}, {"1", true}, {"604800", true}, {"604801", false}, {"99999999999999999999", false},
        {"-1", false}, {"1s", false}, {"", false}};
    struct auth *auth = auth_of(AUTH_OPEN);
    char query[256];

    for (size_t i = 0; i < sizeof(lives) / sizeof(lives[0]); i++) {
        sprintf(query,
            "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=k/d/r/s/t&X-Amz-Date=" NOW
            "&X-Amz-SignedHeaders=host&X-Amz-Signature=0&X-Amz-Expires=%s",
            lives[i].text);
        client_presigned(query);
        CHECK_EQ(check_at(auth, &client, "dynamodb", NOW, &fault, &identity), lives[i].valid ? OK : ERR_FAULT);
        client_fini(&client);
    }
    auth_destroy(auth);
}

/* ---- forgeries ---- */

/* One alteration after the other of the request as it stands; each is undone. Returns how many were tried, -1 when one
 * passed. */
static int forge_bytes(struct auth *auth, struct slice *field, uint8_t mask)
{
    struct slice original = *field;
    int tried = 0;

    for (size_t i = 0; i < original.n; i++) {
        uint8_t *copy = memcpy(malloc(original.n), original.p, original.n);
        enum err err;

        copy[i] ^= mask;
        *field = slice_of(copy, original.n);
        client_index(&client);
        err = check_at(auth, &client, "dynamodb", NOW, &fault, &identity);
        *field = original;
        client_index(&client);
        free(copy);
        if (err != ERR_FAULT) {
            printf("byte %zu of \"%.*s\" may be changed by %x\n", i, SLICE_ARG(original), mask);
            return -1;
        }
        tried++;
    }
    return tried;
}

static bool refused(struct auth *auth)
{
    client_index(&client);
    return check_at(auth, &client, "dynamodb", NOW, &fault, &identity) == ERR_FAULT;
}

TEST(auth, changing_any_byte_of_what_is_signed_is_refused)
{
    struct auth *auth = auth_of(AUTH_SIGV4);
    int tried = 0;

    client_get_item(&client, NOW);
    CHECK(!refused(auth));
    for (uint32_t i = 0; i < client.request.headers_count; i++) {
        int names = forge_bytes(auth, &client.headers[i].name, 1);

        CHECK(names > 0);
        tried += names;
        for (uint32_t bit = 0; bit < 8; bit++) {
            int values = forge_bytes(auth, &client.headers[i].value, (uint8_t)(1u << bit));

            CHECK(values > 0);
            tried += values;
        }
    }
    CHECK(forge_bytes(auth, &client.request.body_raw, 0x20) > 0);
    CHECK(forge_bytes(auth, &client.request.method_text, 1) > 0);
    CHECK(tried > 2000);
    CHECK(!refused(auth)); /* all of it was undone */
    client_fini(&client);
    auth_destroy(auth);
}

TEST(auth, removing_doubling_or_swapping_a_header_that_is_signed_is_refused)
{
    struct auth *auth = auth_of(AUTH_SIGV4);
    uint32_t count;

    client_get_item(&client, NOW);
    count = client.request.headers_count;
    for (uint32_t i = 0; i < count; i++) {
        struct http_header one = client.headers[i];

        client.headers[i] = client.headers[count - 1]; /* removed */
        client.request.headers_count = count - 1;
        CHECK(refused(auth));
        client.request.headers_count = count;
        client.headers[i] = one;

        client.headers[count] = one; /* doubled */
        client.request.headers_count = count + 1;
        CHECK(refused(auth));
        client.headers[count].value = SLICE_LIT("other"); /* doubled with another value, after and before */
        CHECK(refused(auth));
        client.headers[count] = one;
        client.headers[i].value = SLICE_LIT("other");
        CHECK(refused(auth));
        client.headers[i] = one;
        client.request.headers_count = count;

        for (uint32_t j = 0; j < i; j++) { /* values swapped */
            struct slice value = client.headers[j].value;

            client.headers[j].value = client.headers[i].value;
            client.headers[i].value = value;
            CHECK(refused(auth));
            value = client.headers[j].value;
            client.headers[j].value = client.headers[i].value;
            client.headers[i].value = value;
        }
    }
    CHECK(!refused(auth));
    client_fini(&client);
    auth_destroy(auth);
}

TEST(auth, the_order_in_which_headers_arrive_is_free)
{
    struct auth *auth = auth_of(AUTH_SIGV4);
    struct http_header first;

    client_get_item(&client, NOW);
    first = client.headers[0];
    client.headers[0] = client.headers[4];
    client.headers[4] = first;
    CHECK(!refused(auth));
    client_fini(&client);
    auth_destroy(auth);
}

TEST(auth, a_signature_for_another_query_method_path_or_body_length_is_refused)
{
    struct auth *auth = auth_of(AUTH_SIGV4);

    client_get_item(&client, NOW);
    client.request.query = SLICE_LIT("a=1");
    CHECK(refused(auth));
    client.request.query = SLICE_LIT("X-Amz-Signature=1"); /* left out of the query form alone */
    CHECK(refused(auth));
    client.request.query = SLICE_LIT("");
    client.request.method_text = SLICE_LIT("PUT");
    CHECK(refused(auth));
    client.request.method_text = SLICE_LIT("POST");
    client.request.path = SLICE_LIT("/x");
    CHECK(refused(auth));
    client.request.path = SLICE_LIT("/");
    client.request.body_raw.n--;
    CHECK(refused(auth));
    client.request.body_raw = SLICE_LIT("");
    CHECK(refused(auth));
    client_fini(&client);
    auth_destroy(auth);
}

TEST(auth, an_unsigned_amz_header_is_refused_and_named)
{
    struct auth *auth = auth_of(AUTH_SIGV4);

    client_get_item(&client, NOW);
    client_header(&client, "X-Amz-Anything", "1");
    CHECK(refused(auth));
    CHECK(told(API_INVALID_SIGNATURE, "'X-Amz-Anything' must be a 'SignedHeader' in the AWS Authorization."));
    client_fini(&client);

    client_init(&client, "POST", "/", "", "{}");
    client_header(&client, "host", "h");
    client_header(&client, "x-amz-date", NOW);
    client_sign(&client, SECRET, KEY_ID, NOW, "r", "dynamodb");
    CHECK(!refused(auth));
    client_header(&client, "x-amz-target", "DynamoDB_20120810.DeleteTable");
    CHECK(refused(auth));
    client_fini(&client);
    auth_destroy(auth);
}

TEST(auth, headers_that_sdks_leave_unsigned_are_allowed)
{
    struct auth *auth = auth_of(AUTH_SIGV4);

    client_get_item(&client, NOW);
    client_header(&client, "X-Amz-User-Agent", "aws-sdk-php/3");
    client_header(&client, "amz-sdk-request", "attempt=1; max=3");
    client_header(&client, "X-Amzn-Trace-Id", "Root=1");
    client_header(&client, "Content-Length", "53");
    CHECK(!refused(auth));
    client_fini(&client);
    auth_destroy(auth);
}

TEST(auth, the_date_header_serves_when_there_is_no_amz_date_and_must_be_signed)
{
    struct auth *auth = auth_of(AUTH_SIGV4);

    client_init(&client, "POST", "/", "", "{}");
    client_header(&client, "date", NOW);
    client_header(&client, "host", "h");
    client_sign(&client, SECRET, KEY_ID, NOW, "r", "dynamodb");
    CHECK(!refused(auth));
    client_fini(&client);

    client_init(&client, "POST", "/", "", "{}");
    client_header(&client, "host", "h");
    client_sign(&client, SECRET, KEY_ID, NOW, "r", "dynamodb");
    client_header(&client, "Date", NOW);
    CHECK(refused(auth));
    CHECK(told(API_INVALID_SIGNATURE, "'Date' must be a 'SignedHeader' in the AWS Authorization."));
    client_fini(&client);
    auth_destroy(auth);
}

TEST(auth, two_authorization_headers_are_refused)
{
    struct auth *auth = auth_of(AUTH_SIGV4);

    client_get_item(&client, NOW);
    client.headers[client.request.headers_count] = client.headers[client.request.headers_count - 1];
    client.request.headers_count++;
    CHECK(refused(auth));
    CHECK(told(API_INVALID_SIGNATURE, "Found more than one 'Authorization' HTTP header."));
    client_fini(&client);
    auth_destroy(auth);
}

TEST(auth, a_list_of_signed_headers_out_of_order_is_refused)
{
    struct auth *auth = auth_of(AUTH_SIGV4);

    client_init(&client, "POST", "/", "", "{}");
    client_header(&client, "x-amz-date", NOW);
    client_header(&client, "host", "h");
    client_sign(&client, SECRET, KEY_ID, NOW, "r", "dynamodb");
    CHECK(refused(auth));
    client_fini(&client);
    auth_destroy(auth);
}

TEST(auth, sixty_four_headers_are_checked_and_one_more_is_refused)
{
    struct auth *auth = auth_of(AUTH_SIGV4);
    char name[16];

    client_init(&client, "POST", "/", "", "{}");
    for (int i = 0; i < REQUEST_HEADERS_MAX - 3; i++) {
        sprintf(name, "a-%02d", i);
        client_header(&client, name, "v");
    }
    client_header(&client, "host", "h");
    client_header(&client, "x-amz-date", NOW);
    client_sign(&client, SECRET, KEY_ID, NOW, "r", "dynamodb");
    CHECK_EQ(client.request.headers_count, REQUEST_HEADERS_MAX);
    CHECK(!refused(auth));
    client_header(&client, "b", "v");
    CHECK(refused(auth));
    client_fini(&client);
    auth_destroy(auth);
}

/* ---- keys ---- */

TEST(auth, an_unknown_key_is_told_from_a_wrong_secret)
{
    struct auth *auth = auth_of(AUTH_SIGV4);

    client_init(&client, "POST", "/", "", "{}");
    client_header(&client, "host", "h");
    client_header(&client, "x-amz-date", NOW);
    client_sign(&client, SECRET, "AKIAUNKNOWN", NOW, "r", "dynamodb");
    CHECK(refused(auth));
    CHECK(told(API_UNRECOGNIZED_CLIENT, "The security token included in the request is invalid."));
    client_fini(&client);

    client_init(&client, "POST", "/", "", "{}");
    client_header(&client, "host", "h");
    client_header(&client, "x-amz-date", NOW);
    client_sign(&client, "another secret altogether", KEY_ID, NOW, "r", "dynamodb");
    CHECK(refused(auth));
    CHECK(told(API_INVALID_SIGNATURE, mismatch));
    client_fini(&client);
    auth_destroy(auth);
}

TEST(auth, a_session_token_with_a_permanent_key_is_refused)
{
    struct auth *auth = auth_of(AUTH_SIGV4);

    client_init(&client, "POST", "/", "", "{}");
    client_header(&client, "host", "h");
    client_header(&client, "x-amz-date", NOW);
    client_header(&client, "x-amz-security-token", "FwoGZXIvYXdzEBYaD");
    client_sign(&client, SECRET, KEY_ID, NOW, "r", "dynamodb");
    CHECK(refused(auth));
    CHECK(told(API_UNRECOGNIZED_CLIENT, "The security token included in the request is invalid"));
    client_fini(&client);
    auth_destroy(auth);
}

struct on_worker {
    struct auth *auth;
    int accepted, refused;
    _Atomic bool done;
};

static void check_often(struct fiber *self, struct arena *arena, void *argument)
{
    struct on_worker *run = argument;

    (void)arena;
    client.request.fiber = self;
    for (int i = 0; i < 50; i++) {
        struct slice region = slice_of("r0r1r2r3r4r5r6r7r8r9" + 2 * (i % 10), 2);
        char text[8] = {0};

        memcpy(text, region.p, region.n);
        client.request.headers_count = 0;
        client_header(&client, "host", "h");
        client_header(&client, "x-amz-date", NOW);
        client_sign(&client, SECRET, KEY_ID, NOW, i % 3 == 0 ? text : "hot", "dynamodb");
        run->accepted += check_at(run->auth, &client, "dynamodb", NOW, &fault, &identity) == OK;
        client.request.body_raw = SLICE_LIT("forged");
        run->refused += check_at(run->auth, &client, "dynamodb", NOW, &fault, &identity) == ERR_FAULT;
        client.request.body_raw = client.request.body;
    }
    atomic_store(&run->done, true);
}

TEST(auth, keys_cached_by_a_worker_change_no_answer)
{
    struct workers_options options = {.count = 1, .io_threads = 1};
    struct on_worker run = {.auth = auth_of(AUTH_SIGV4)};
    struct workers *workers;

    client_init(&client, "POST", "/", "", "{}");
    CHECK_EQ(workers_start(&options, &workers), OK);
    CHECK_EQ(worker_spawn(workers_at(workers, 0), check_often, &run), OK);
    workers_stop_and_join(workers);
    CHECK(atomic_load(&run.done));
    CHECK_EQ(run.accepted, 50);
    CHECK_EQ(run.refused, 50);
    client_fini(&client);
    auth_destroy(run.auth);
}

TEST(auth, a_body_of_16_mib_is_hashed_to_its_last_byte)
{
    struct auth *auth = auth_of(AUTH_SIGV4);
    char *body = malloc(REQUEST_BODY_BYTES_MAX);

    memset(body, 'x', REQUEST_BODY_BYTES_MAX);
    client_init(&client, "POST", "/", "", "");
    client.request.body_raw = slice_of(body, REQUEST_BODY_BYTES_MAX);
    client_header(&client, "host", "h");
    client_header(&client, "x-amz-date", NOW);
    client_sign(&client, SECRET, KEY_ID, NOW, "r", "dynamodb");
    CHECK(!refused(auth));
    body[REQUEST_BODY_BYTES_MAX - 1] = 'y';
    CHECK(refused(auth));
    client_fini(&client);
    free(body);
    auth_destroy(auth);
}

/* ---- the clock ---- */

TEST(auth, the_clock_may_be_five_minutes_off_and_no_second_more)
{
    struct auth *auth = auth_of(AUTH_SIGV4);

    client_get_item(&client, NOW);
    CHECK_EQ(check_at(auth, &client, "dynamodb", "20260102T030905Z", &fault, &identity), OK);
    CHECK_EQ(check_at(auth, &client, "dynamodb", "20260102T030906Z", &fault, &identity), ERR_FAULT);
    CHECK(told(API_INVALID_SIGNATURE,
        "Signature expired: 20260102T030405Z is now earlier than 20260102T030406Z (20260102T030906Z - 5 min.)"));
    CHECK_EQ(check_at(auth, &client, "dynamodb", "20260102T025905Z", &fault, &identity), OK);
    CHECK_EQ(check_at(auth, &client, "dynamodb", "20260102T025904Z", &fault, &identity), ERR_FAULT);
    CHECK(told(API_INVALID_SIGNATURE, "Signature not yet current: 20260102T030405Z is still later than "
                                      "20260102T030404Z (20260102T025904Z + 5 min.)"));
    client_fini(&client);
    auth_destroy(auth);
}

/* ---- texts of what is incomplete ---- */

struct refusal {
    const char *authorization; /* NULL: none */
    const char *query;
    const char *date; /* NULL: none */
    enum api_error code;
    const char *text;
};

#define SCOPED "Credential=" KEY_ID "/20260102/r/dynamodb/aws4_request"

static const struct refusal refusals[] = {
    {NULL, "", NOW, API_MISSING_AUTHENTICATION_TOKEN, "Request is missing Authentication Token"},
    {"", "", NOW, API_MISSING_AUTHENTICATION_TOKEN, "Request is missing Authentication Token"},
    {"Basic YTpi", "", NOW, API_MISSING_AUTHENTICATION_TOKEN, "Request is missing Authentication Token"},
    {NULL, "X-Amz-Algorithm=", NOW, API_MISSING_AUTHENTICATION_TOKEN, "Request is missing Authentication Token"},
    {"AWS4-HMAC-SHA256 " SCOPED, "X-Amz-Algorithm=AWS4-HMAC-SHA256", NOW, API_INVALID_SIGNATURE,
        "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header."},
    {"AWS4-", "", NULL, API_INCOMPLETE_SIGNATURE,
        "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. "
        "Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a "
        "'X-Amz-Date' or a 'Date' header. Authorization=AWS4-"},
    {"AWS4-HMAC-SHA256 Credential=a,Signature=b", "", NOW, API_INCOMPLETE_SIGNATURE,
        "Authorization header requires 'SignedHeaders' parameter. Authorization=AWS4-HMAC-SHA256 "
        "Credential=a,Signature=b"},
    {"AWS4-HMAC-SHA256 Credential=,Signature=b SignedHeaders=c", "", NOW, API_INCOMPLETE_SIGNATURE,
        "Authorization header requires 'Credential' parameter. Authorization=AWS4-HMAC-SHA256 Credential=,Signature=b "
        "SignedHeaders=c"},
    {"AWS4-HMAC-SHA256 Signature", "", NOW, API_INCOMPLETE_SIGNATURE,
        "'Signature' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 "
        "Signature'."},
    {"AWS4-HMAC-SHA256 Signature=a, Signature=a", "", NOW, API_INCOMPLETE_SIGNATURE,
        "'Signature' given more than once in Authorization header: 'AWS4-HMAC-SHA256 Signature=a, Signature=a'."},
    {"AWS4-ECDSA-P256-SHA256 Credential=a, Signature=b, SignedHeaders=c", "", NOW, API_INCOMPLETE_SIGNATURE,
        "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256' (only AWS4-HMAC-SHA256 for now). "},
    {"AWS4-HMAC-SHA256, Credential=a, Signature=b, SignedHeaders=c", "", NOW, API_INCOMPLETE_SIGNATURE,
        "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA256,' (only AWS4-HMAC-SHA256 for now). "},
    {"AWS4-HMAC-SHA256 Credential=a/b/c/d, Signature=b, SignedHeaders=c", "", NOW, API_INCOMPLETE_SIGNATURE,
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'a/b/c/d'"},
    {"AWS4-HMAC-SHA256 Credential=a/b/c/d/e/f, Signature=b, SignedHeaders=c", "", NOW, API_INCOMPLETE_SIGNATURE,
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got "
        "'a/b/c/d/e/f'"},
    {"AWS4-HMAC-SHA256 " SCOPED ", Signature=b, SignedHeaders=c", "", "Fri, 02 Jan 2026 03:04:05 GMT",
        API_INCOMPLETE_SIGNATURE,
        "Date must be in ISO-8601 'basic format'. Got 'Fri, 02 Jan 2026 03:04:05 GMT'. See "
        "http://en.wikipedia.org/wiki/ISO_8601"},
    {NULL, "X-Amz-Algorithm=AWS4-HMAC-SHA256", NOW, API_INCOMPLETE_SIGNATURE,
        "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters must include "
        "'X-Amz-Signature'. AWS query-string parameters must include 'X-Amz-SignedHeaders'. AWS query-string "
        "parameters "
        "must include 'X-Amz-Date'. Re-examine the query-string parameters."},
    {NULL, "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=a&X-Amz-Date=a", NOW, API_INCOMPLETE_SIGNATURE,
        "AWS query-string parameters must be given once. Re-examine the query-string parameters."},
    {NULL, "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=%4", NOW, API_INCOMPLETE_SIGNATURE,
        "The query string cannot be read. Re-examine the query-string parameters."},
    {NULL, "X-Amz-Algorithm=x&X-Amz-Credential=a&X-Amz-Signature=b&X-Amz-SignedHeaders=c&X-Amz-Date=d", NOW,
        API_INCOMPLETE_SIGNATURE, "Unsupported AWS 'algorithm': 'x' (only AWS4-HMAC-SHA256 for now). "},
};

TEST(auth, incomplete_credentials_are_refused_with_dynamodbs_texts_in_both_modes)
{
    for (int mode = AUTH_OPEN; mode <= AUTH_SIGV4; mode++) {
        struct auth *auth = auth_of((enum auth_mode)mode);

        for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
            client_init(&client, "POST", "/", refusals[i].query, "{}");
            client_header(&client, "host", "h");
            if (refusals[i].date != NULL)
                client_header(&client, "x-amz-date", refusals[i].date);
            if (refusals[i].authorization != NULL)
                client_header(&client, "authorization", refusals[i].authorization);
            CHECK_EQ(check_at(auth, &client, "dynamodb", NOW, &fault, &identity), ERR_FAULT);
            CHECK(told(refusals[i].code, refusals[i].text));
            client_fini(&client);
        }
        auth_destroy(auth);
    }
}

static void check_authorization(struct auth *auth, const char *authorization)
{
    client_init(&client, "POST", "/", "", "{}");
    client_header(&client, "host", "h");
    client_header(&client, "x-amz-date", NOW);
    client_header(&client, "authorization", authorization);
    CHECK_EQ(check_at(auth, &client, "dynamodb", NOW, &fault, &identity), ERR_FAULT);
}

TEST(auth, host_must_be_signed)
{
    struct auth *auth = auth_of(AUTH_SIGV4);

    check_authorization(auth, "AWS4-HMAC-SHA256 " SCOPED ", Signature=b, SignedHeaders=x-amz-date");
    CHECK(told(API_INVALID_SIGNATURE, "'Host' must be a 'SignedHeader' in the AWS Authorization."));
    client_fini(&client);
    auth_destroy(auth);
}

TEST(auth, everything_wrong_with_a_scope_is_told_at_once)
{
    struct auth *auth = auth_of(AUTH_SIGV4);

    check_authorization(
        auth, "AWS4-HMAC-SHA256 Credential=k/20260103//s3/aws5, Signature=b, SignedHeaders=host;x-amz-date");
    CHECK(told(API_INVALID_SIGNATURE,
        "Credential should be scoped to a valid region, not ''. Credential should be scoped to correct service: "
        "'dynamodb'. Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5'. Date in "
        "Credential "
        "scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260103' != '20260102', from "
        "'20260102T030405Z'."));
    client_fini(&client);
    auth_destroy(auth);
}

TEST(auth, bytes_that_are_no_text_are_not_echoed)
{
    struct auth *auth = auth_of(AUTH_OPEN);

    check_authorization(auth, "AWS4-HMAC-SHA256 \xff\x01");
    CHECK(told(API_INCOMPLETE_SIGNATURE,
        "'?\?' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 ?\?'."));
    client_fini(&client);
    auth_destroy(auth);
}

/* ---- open mode ---- */

TEST(auth, open_mode_takes_any_complete_credentials_and_reads_the_region)
{
    struct auth *auth = auth_of(AUTH_OPEN);

    client_init(&client, "POST", "/", "", "{}");
    client_header(&client, "host", "h");
    client_header(&client, "x-amz-date", "20010101T000000Z");
    client_header(&client, "authorization",
        "AWS4-HMAC-SHA256 Credential=anybody/20260102/moon-1/dynamodb/aws4_request, SignedHeaders=host, Signature=00");
    CHECK_EQ(check_at(auth, &client, "dynamodb", NOW, &fault, &identity), OK);
    CHECK(slice_is(identity.region, "moon-1"));
    CHECK(slice_is(identity.access_key, "anybody"));
    client_fini(&client);

    client_presigned(PRESIGNED_QUERY);
    CHECK_EQ(check_at(auth, &client, "dynamodb", "20360102T030405Z", &fault, &identity), OK);
    CHECK(slice_is(identity.region, "us-west-2"));
    client_fini(&client);
    auth_destroy(auth);
}

TEST(auth, a_region_of_64_bytes_is_valid_and_one_of_65_is_not)
{
    struct auth *auth = auth_of(AUTH_OPEN);
    char region[66] = {0}, text[256];

    for (int n = 64; n <= 65; n++) {
        memset(region, 'r', (size_t)n);
        sprintf(text,
            "AWS4-HMAC-SHA256 Credential=k/20260102/%s/dynamodb/aws4_request, SignedHeaders=host, Signature=0", region);
        client_init(&client, "POST", "/", "", "{}");
        client_header(&client, "x-amz-date", NOW);
        client_header(&client, "authorization", text);
        CHECK_EQ(check_at(auth, &client, "dynamodb", NOW, &fault, &identity), n == 64 ? OK : ERR_FAULT);
        client_fini(&client);
    }
    auth_destroy(auth);
}

TEST_MAIN()
