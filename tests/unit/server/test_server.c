/* SPDX-License-Identifier: Apache-2.0 */

/* A server as a whole: what keeps it from starting is told, what it says while it runs, and that it can be started
 * again. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "http/http.h"
#include "server/address.h"
#include "tools/command.h"
#include "server/data_folder.h"
#include "server/options.h"
#include "server/server.h"
#include "test.h"

static struct options options;
static char folder[] = "/tmp/stator-server-XXXXXX";
static char data[64];

/* Options of a server of the memory engine on a free port. */
static void options_small(void)
{
    options_default(&options);
    options.listen = "127.0.0.1:0";
    options.engine = OPTION_ENGINE_MEMORY;
    options.workers = 2;
    options.io_threads = 1;
    options.memory = 64 << 20;
}

static void folder_make(void)
{
    strcpy(folder + sizeof(folder) - 7, "XXXXXX");
    if (mkdtemp(folder) == NULL)
        abort();
    snprintf(data, sizeof(data), "%s/data", folder);
}

static void folder_remove(void)
{
    char command[128];

    snprintf(command, sizeof(command), "rm -r %s", folder);
    if (system(command) != 0)
        abort();
}

static int dial(uint16_t port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    if (connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0)
        abort();
    return fd;
}

/* Sends the text to the server and reads until it closes. */
static const char *ask(const char *address, const char *text)
{
    static char reply[1 << 18];
    int fd = dial((uint16_t)atoi(strrchr(address, ':') + 1));
    size_t n = 0;
    ssize_t got;

    if (write(fd, text, strlen(text)) < 0)
        abort();
    while ((got = read(fd, reply + n, sizeof(reply) - 1 - n)) > 0)
        n += (size_t)got;
    close(fd);
    reply[n] = 0;
    return reply;
}

/* The same for an operation. */
static const char *call(const struct server *server, const char *operation, const char *body)
{
    char *text;
    const char *reply;

    if (asprintf(&text,
            "POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nX-Amz-Target: DynamoDB_20120810.%s\r\n"
            "Content-Type: application/x-amz-json-1.0\r\nX-Amz-Date: 20260102T030405Z\r\nContent-Length: %zu\r\n"
            "Authorization: AWS4-HMAC-SHA256 Credential=k/20260102/r/dynamodb/aws4_request, SignedHeaders=host, "
            "Signature=0\r\n\r\n%s",
            operation, strlen(body), body) < 0)
        abort();
    reply = ask(server_address(server), text);
    free(text);
    return reply;
}

static bool refused(const char *part)
{
    struct server *server;
    char *reason = NULL;
    bool as_expected = server_start(&options, &server, &reason) != OK && strstr(reason, part) != NULL;

    if (!as_expected)
        printf("got: %s\n", reason == NULL ? "started" : reason);
    free(reason);
    return as_expected;
}

TEST(server, it_answers_health_requests_and_metrics)
{
    struct server *server;
    char *reason = NULL;
    const char *page;

    options_small();
    CHECK_EQ(server_start(&options, &server, &reason), OK);
    CHECK(strstr(ask(server_address(server), "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"),
              "healthy: dynamodb") != NULL);
    CHECK(strstr(call(server, "ListTables", "{}"), "{\"TableNames\":[]}") != NULL);
    page = ask(server_address(server), "GET /metrics HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    CHECK(strstr(page, "\nstator_requests_total{operation=\"ListTables\",outcome=\"ok\"} 1\n") != NULL);
    CHECK(strstr(page, "\nstator_http_connections_total 3\n") != NULL);
    CHECK(strstr(page, "\nstator_work_steps_total ") != NULL);
    CHECK(strstr(page, "\nprocess_resident_memory_bytes ") != NULL);
    server_stop(server);
}

TEST(server, refusals_for_want_of_capacity_are_counted)
{
    struct server *server;
    char *reason = NULL;
    const char *page;

    options_small();
    CHECK_EQ(server_start(&options, &server, &reason), OK);
    CHECK(strstr(call(server, "CreateTable",
                     "{\"TableName\":\"units\",\"AttributeDefinitions\":[{\"AttributeName\":\"pk\",\"AttributeType\":"
                     "\"S\"}],"
                     "\"KeySchema\":[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"}],"
                     "\"ProvisionedThroughput\":{\"ReadCapacityUnits\":1,\"WriteCapacityUnits\":1}}"),
              "200 OK") != NULL);
    while (strstr(call(server, "DescribeTable", "{\"TableName\":\"units\"}"), "\"ACTIVE\"") == NULL)
        ;
    for (int i = 0; i < 3; i++) { /* 118 units each, of 300 */
        static char body[1 << 17];
        int n = snprintf(body, sizeof(body), "{\"TableName\":\"units\",\"Item\":{\"pk\":{\"S\":\"a\"},\"v\":{\"S\":\"");

        memset(body + n, 'x', 120000);
        strcpy(body + n + 120000, "\"}}}");
        CHECK(strstr(call(server, "PutItem", body), "200 OK") != NULL);
    }
    CHECK(strstr(call(server, "DeleteItem", "{\"TableName\":\"units\",\"Key\":{\"pk\":{\"S\":\"a\"}}}"),
              "ProvisionedThroughputExceededException") != NULL);
    page = ask(server_address(server), "GET /metrics HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    CHECK(strstr(page, "\nstator_write_throttle_events_total 1\n") != NULL);
    CHECK(strstr(page, "\nstator_read_throttle_events_total 0\n") != NULL);
    server_stop(server);
}

TEST(server, with_sigv4_a_made_up_key_is_refused)
{
    struct server *server;
    char *reason = NULL;

    setenv("STATOR_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE", 1);
    setenv("STATOR_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", 1);
    options_small();
    options.auth = OPTION_AUTH_SIGV4;
    CHECK_EQ(server_start(&options, &server, &reason), OK);
    CHECK(strstr(call(server, "ListTables", "{}"), "InvalidSignatureException") != NULL);
    server_stop(server);
    unsetenv("STATOR_ACCESS_KEY_ID");
    unsetenv("STATOR_SECRET_ACCESS_KEY");
    CHECK(refused("STATOR_ACCESS_KEY_ID"));
}

TEST(server, a_data_folder_serves_one_process_at_a_time_and_opens_again)
{
    struct server *server;
    char *reason = NULL;

    folder_make();
    options_small();
    options.engine = OPTION_ENGINE_ROCKSDB;
    options.data = data;
    for (int i = 0; i < 2; i++) {
        CHECK_EQ(server_start(&options, &server, &reason), OK);
        CHECK(refused("is in use by process "));
        CHECK(strstr(call(server, "ListTables", "{}"), "{\"TableNames\":[]}") != NULL);
        server_stop(server);
    }
    folder_remove();
}

TEST(server, a_port_that_is_taken_is_told)
{
    struct options first;
    struct server *server;
    char *reason = NULL, address[64];

    options_small();
    first = options;
    CHECK_EQ(server_start(&first, &server, &reason), OK);
    snprintf(address, sizeof(address), "%s", server_address(server));
    options.listen = address;
    CHECK(refused(strrchr(address, ':') + 1));
    CHECK(refused("Name another address with --listen."));
    server_stop(server);
}

TEST(server, an_address_that_others_can_reach_needs_consent)
{
    struct server *server;
    char *reason = NULL;

    options_small();
    options.listen = "0.0.0.0:0";
    CHECK(refused("--insecure"));
    CHECK(refused("--tls-certificate"));
    options.listen = "127.0.0.1:0,[::]:0";
    CHECK(refused("Other machines can reach [::]:0, and nothing is encrypted."));
    options.listen = "127.0.0.1:0,https://127.0.0.1:0";
    CHECK(refused("https://127.0.0.1:0 needs a certificate: "));
    options.tls_key = "/key.pem";
    CHECK(refused("TLS needs a certificate and its key: give both"));
    options.tls_certificate = "/certificate.pem";
    CHECK(refused("The certificate /certificate.pem cannot be used: No such file or directory. "));
    options.tls_key = options.tls_certificate = "";
    options.listen = "0.0.0.0:0";
    options.insecure = true;
    CHECK_EQ(server_start(&options, &server, &reason), OK);
    CHECK(strncmp(server_address(server), "127.0.0.1:", 10) == 0);
    server_stop(server);
}

TEST(server, addresses_have_bounds)
{
    char text[17 * sizeof("127.0.0.1:0,")], path[160];
    struct server *server;
    char *reason = NULL;

    options_small();
    text[0] = '\0';
    for (int i = 0; i < 16; i++)
        strcat(text, i == 0 ? "127.0.0.1:0" : ",127.0.0.1:0");
    options.listen = text;
    CHECK_EQ(server_start(&options, &server, &reason), OK);
    server_stop(server);
    strcat(text, ",127.0.0.1:0");
    CHECK(refused("The server can listen on 16 addresses at most."));
    folder_make();
    snprintf(path, sizeof(path), "unix:%s/", folder);
    while (strlen(path) < 5 + 107) /* what a socket's address has room for */
        strcat(path, "s");
    options.listen = path;
    CHECK_EQ(server_start(&options, &server, &reason), OK);
    server_stop(server);
    CHECK(unlink(path + 5) == 0);
    strcat(path, "s");
    CHECK(refused("not a path of at most 107 characters"));
    folder_remove();
}

TEST(server, what_cannot_be_listened_on_or_written_is_told)
{
    options_small();
    options.listen = "127.0.0.1";
    CHECK(refused("127.0.0.1"));
    options_small();
    options.account = "12";
    CHECK(refused("12 digits"));
    options_small();
    options.engine = OPTION_ENGINE_ROCKSDB;
    options.data = "/proc/nothing/here";
    CHECK(refused("/proc/nothing/here"));
}

TEST(server, a_lock_is_given_back_however_its_holder_ends)
{
    struct data_folder first, second;
    char *reason = NULL;
    int status;
    pid_t child;

    folder_make();
    child = fork();
    if (child == 0) {
        if (data_folder_open(data, &first, &reason) != OK)
            _exit(1);
        raise(SIGKILL);
    }
    CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status));
    CHECK_EQ(data_folder_open(data, &first, &reason), OK);
    CHECK_EQ(data_folder_open(data, &second, &reason), ERR_BUSY);
    CHECK_EQ(second.lock, -1);
    free(reason);
    data_folder_close(&first);
    CHECK_EQ(data_folder_open(data, &second, &reason), OK);
    data_folder_close(&second);
    folder_remove();
}

TEST(server, loopback_is_told_from_the_rest)
{
    static const struct {
        const char *listen;
        bool loopback;
        const char *dialed;
    } cases[] = {{"127.0.0.1:80", true, "127.0.0.1:9"}, {"127.1.2.3:80", true, "127.1.2.3:9"},
        {"[::1]:80", true, "[::1]:9"}, {"0.0.0.0:80", false, "127.0.0.1:9"}, {"[::]:80", false, "[::1]:9"},
        {"10.0.0.1:80", false, "10.0.0.1:9"}, {"128.0.0.1:80", false, "128.0.0.1:9"},
        {"127.0.0.1.example:80", false, "127.0.0.1.example:9"}, {":80", false, "127.0.0.1:9"}};
    char dialed[300];

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        CHECK(address_is_loopback(cases[i].listen) == cases[i].loopback);
        address_dialed(cases[i].listen, 9, dialed, sizeof(dialed));
        CHECK(strcmp(dialed, cases[i].dialed) == 0);
        CHECK_EQ(address_port(cases[i].listen), 80);
    }
}

/* ---- the process ---- */

static FILE *child_out;

/* Runs `stator serve` with the words as arguments and its standard output in child_out, and waits for the ready line.
 */
static char ready[512];

static pid_t serve(const char *log, const char *words)
{
    char line[512], *argv[16];
    int ends[2], argc = 0;
    pid_t child;

    if (pipe(ends) != 0)
        abort();
    child = fork();
    if (child == 0) {
        int fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);

        dup2(ends[1], STDOUT_FILENO);
        dup2(fd, STDERR_FILENO);
        close(ends[0]);
        close(ends[1]);
        snprintf(line, sizeof(line), "serve %s", words);
        for (char *word = strtok(line, " "); word != NULL; word = strtok(NULL, " "))
            argv[argc++] = word;
        exit(cmd_serve(argc, argv));
    }
    close(ends[1]);
    child_out = fdopen(ends[0], "r");
    while (fgets(ready, sizeof(ready), child_out) != NULL) {
        if (strncmp(ready, "stator.ready listen=127.0.0.1:", 30) == 0)
            break;
    }
    return child;
}

static bool file_has(const char *path, const char *text)
{
    static char content[1 << 16];
    FILE *file = fopen(path, "r");
    size_t n = file == NULL ? 0 : fread(content, 1, sizeof(content) - 1, file);

    if (file != NULL)
        fclose(file);
    content[n] = 0;
    return strstr(content, text) != NULL;
}

TEST(server, a_signal_stops_it_cleanly_and_a_folder_is_left_closed)
{
    static const int numbers[] = {SIGINT, SIGTERM};
    char log[96], words[256];
    int status;

    folder_make();
    snprintf(log, sizeof(log), "%s/log", folder);
    snprintf(words, sizeof(words), "--listen 127.0.0.1:0 --workers 1 --memory=64M --data %s", data);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        pid_t child = serve(log, words);

        CHECK(kill(child, numbers[i]) == 0);
        CHECK(waitpid(child, &status, 0) == child);
        fclose(child_out);
        CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        CHECK(file_has(log, "server.stopped"));
        CHECK(unlink(log) == 0);
    }
    folder_remove();
}

static void settings_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    CHECK(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0);
}

static void log_await(const char *log, const char *text)
{
    while (!file_has(log, text))
        usleep(1000);
}

TEST(server, a_hangup_reads_the_settings_anew)
{
    char log[96], conf[96], words[256];
    int status;
    pid_t child;

    folder_make();
    snprintf(log, sizeof(log), "%s/log", folder);
    snprintf(conf, sizeof(conf), "%s/conf", folder);
    settings_write(conf, "access-log = true\n");
    snprintf(words, sizeof(words), "--listen 127.0.0.1:0 --engine memory --config %s", conf);
    child = serve(log, words);
    settings_write(conf, "log-level = debug\nworkers = 2\n");
    CHECK(kill(child, SIGHUP) == 0);
    log_await(log, "server.reloaded");
    CHECK(file_has(log, "server.setting name=workers text=\"waits for a restart\""));
    CHECK(file_has(log, "server.setting name=log-level text=changed"));
    CHECK(file_has(log, "server.setting name=access-log text=changed"));
    settings_write(conf, "workers = none\n");
    CHECK(kill(child, SIGHUP) == 0);
    log_await(log, "server.reload_refused");
    CHECK(file_has(log, "/conf:1: workers must be a number from 0 to 64, not 'none'."));
    CHECK(kill(child, SIGTERM) == 0);
    CHECK(waitpid(child, &status, 0) == child);
    fclose(child_out);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    folder_remove();
}

TEST(server, a_second_signal_ends_it_at_once)
{
    char log[96];
    int status, fd;
    pid_t child;

    folder_make();
    snprintf(log, sizeof(log), "%s/log", folder);
    child = serve(log, "--listen 127.0.0.1:0 --engine memory --workers 1 --drain-ms 600000");
    fd = dial((uint16_t)atoi(ready + 30));
    CHECK(write(fd, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n", 48) == 48); /* and no body */
    CHECK(kill(child, SIGTERM) == 0);
    while (!file_has(log, "server.stopping"))
        usleep(1000);
    CHECK(kill(child, SIGTERM) == 0);
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 130);
    CHECK(!file_has(log, "server.stopped"));
    close(fd);
    fclose(child_out);
    folder_remove();
}

TEST(server, a_process_that_cannot_start_says_why_and_fails)
{
    char log[96];
    int status;

    folder_make();
    snprintf(log, sizeof(log), "%s/log", folder);
    CHECK(waitpid(serve(log, "--listen 10.0.0.1:0 --engine memory"), &status, 0) > 0);
    fclose(child_out);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == COMMAND_FAILED);
    CHECK(file_has(log, "stator: Other machines can reach 10.0.0.1:0"));
    CHECK(waitpid(serve(log, "--porcelain"), &status, 0) > 0);
    fclose(child_out);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == COMMAND_USAGE);
    CHECK(file_has(log, "stator: There is no option '--porcelain'"));
    folder_remove();
}

TEST_MAIN()
