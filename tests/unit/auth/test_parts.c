/* SPDX-License-Identifier: Apache-2.0 */

/* The parts a signature check is made of, each alone, with values from the standards. */
#include "requests.h"

static bool is_hex(struct auth__digest digest, const char *hex)
{
    char text[64];

    auth__digest_hex(&digest, text);
    return memcmp(text, hex, 64) == 0;
}

TEST(auth, sha256_gives_the_standards_values)
{
    CHECK(is_hex(auth__sha256(SLICE_LIT("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    CHECK(is_hex(auth__sha256(SLICE_LIT("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}

/* RFC 4231, cases 2 and 6 */
TEST(auth, hmac_gives_the_standards_values_for_short_and_long_keys)
{
    struct auth__mac_key key;
    uint8_t long_key[131];

    auth__mac_key_init(&key, SLICE_LIT("Jefe"));
    for (int i = 0; i < 2; i++) /* a key serves more than once */
        CHECK(is_hex(auth__mac(&key, SLICE_LIT("what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    memset(long_key, 0xaa, sizeof(long_key));
    auth__mac_key_init(&key, slice_of(long_key, sizeof(long_key)));
    CHECK(is_hex(auth__mac(&key, SLICE_LIT("Test Using Larger Than Block-Size Key - Hash Key First")),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
}

TEST(auth, the_signing_key_of_the_documented_self_test_comes_out)
{
    struct auth__credential credential;
    struct auth__mac_key key, right;
    uint8_t bytes[32];

    for (int i = 0; i < 32; i++) {
        unsigned int byte;

        sscanf("272e43703e882082f9a7719fa1894785ed1295070c4c98e668930df9c5887cff" + 2 * i, "%2x", &byte);
        bytes[i] = (uint8_t)byte;
    }
    auth__credential_init(&credential, SLICE_LIT(KEY_ID), SLICE_LIT(SECRET), 1);
    auth__key_derive(&credential, SLICE_LIT("20130524"), SLICE_LIT("us-east-1"), SLICE_LIT("dynamodb"), &key);
    auth__mac_key_init(&right, slice_of(bytes, 32));
    CHECK(memcmp(key.inner.h, right.inner.h, sizeof(key.inner.h)) == 0);
    CHECK(memcmp(key.outer.h, right.outer.h, sizeof(key.outer.h)) == 0);
}

TEST(auth, a_digest_is_its_64_lower_case_hex_digits_and_nothing_else)
{
    char hex[66] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    struct auth__digest digest = auth__sha256(SLICE_LIT(""));

    CHECK(auth__digest_is(&digest, slice_of(hex, 64)));
    CHECK(!auth__digest_is(&digest, slice_of(hex, 63)));
    CHECK(!auth__digest_is(&digest, slice_of(hex, 65)));
    for (int i = 0; i < 64 * 8; i++) {
        hex[i / 8] ^= (char)(1 << i % 8); /* 0x20: a capital */
        CHECK(!auth__digest_is(&digest, slice_of(hex, 64)));
        hex[i / 8] ^= (char)(1 << i % 8);
    }
}

TEST(auth, dates_survive_being_read_and_printed)
{
    static const struct {
        const char *text;
        uint64_t s;
    } dates[] = {{"19700101T000000Z", 0}, {"20000229T235959Z", 951868799}, {"20130524T000000Z", 1369353600},
        {"20260102T030405Z", 1767323045}, {"21000301T000000Z", 4107542400}, {"99991231T235959Z", 253402300799}};

    for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
        char text[AUTH_DATE_BYTES + 1];
        uint64_t s;

        CHECK(auth__date_parse(slice_from_cstr(dates[i].text), &s));
        CHECK_EQ(s, dates[i].s);
        auth__date_print(s, text);
        CHECK(strcmp(text, dates[i].text) == 0);
    }
}

TEST(auth, each_day_of_four_centuries_survives)
{
    for (uint64_t day = 0; day < 146097; day++) {
        char text[AUTH_DATE_BYTES + 1];
        uint64_t s = 0;

        auth__date_print(day * 86400 + 7, text);
        CHECK(auth__date_parse(slice_from_cstr(text), &s));
        CHECK_EQ(s, day * 86400 + 7);
    }
}

TEST(auth, dates_that_are_none_are_refused)
{
    static const char *const bad[] = {"", "20260102T030405", "20260102T030405ZZ", "20260102t030405Z",
        "20261302T030405Z", "20260002T030405Z", "20260229T030405Z", "20260100T030405Z", "20260132T030405Z",
        "20260102T240000Z", "20260102T006000Z", "20260102T000060Z", "19691231T000000Z", "2026010aT030405Z",
        "20260102 030405Z", "2026-01-02T03:04", "+0260102T030405Z"};
    uint64_t s;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        CHECK(!auth__date_parse(slice_from_cstr(bad[i]), &s));
}

TEST(auth, header_names_match_in_either_case_whatever_their_length)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz-0123456789";

    for (size_t n = 1; n < sizeof(letters); n++) {
        char name[40], sent[40];
        struct slice lower = slice_of(name, n), header = slice_of(sent, n);

        memcpy(name, letters, n);
        for (size_t i = 0; i < n; i++)
            sent[i] = i % 2 == 0 && name[i] >= 'a' ? (char)(name[i] - 32) : name[i];
        CHECK(auth__name_is(header, lower));
        CHECK(!auth__name_is(lower, header)); /* capitals are no signed name */
        for (size_t i = 0; i < n; i++) {
            for (int bit = 0; bit < 8; bit++) {
                sent[i] ^= (char)(1 << bit);
                CHECK(auth__name_is(header, lower) == (bit == 5 && letters[i] >= 'a'));
                sent[i] ^= (char)(1 << bit);
            }
        }
    }
    CHECK(!auth__name_is(SLICE_LIT("[bcdefghi"), SLICE_LIT("{bcdefghi")));
    CHECK(!auth__name_is(SLICE_LIT("@bcdefghi"), SLICE_LIT("`bcdefghi")));
}

TEST(auth, a_run_ends_at_the_first_blank_or_comma)
{
    char memory[60];

    for (size_t n = 0; n < 50; n++) {
        struct slice text = slice_of(memory, 50);

        memset(memory, '-', 50);
        memory[n] = n % 2 == 0 ? ' ' : ',';
        CHECK_EQ(auth__run(text), n);
        memory[n] = (char)(n % 2 == 0 ? 0xa0 : 0xac);
        CHECK_EQ(auth__run(text), 50);
    }
    CHECK_EQ(auth__run(slice_of(memory, 0)), 0);
}

TEST(auth, pairs_are_decoded_in_order_of_arrival)
{
    struct arena *arena = arena_create(4096);
    struct auth__pairs pairs;

    CHECK_EQ(auth__pairs_parse(arena, SLICE_LIT("b=%41+%2f&&a&c=1=2&b=x"), false, &pairs), OK);
    CHECK_EQ(pairs.count, 4);
    CHECK(slice_is(pairs.items[0].value, "A+/"));
    CHECK(slice_is(pairs.items[1].name, "a") && slice_is(pairs.items[1].value, ""));
    CHECK(slice_is(pairs.items[2].value, "1=2"));
    CHECK(slice_is(auth__pairs_find(&pairs, "b"), "A+/"));
    CHECK(auth__pairs_find(&pairs, "d").p == NULL);
    CHECK_EQ(auth__pairs_parse(arena, SLICE_LIT("b=%41+c"), true, &pairs), OK);
    CHECK(slice_is(pairs.items[0].value, "A c"));
    arena_destroy(arena);
}

TEST(auth, broken_percent_codes_are_refused)
{
    static const char *const bad[] = {"a=%", "a=%4", "a=%4g", "%zz=1"};
    struct arena *arena = arena_create(4096);
    struct auth__pairs pairs;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        CHECK_EQ(auth__pairs_parse(arena, slice_from_cstr(bad[i]), false, &pairs), ERR_SYNTAX);
    arena_destroy(arena);
}

TEST(auth, pairs_are_read_up_to_their_bound_and_no_further)
{
    struct arena *arena = arena_create(4096);
    struct auth__pairs pairs;
    char text[2 * AUTH_PAIRS_MAX + 3];

    for (int i = 0; i <= AUTH_PAIRS_MAX; i++)
        memcpy(text + 2 * i, "a&", 2);
    CHECK_EQ(auth__pairs_parse(arena, slice_of(text, 2 * AUTH_PAIRS_MAX), false, &pairs), OK);
    CHECK_EQ(pairs.count, AUTH_PAIRS_MAX);
    CHECK_EQ(auth__pairs_parse(arena, slice_of(text, 2 * AUTH_PAIRS_MAX + 2), false, &pairs), ERR_LIMIT);
    arena_destroy(arena);
}

TEST(auth, the_cache_of_keys_forgets_the_oldest)
{
    struct auth__keys *keys = auth__keys_create();
    struct auth__mac_key key;
    char scope[16];

    for (int i = 0; i <= AUTH_KEYS_CACHED; i++) {
        sprintf(scope, "2026/%03d/d", i);
        auth__mac_key_init(&key, slice_from_cstr(scope));
        CHECK(auth__keys_find(keys, 1, slice_from_cstr(scope)) == NULL);
        auth__keys_add(keys, 1, slice_from_cstr(scope), &key);
        CHECK(auth__keys_find(keys, 1, slice_from_cstr(scope)) != NULL);
        CHECK(auth__keys_find(keys, 2, slice_from_cstr(scope)) == NULL); /* another secret, another key */
    }
    CHECK(auth__keys_find(keys, 1, SLICE_LIT("2026/000/d")) == NULL);
    CHECK(auth__keys_find(keys, 1, SLICE_LIT("2026/001/d")) != NULL);
    auth__keys_destroy(keys);
}

TEST(auth, the_longest_encoded_request_fits_its_bound)
{
    static char path[15000], query[15000];
    struct client client;
    struct auth__claim claim = {.signed_headers = SLICE_LIT("host")};
    struct auth__cover cover;
    struct auth__digest body = auth__sha256(SLICE_LIT(""));

    memset(path, '%', sizeof(path));
    memset(query, '!', sizeof(query));
    for (size_t i = 1; i < 60; i++)
        query[i * 100] = '&';
    client_init(&client, "POST", "/", "", "");
    client.request.path = slice_of(path, sizeof(path));
    client.request.query = slice_of(query, sizeof(query));
    client_header(&client, "host", "h");
    claim.query = arena_alloc(client.arena, sizeof(*claim.query));
    CHECK_EQ(auth__pairs_parse(client.arena, client.request.query, false, claim.query), OK);
    CHECK(auth__cover_read(&client.request, claim.signed_headers, &cover));
    (void)auth__canonical_hash(&client.request, &claim, &cover, &body); /* asserts that it fitted */
    client_fini(&client);
}

TEST_MAIN()
