/* SPDX-License-Identifier: Apache-2.0 */

/* Where the root's key pair comes from, and what is said when it cannot be had. */
#include <sys/stat.h>
#include <unistd.h>

#include "requests.h"

static char path[] = "/tmp/stator-credentials-XXXXXX";

static void file_write(const char *text, mode_t mode)
{
    int fd;

    strcpy(path + sizeof(path) - 7, "XXXXXX");
    fd = mkstemp(path);
    if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text) || fchmod(fd, mode) != 0)
        abort();
    close(fd);
}

/* Reads the file; the sentence must contain `part`. */
static bool refused_saying(const char *text, mode_t mode, const char *part)
{
    struct auth_options options = {.mode = AUTH_SIGV4, .credentials_file = path};
    struct auth *auth = NULL;
    char *reason = NULL;
    bool as_expected;

    file_write(text, mode);
    as_expected = auth_create(&options, &auth, &reason) == ERR_CONFIG && strstr(reason, part) != NULL &&
                  strstr(reason, SECRET) == NULL;
    if (!as_expected)
        printf("got: %s\n", reason);
    free(reason);
    unlink(path);
    return as_expected;
}

TEST(auth, a_file_with_comments_and_blanks_is_read)
{
    struct auth_options options = {.mode = AUTH_SIGV4, .credentials_file = path, .account = "123456789012"};
    struct client client;
    struct fault fault;
    struct identity identity;
    struct auth *auth;
    char *reason = NULL;

    file_write("# root\n\n  access_key_id=" KEY_ID "\r\nsecret_access_key =  " SECRET, 0600);
    CHECK_EQ(auth_create(&options, &auth, &reason), OK);
    unlink(path);
    client_get_item(&client, "20260102T030405Z");
    CHECK_EQ(check_at(auth, &client, "dynamodb", "20260102T030405Z", &fault, &identity), OK);
    CHECK(slice_is(identity.account, "123456789012"));
    CHECK(slice_is(identity.arn, "arn:aws:iam::123456789012:root"));
    client_fini(&client);
    auth_destroy(auth);
}

TEST(auth, a_file_that_others_may_read_is_refused)
{
    CHECK(refused_saying("access_key_id = " KEY_ID "\nsecret_access_key = " SECRET "\n", 0640, "chmod 600"));
    CHECK(refused_saying("access_key_id = " KEY_ID "\nsecret_access_key = " SECRET "\n", 0604, "chmod 600"));
}

TEST(auth, what_is_wrong_with_a_file_is_said)
{
    static char large[AUTH_CREDENTIALS_BYTES_MAX + 2];

    memset(large, '\n', sizeof(large) - 1);
    CHECK(refused_saying("", 0600, "gives no access key id"));
    CHECK(refused_saying("access_key_id = k\n", 0600, "gives no secret access key"));
    CHECK(refused_saying("access_key_id = k\npassword = x\n", 0600, "Line 2"));
    CHECK(refused_saying("access_key_id = a/b\nsecret_access_key = " SECRET, 0600, "The access key id"));
    CHECK(refused_saying("access_key_id = k\nsecret_access_key = 123456789012345", 0600, "16 to 128"));
    CHECK(refused_saying(large, 0600, "larger than 65536 bytes"));
}

#define PAIR(key_) "access_key_id = " key_ "\nsecret_access_key = " SECRET "\n"

TEST(auth, users_have_names_and_may_be_held_to_reading)
{
    struct auth__users *users;
    const struct auth__user *user;
    char *reason = NULL;

    file_write(PAIR("ZROOT") "read_only = false\n [reports] \nread_only=true\n" PAIR("M") "[a@b]\n" PAIR("B"), 0600);
    CHECK_EQ(auth__users_read(path, "123456789012", &users, &reason), OK);
    unlink(path);
    CHECK_EQ(users->count, 3);
    user = auth__users_find(users, SLICE_LIT("ZROOT"));
    CHECK(user != NULL && user->name[0] == '\0' && !user->read_only);
    user = auth__users_find(users, SLICE_LIT("M"));
    CHECK(user != NULL && strcmp(user->name, "reports") == 0 && user->read_only);
    user = auth__users_find(users, SLICE_LIT("B"));
    CHECK(user != NULL && strcmp(user->name, "a@b") == 0 && !user->read_only);
    CHECK(auth__users_find(users, SLICE_LIT("MM")) == NULL && auth__users_find(users, SLICE_LIT("")) == NULL);
    CHECK(users->at[0].credential.version != users->at[1].credential.version);
    auth__users_free(users);
}

TEST(auth, what_is_wrong_with_a_user_is_said)
{
    CHECK(refused_saying(PAIR("A") "[x]\naccess_key_id = B\n", 0600, "gives no secret access key"));
    CHECK(refused_saying(PAIR("A") "[x]\naccess_key_id = B\n", 0600, "[x] of /tmp/"));
    CHECK(refused_saying(PAIR("A") "[x]\n" PAIR("A"), 0600, "Line 3 of the credentials file"));
    CHECK(refused_saying("[x]\n" PAIR("A") "[x]\n" PAIR("B"), 0600, "Line 4 of the credentials file"));
    CHECK(refused_saying(PAIR("A") "[]\n", 0600, "Line 3"));
    CHECK(refused_saying(PAIR("A") "[a b]\n", 0600, "Line 3"));
    CHECK(refused_saying(PAIR("A") "read_only = yes\n", 0600, "Line 3"));
}

/* So many users, each with a name of so many letters. */
static enum err many_read(uint32_t count, int name_bytes, char **ret_reason)
{
    static char text[AUTH_CREDENTIALS_BYTES_MAX];
    struct auth__users *users = NULL;
    enum err err;
    size_t n = 0;

    for (uint32_t i = 0; i < count; i++)
        n += (size_t)snprintf(text + n, sizeof(text) - n, "[%0*u]\n" PAIR("K%u"), name_bytes, i, i);
    file_write(text, 0600);
    err = auth__users_read(path, "123456789012", &users, ret_reason);
    unlink(path);
    CHECK(err != OK || users->count == count);
    auth__users_free(users);
    return err;
}

TEST(auth, users_and_their_names_have_bounds)
{
    char *reason = NULL;

    CHECK_EQ(many_read(AUTH_USERS_MAX, 3, &reason), OK);
    CHECK_EQ(many_read(AUTH_USERS_MAX + 1, 3, &reason), ERR_CONFIG);
    CHECK(strstr(reason, "has more than 256 key pairs.") != NULL);
    free(reason);
    CHECK_EQ(many_read(1, AUTH_NAME_BYTES_MAX, &reason), OK);
    CHECK_EQ(many_read(1, AUTH_NAME_BYTES_MAX + 1, &reason), ERR_CONFIG);
    CHECK(strstr(reason, "Line 1 of the credentials file") != NULL);
    free(reason);
}

TEST(auth, a_file_that_is_not_there_is_named)
{
    struct auth_options options = {.mode = AUTH_SIGV4, .credentials_file = "/nonexistent/credentials"};
    struct auth *auth;
    char *reason = NULL;

    CHECK_EQ(auth_create(&options, &auth, &reason), ERR_CONFIG);
    CHECK(strstr(reason, "/nonexistent/credentials cannot be opened: No such file") != NULL);
    free(reason);
}

TEST(auth, without_any_key_the_sentence_names_both_ways)
{
    struct auth_options options = {.mode = AUTH_SIGV4};
    struct auth *auth;
    char *reason = NULL;

    unsetenv("STATOR_ACCESS_KEY_ID");
    unsetenv("STATOR_SECRET_ACCESS_KEY");
    CHECK_EQ(auth_create(&options, &auth, &reason), ERR_CONFIG);
    CHECK(strstr(reason, "--credentials") != NULL && strstr(reason, "STATOR_ACCESS_KEY_ID") != NULL);
    free(reason);
}

TEST(auth, an_account_is_twelve_digits)
{
    static const char *const bad[] = {"", "1234", "1234567890123", "12345678901x"};

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct auth_options options = {.mode = AUTH_OPEN, .account = bad[i]};
        struct auth *auth;
        char *reason = NULL;

        CHECK_EQ(auth_create(&options, &auth, &reason), ERR_CONFIG);
        CHECK(strstr(reason, "12 digits") != NULL);
        free(reason);
    }
}

TEST_MAIN()
