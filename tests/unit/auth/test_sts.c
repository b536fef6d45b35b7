/* SPDX-License-Identifier: Apache-2.0 */

/* GetCallerIdentity over the Query protocol (control-plane.md 3.8). */
#include "auth/sts.h"

#include "requests.h"

#define NOW "20260102T030405Z"

static struct client client;

static void client_caller_identity(void)
{
    client_init(&client, "POST", "/", "", "Action=GetCallerIdentity&Version=2011-06-15");
    client_header(&client, "Host", "localhost:8000");
    client_header(&client, "Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
    client_header(&client, "X-Amz-Date", NOW);
    client_header(&client, "Authorization",
        "AWS4-HMAC-SHA256 Credential=" KEY_ID "/20260102/us-east-1/sts/aws4_request, "
        "SignedHeaders=content-type;host;x-amz-date, "
        "Signature=03d6b3930061df2911a449d96356d7ec3728190b9eb6108c6fab45c1876c0208");
}

/* The status; *ret_body holds the NUL-terminated reply until the client ends. */
static int respond(enum auth_mode mode, const char **ret_body)
{
    struct auth *auth = auth_of(mode);
    struct http_response response = {.status = 200};

    buf_init(&response.body, client.arena, 1 << 20);
    sts_respond(auth, &client.request, ms_of(NOW), &response);
    buf_byte(&response.body, 0);
    CHECK(strcmp(response.content_type, "text/xml") == 0);
    *ret_body = (const char *)response.body.p;
    auth_destroy(auth);
    return response.status;
}

TEST(sts, the_caller_is_told_who_they_are)
{
    const char *body;

    client_caller_identity();
    CHECK(sts_handles(&client.request));
    CHECK_EQ(respond(AUTH_SIGV4, &body), 200);
    CHECK(strstr(body, "<Arn>arn:aws:iam::000000000000:root</Arn>") != NULL);
    CHECK(strstr(body, "<UserId>000000000000</UserId>") != NULL);
    CHECK(strstr(body, "<Account>000000000000</Account>") != NULL);
    CHECK(strstr(body, "<ResponseMetadata><RequestId>RRRR") != NULL);
    client_fini(&client);
}

TEST(sts, a_presigned_get_is_answered)
{
    const char *body;

    client_init(&client, "GET", "/",
        "Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" KEY_ID
        "%2F20260102%2Fus-east-1%2Fsts%2Faws4_request&X-Amz-Date=" NOW "&X-Amz-Expires=900&X-Amz-SignedHeaders=host&"
        "X-Amz-Signature=66687ba7ed0e6057b7c7a90c866a5147816661d5efed5ab5d76e412b2cbe52d9",
        "");
    client_header(&client, "Host", "localhost:8000");
    CHECK(sts_handles(&client.request));
    CHECK_EQ(respond(AUTH_SIGV4, &body), 200);
    CHECK(strstr(body, "<Account>000000000000</Account>") != NULL);
    client_fini(&client);
}

TEST(sts, credentials_scoped_to_dynamodb_are_refused)
{
    const char *body;

    client_init(&client, "POST", "/", "", "Action=GetCallerIdentity&Version=2011-06-15");
    client_header(&client, "content-type", "application/x-www-form-urlencoded");
    client_header(&client, "host", "h");
    client_header(&client, "x-amz-date", NOW);
    client_sign(&client, SECRET, KEY_ID, NOW, "r", "dynamodb");
    CHECK_EQ(respond(AUTH_SIGV4, &body), 403);
    CHECK(strstr(body, "<Code>SignatureDoesNotMatch</Code>") != NULL);
    CHECK(strstr(body, "correct service: 'sts'") != NULL);
    client_fini(&client);
}

TEST(sts, errors_have_the_names_and_statuses_of_the_query_protocol)
{
    const char *body;

    client_caller_identity();
    client.request.body_raw = SLICE_LIT("Action=AssumeRole");
    CHECK_EQ(respond(AUTH_SIGV4, &body), 403);
    CHECK(strstr(body, "<Code>SignatureDoesNotMatch</Code>") != NULL);
    client_fini(&client);

    client_init(&client, "POST", "/", "", "Action=GetCallerIdentity&Version=2011-06-15");
    CHECK_EQ(respond(AUTH_OPEN, &body), 403);
    CHECK(strstr(body, "<Code>MissingAuthenticationToken</Code>") != NULL);
    client_fini(&client);

    client_init(&client, "POST", "/", "", "Action=GetCallerIdentity&Version=2011-06-15");
    client_header(&client, "authorization", "AWS4-HMAC-SHA256 <&\">");
    CHECK_EQ(respond(AUTH_OPEN, &body), 400);
    CHECK(strstr(body, "<Code>IncompleteSignature</Code>") != NULL);
    CHECK(strstr(body, "'&lt;&amp;&quot;&gt;' not a valid") != NULL);
    client_fini(&client);

    client_init(&client, "POST", "/", "", "x");
    client_header(&client, "host", "h");
    client_header(&client, "x-amz-date", NOW);
    client_sign(&client, SECRET, "nobody", NOW, "r", "sts");
    CHECK_EQ(respond(AUTH_SIGV4, &body), 403);
    CHECK(strstr(body, "<Code>InvalidClientTokenId</Code>") != NULL);
    client_fini(&client);
}

static int respond_form(const char *form, const char **ret_body)
{
    client_init(&client, "POST", "/", "", form);
    client_header(&client, "host", "h");
    client_header(&client, "x-amz-date", NOW);
    client_sign(&client, SECRET, KEY_ID, NOW, "r", "sts");
    return respond(AUTH_SIGV4, ret_body);
}

TEST(sts, other_actions_are_refused_by_name)
{
    const char *body;

    CHECK_EQ(respond_form("Action=AssumeRole&Version=2011-06-15&RoleArn=x", &body), 400);
    CHECK(strstr(body, "<Code>InvalidAction</Code>") != NULL);
    CHECK(strstr(body, "<Message>Could not find operation AssumeRole for version 2011-06-15</Message>") != NULL);
    client_fini(&client);
    CHECK_EQ(respond_form("Version=2011-06-15", &body), 400);
    CHECK(strstr(body, "<Code>MissingAction</Code>") != NULL);
    client_fini(&client);
    CHECK_EQ(respond_form("Action=%", &body), 400);
    CHECK(strstr(body, "<Code>MalformedQueryString</Code>") != NULL);
    client_fini(&client);
}

TEST(sts, requests_of_the_json_api_and_health_checks_are_left_alone)
{
    client_init(&client, "POST", "/", "", "{}");
    client_header(&client, "content-type", "application/x-amz-json-1.0");
    CHECK(!sts_handles(&client.request));
    client_fini(&client);
    client_init(&client, "POST", "/", "", "");
    client_header(&client, "content-type", "application/x-www-form-urlencoded");
    client_header(&client, "x-amz-target", "DynamoDB_20120810.ListTables");
    CHECK(!sts_handles(&client.request));
    client_fini(&client);
    client_init(&client, "GET", "/", "", "");
    CHECK(!sts_handles(&client.request));
    client_fini(&client);
    client_init(&client, "GET", "/metrics", "Action=GetCallerIdentity", "");
    CHECK(!sts_handles(&client.request));
    client_fini(&client);
    client_init(&client, "GET", "/", "Version=1&Action=GetCallerIdentity", "");
    CHECK(sts_handles(&client.request));
    client_fini(&client);
}

TEST_MAIN()
