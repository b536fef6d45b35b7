/* SPDX-License-Identifier: Apache-2.0 */

/* Lines as people and machines read them, and a log that nobody reads. */
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "os/log.h"
#include "os/panic.h"
#include "test.h"

static int pipe_ends[2];

static void log_to_pipe(enum log_level level, enum log_format format)
{
    if (pipe(pipe_ends) != 0)
        abort();
    log_start(pipe_ends[1], level, format);
}

/* Ends the log and reads what was written, NUL-terminated. */
static const char *read_back(void)
{
    static char text[1 << 20];
    size_t n = 0;
    ssize_t got;

    log_stop();
    close(pipe_ends[1]);
    while ((got = read(pipe_ends[0], text + n, sizeof(text) - 1 - n)) > 0)
        n += (size_t)got;
    close(pipe_ends[0]);
    text[n] = 0;
    return text;
}

TEST(os, a_text_line_quotes_only_what_needs_it)
{
    const char *line;

    log_to_pipe(LOG_INFO, LOG_FORMAT_TEXT);
    LOG(LOG_WARNING, "test.event", log_text("a", "plain"), log_text("b", "two words"), log_text("c", "\"\\\n\x01\xff="),
        log_int("d", -5), log_uint("e", UINT64_MAX), log_text("f", ""));
    line = read_back();
    CHECK(strcmp(line + 24, " warning test.event a=plain b=\"two words\" c=\"\\\"\\\\\\n\\u0001\\u00ff=\" d=-5 "
                            "e=18446744073709551615 f=\"\"\n") == 0);
    CHECK(line[10] == 'T' && line[23] == 'Z');
}

TEST(os, a_json_line_is_one_object)
{
    const char *line;

    log_to_pipe(LOG_INFO, LOG_FORMAT_JSON);
    LOG(LOG_ERROR, "test.event", log_text("a", "x\"y"), log_int("d", -5));
    LOG(LOG_INFO, "bare");
    line = read_back();
    CHECK(strncmp(line, "{\"time\":\"", 9) == 0);
    CHECK(strncmp(line + 33, "\",\"level\":\"error\",\"event\":\"test.event\",\"a\":\"x\\\"y\",\"d\":-5}\n{", 59) == 0);
    CHECK(strstr(line, "\"event\":\"bare\"}\n") != NULL);
}

TEST(os, words_of_others_are_taken_as_they_are)
{
    log_to_pipe(LOG_INFO, LOG_FORMAT_TEXT);
    LOG(LOG_INFO, "engine.error", log_words("in=write code=5\nno space"));
    CHECK(strstr(read_back(), " info engine.error in=write code=5 no space\n") != NULL);
    log_to_pipe(LOG_INFO, LOG_FORMAT_JSON);
    LOG(LOG_INFO, "engine.error", log_words("in=write \"x\""));
    CHECK(strstr(read_back(), "\"event\":\"engine.error\",\"text\":\"in=write \\\"x\\\"\"}\n") != NULL);
}

TEST(os, events_below_the_level_are_not_written)
{
    log_to_pipe(LOG_WARNING, LOG_FORMAT_TEXT);
    CHECK(!log_enabled(LOG_INFO) && log_enabled(LOG_WARNING));
    LOG(LOG_INFO, "quiet");
    LOG(LOG_ERROR, "loud");
    CHECK(strstr(read_back(), "quiet") == NULL);
}

TEST(os, long_values_are_cut_and_fields_too_many_are_marked)
{
    static char value[5000];
    const char *line;

    memset(value, 'v', sizeof(value) - 1);
    log_to_pipe(LOG_INFO, LOG_FORMAT_JSON);
    LOG(LOG_INFO, "e", log_text("a", value), log_text("b", value), log_text("c", value), log_text("d", value),
        log_int("z", 1));
    line = read_back();
    CHECK(strlen(line) <= LOG_LINE_BYTES_MAX);
    CHECK(strstr(line, "\"c\":\"vvv") != NULL && strstr(line, "\"d\":") == NULL);
    CHECK(strcmp(line + strlen(line) - 15, ",\"cut\":\"true\"}\n") == 0);
}

static void *write_many(void *argument)
{
    for (int i = 0; i < 500; i++)
        LOG(LOG_INFO, "many", log_text("who", argument), log_int("i", i));
    return NULL;
}

TEST(os, lines_of_many_threads_stay_whole_and_in_order)
{
    char who_is[2][2] = {"0", "1"};
    pthread_t threads[2];
    int next[2] = {0, 0};
    char who;
    int i;

    log_to_pipe(LOG_INFO, LOG_FORMAT_TEXT);
    fcntl(pipe_ends[1], F_SETPIPE_SZ, 1 << 20);
    pthread_create(&threads[0], NULL, write_many, who_is[0]);
    pthread_create(&threads[1], NULL, write_many, who_is[1]);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    for (const char *line = read_back(); *line != 0; line = strchr(line, '\n') + 1) {
        CHECK_EQ(sscanf(line + 24, " info many who=%c i=%d\n", &who, &i), 2);
        CHECK_EQ(i, next[who - '0']++);
    }
    CHECK_EQ(next[0], 500);
    CHECK_EQ(next[1], 500);
}

TEST(os, a_log_that_nobody_reads_stops_nobody_and_counts_what_it_drops)
{
    uint64_t before = log_dropped(), dropped;
    const char *text;
    int fd;

    log_to_pipe(LOG_INFO, LOG_FORMAT_TEXT);
    fcntl(pipe_ends[1], F_SETPIPE_SZ, 4096);
    for (int i = 0; i < 20000; i++)
        LOG(LOG_INFO, "flood", log_int("i", i));
    dropped = log_dropped() - before;
    CHECK(dropped > 10000 && dropped < 20000);
    fd = pipe_ends[0];
    fcntl(fd, F_SETPIPE_SZ, 1 << 20); /* now the writer gets on */
    text = read_back();
    CHECK(strstr(text, "log.dropped lines=") != NULL);
}

static void die(void)
{
    LOG(LOG_INFO, "last.words", log_int("i", 7));
    abort();
}

TEST(os, a_dying_process_reports_its_build_stack_and_last_lines)
{
    static char text[1 << 16];
    size_t n = 0;
    ssize_t got;
    int ends[2], status;
    pid_t child;

    CHECK(pipe(ends) == 0);
    child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        panic_install("build-1234");
        log_start(STDERR_FILENO, LOG_INFO, LOG_FORMAT_TEXT);
        die();
    }
    close(ends[1]);
    while ((got = read(ends[0], text + n, sizeof(text) - 1 - n)) > 0)
        n += (size_t)got;
    close(ends[0]);
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    CHECK(strstr(text, "panic: SIGABRT\nbuild: build-1234\nstack:\n") != NULL);
    CHECK(strstr(strstr(text, "last lines of the log:\n"), "info last.words i=7\n") != NULL);
}

TEST_MAIN()
