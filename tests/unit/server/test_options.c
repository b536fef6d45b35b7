/* SPDX-License-Identifier: Apache-2.0 */

/* The table of options: every way to set one, every bound, and what is said when something is wrong. */
#include <string.h>
#include <unistd.h>

#include "server/options.h"
#include "test.h"

static struct options options;
static char *reason;

static enum err read_line(const char *line)
{
    static char copy[4096];
    char *argv[32];
    int argc = 0;

    free(reason);
    reason = NULL;
    options_free(&options);
    snprintf(copy, sizeof(copy), "serve %s", line);
    for (char *word = strtok(copy, " "); word != NULL; word = strtok(NULL, " "))
        argv[argc++] = word;
    return options_read(argc, argv, &options, &reason);
}

static bool refused(const char *line, const char *text)
{
    if (read_line(line) == ERR_CONFIG && strcmp(reason, text) == 0)
        return true;
    printf("got: %s\n", reason == NULL ? "accepted" : reason);
    return false;
}

TEST(server, defaults_are_those_of_the_table)
{
    CHECK_EQ(read_line(""), OK);
    CHECK(strcmp(options.listen, "127.0.0.1:8000") == 0);
    CHECK(strcmp(options.data, "data") == 0);
    CHECK_EQ(options.engine, OPTION_ENGINE_ROCKSDB);
    CHECK_EQ(options.auth, OPTION_AUTH_AUTO);
    CHECK_EQ(options.durability, OPTION_DURABILITY_SYNC);
    CHECK_EQ(options.state_delay_ms, 100);
    CHECK(!options.insecure && !options.strict_tail && !options.access_log);
}

TEST(server, values_follow_an_equals_sign_or_a_blank)
{
    CHECK_EQ(
        read_line("--listen [::1]:0 --engine=memory --auth sigv4 --workers=64 --memory 1G --insecure --log json"), OK);
    CHECK(strcmp(options.listen, "[::1]:0") == 0);
    CHECK_EQ(options.engine, OPTION_ENGINE_MEMORY);
    CHECK_EQ(options.auth, OPTION_AUTH_SIGV4);
    CHECK_EQ(options.workers, 64);
    CHECK_EQ(options.memory, 1ll << 30);
    CHECK(options.insecure);
    CHECK_EQ(options.log, OPTION_LOG_JSON);
}

TEST(server, the_last_word_counts_and_arguments_beat_the_environment)
{
    setenv("STATOR_WORKERS", "3", 1);
    setenv("STATOR_STATE_DELAY", "7", 1);
    setenv("STATOR_STRICT_TAIL", "1", 1);
    CHECK_EQ(read_line("--workers 4 --workers 5"), OK);
    CHECK_EQ(options.workers, 5);
    CHECK_EQ(options.state_delay_ms, 7);
    CHECK(options.strict_tail);
    CHECK_EQ(read_line("--strict-tail=false"), OK);
    CHECK(!options.strict_tail);
    setenv("STATOR_WORKERS", "many", 1);
    CHECK(refused("", "STATOR_WORKERS must be a number from 0 to 64, not 'many'."));
    unsetenv("STATOR_WORKERS");
    unsetenv("STATOR_STATE_DELAY");
    unsetenv("STATOR_STRICT_TAIL");
}

TEST(server, sizes_have_units)
{
    static const struct {
        const char *text;
        uint64_t bytes;
    } sizes[] = {{"0", 0}, {"4096", 4096}, {"1k", 1024}, {"3M", 3 << 20}, {"2GiB", 2ull << 30}, {"1TB", 1ull << 40}};
    char line[64];

    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        snprintf(line, sizeof(line), "--memory %s", sizes[i].text);
        CHECK_EQ(read_line(line), OK);
        CHECK_EQ(options.memory, sizes[i].bytes);
    }
    CHECK(refused("--memory 1X", "--memory must be a size such as 512M or 4G, at most 16384G, not '1X'."));
    CHECK(refused("--memory 17T", "--memory must be a size such as 512M or 4G, at most 16384G, not '17T'."));
    CHECK(refused("--memory 99999999999999999999",
        "--memory must be a size such as 512M or 4G, at most 16384G, not '99999999999999999999'."));
    CHECK(refused("--memory 18014398509481984K",
        "--memory must be a size such as 512M or 4G, at most 16384G, not '18014398509481984K'."));
    CHECK(refused("--memory -1", "--memory must be a size such as 512M or 4G, at most 16384G, not '-1'."));
}

TEST(server, numbers_are_accepted_at_their_bounds_and_not_beyond)
{
    CHECK_EQ(read_line("--io-threads 1"), OK);
    CHECK_EQ(read_line("--io-threads 64"), OK);
    CHECK(refused("--io-threads 0", "--io-threads must be a number from 1 to 64, not '0'."));
    CHECK(refused("--io-threads 65", "--io-threads must be a number from 1 to 64, not '65'."));
    CHECK(refused("--io-threads 6x", "--io-threads must be a number from 1 to 64, not '6x'."));
    CHECK_EQ(read_line("--listen :80"), OK);
    CHECK(refused("--listen 80", "--listen must have 3 to 1024 characters; '80' has 2."));
}

TEST(server, what_is_wrong_is_said_with_what_would_be_right)
{
    CHECK(refused("--engine lmdb", "--engine must be one of rocksdb|memory, not 'lmdb'."));
    CHECK(refused("--engine rocks", "--engine must be one of rocksdb|memory, not 'rocks'."));
    CHECK(refused("--insecure=maybe", "--insecure must be true or false, not 'maybe'."));
    CHECK(refused("--port 8000", "There is no option '--port'; `stator help` lists them all."));
    CHECK(refused("--port=8000", "There is no option '--port'; `stator help` lists them all."));
    CHECK(refused("data", "There is no option 'data'; `stator help` lists them all."));
    CHECK(refused("-- x", "There is no option '--'; `stator help` lists them all."));
    CHECK(refused("--data", "--data needs a value: --data DIR."));
}

/* ---- the configuration file ---- */

static char path[64];

static void file_write(const char *text)
{
    FILE *file;

    snprintf(path, sizeof(path), "/tmp/stator-options-%d.conf", getpid());
    file = fopen(path, "w");
    CHECK(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0);
}

static const char *with_file(const char *more)
{
    static char line[256];

    snprintf(line, sizeof(line), "--config %s %s", path, more);
    return line;
}

/* What is said about the file of one line, without its name. */
static bool line_refused(const char *text, const char *said)
{
    char whole[256];

    file_write(text);
    snprintf(whole, sizeof(whole), "%s:%s", path, said);
    return refused(with_file(""), whole);
}

TEST(server, a_file_goes_before_defaults_and_behind_all_others)
{
    file_write("# mine\n\n workers = 3 \r\nio-threads=4\nstate-delay\t=\t5\nstrict-tail = true\ndata = /a b#c\n");
    setenv("STATOR_IO_THREADS", "6", 1);
    CHECK_EQ(read_line(with_file("--state-delay 7")), OK);
    CHECK_EQ(options.workers, 3);
    CHECK_EQ(options.io_threads, 6);
    CHECK_EQ(options.state_delay_ms, 7);
    CHECK(options.strict_tail);
    CHECK(strcmp(options.data, "/a b#c") == 0);
    CHECK_EQ(options.source[OPTION_ROW_engine], OPTION_DEFAULT);
    CHECK_EQ(options.source[OPTION_ROW_workers], OPTION_FILE);
    CHECK_EQ(options.source[OPTION_ROW_io_threads], OPTION_ENVIRONMENT);
    CHECK_EQ(options.source[OPTION_ROW_state_delay_ms], OPTION_ARGUMENT);
    unsetenv("STATOR_IO_THREADS");
    setenv("STATOR_CONFIG", path, 1);
    CHECK_EQ(read_line(""), OK);
    CHECK_EQ(options.io_threads, 4);
    unsetenv("STATOR_CONFIG");
    unlink(path);
}

TEST(server, what_is_wrong_in_a_file_is_said_with_its_line)
{
    CHECK(line_refused("\nworkers = many\n", "2: workers must be a number from 0 to 64, not 'many'."));
    CHECK(line_refused("port = 1", "1: There is no option 'port'; `stator config` lists them all."));
    CHECK(line_refused("workers 4", "1: 'workers 4' is no setting; a line says `name = value`."));
    CHECK(line_refused("= 4", "1: There is no option ''; `stator config` lists them all."));
    CHECK(line_refused("config = x", "1: config belongs on the command line or into the environment."));
    CHECK(line_refused("engine =", "1: engine must be one of rocksdb|memory, not ''."));
    unlink(path);
    CHECK_EQ(read_line(with_file("")), ERR_CONFIG);
    CHECK(strstr(reason, "cannot be read: No such file or directory.") != NULL);
    CHECK_EQ(read_line("--config /"), ERR_CONFIG);
    CHECK(strstr(reason, "The configuration file / cannot be read: Is a directory.") != NULL);
    CHECK_EQ(read_line("--config /dev/zero"), ERR_CONFIG);
    CHECK(strcmp(reason, "/dev/zero is no configuration file: `stator config` prints one.") == 0);
}

TEST(server, a_file_has_a_bound)
{
    static char text[(1 << 20) + 2];

    memset(text, '\n', sizeof(text) - 2);
    file_write(text);
    CHECK_EQ(read_line(with_file("")), OK);
    text[sizeof(text) - 2] = '\n';
    file_write(text);
    CHECK_EQ(read_line(with_file("")), ERR_CONFIG);
    CHECK(strstr(reason, "is no configuration file") != NULL);
    unlink(path);
}

static char *printed(const struct options *from)
{
    char *text;
    size_t n;
    FILE *out = open_memstream(&text, &n);

    options_file_print(from, out);
    fclose(out);
    return text;
}

TEST(server, the_file_that_is_printed_can_be_read_and_says_the_same)
{
    char *first, *second;

    CHECK_EQ(read_line("--memory 3G --data /x --workers 9 --insecure --log json --idle-s 7 --throttle aws"), OK);
    first = printed(&options);
    CHECK(strstr(first, "\nmemory = 3G\n") != NULL && strstr(first, "\n#engine = rocksdb\n") != NULL);
    CHECK(strstr(first, "[live]\nidle-s = 7\n") != NULL);
    file_write(first);
    CHECK_EQ(read_line(with_file("")), OK);
    second = printed(&options);
    CHECK(strcmp(first, second) == 0);
    CHECK_EQ(options.memory, 3ull << 30);
    free(first);
    free(second);
    unlink(path);
}

/* ---- change ---- */

static char told[256];

static void tell(void *context, const char *name, bool live)
{
    (void)context;
    snprintf(told + strlen(told), sizeof(told) - strlen(told), "%s%s ", name, live ? "" : "!");
}

TEST(server, what_is_live_is_taken_and_the_rest_is_told)
{
    struct options was;

    CHECK_EQ(read_line("--idle-s 5 --data /x"), OK);
    was = options;
    options = (struct options){0};
    CHECK_EQ(read_line("--idle-s 6 --access-log --data /y --workers 2"), OK);
    told[0] = '\0';
    options_change(&was, &options, tell, NULL);
    CHECK(strcmp(told, "data! workers! idle-s access-log ") == 0);
    CHECK_EQ(was.idle_s, 6);
    CHECK(was.access_log);
    CHECK_EQ(was.workers, 0);
    CHECK_EQ(was.source[OPTION_ROW_access_log], OPTION_ARGUMENT);
}

TEST(server, help_lists_every_option_with_its_default)
{
    char *text;
    size_t n;
    FILE *out = open_memstream(&text, &n);

    options_help(out);
    fclose(out);
    CHECK(strstr(text, "--listen ADDRESS,...") != NULL && strstr(text, "(127.0.0.1:8000)") != NULL);
    CHECK(strstr(text, "--durability sync|os") != NULL);
    free(text);
    free(reason);
    reason = NULL;
    options_free(&options);
}

TEST_MAIN()
