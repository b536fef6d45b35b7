/* SPDX-License-Identifier: Apache-2.0 */

/*
 * `stator serve`: the process around the server. Signals are blocked in every thread and taken by the main one, which
 * has nothing else to do: the first SIGINT or SIGTERM stops cleanly, a second one ends the process at once (which loses
 * nothing that was acknowledged; the next start reads the write-ahead log). SIGHUP reads the settings and the
 * certificate anew; a certificate that changed is also seen within a second.
 *
 * Standard output gets the banner and, when the door is open, the line that scripts wait for:
 *
 *     stator.ready listen=127.0.0.1:8000 data=data engine=rocksdb durability=sync auth=open throttle=provisioned
 * pid=4711
 *
 * Standard error gets the log.
 */
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "os/log.h"
#include "os/panic.h"
#include "os/socket.h"
#include "tools/command.h"
#include "server/listeners.h"
#include "server/options.h"
#include "server/server.h"

#define EXIT_SECOND_SIGNAL 130
#define MMAP_BYTES         (1 << 20)
#define TRIM_BYTES         (2 << 20)

static void on_second_signal(int number)
{
    static const char text[] = "stopped at once\n";

    (void)number;
    if (write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
        _exit(EXIT_SECOND_SIGNAL);
    _exit(EXIT_SECOND_SIGNAL);
}

static void settings_changed(void *context, const char *name, bool live)
{
    (void)context;
    if (live)
        LOG(LOG_INFO, "server.setting", log_text("name", name), log_text("text", "changed"));
    else
        LOG(LOG_WARNING, "server.setting", log_text("name", name), log_text("text", "waits for a restart"));
}

/* What is wrong changes nothing. */
static void settings_reload(int argc, char **argv, struct options *options, struct server *server)
{
    struct options next;
    char *reason = NULL;

    if (options_read(argc, argv, &next, &reason) == OK) {
        options_change(options, &next, settings_changed, NULL);
        server_options_changed(server);
        server_files_look(server, true);
        LOG(LOG_INFO, "server.reloaded");
    } else {
        LOG(LOG_ERROR, "server.reload_refused", log_text("text", reason));
        free(reason);
    }
    options_free(&next);
}

/* Blocked here, so that all threads made later have them blocked too. */
static sigset_t signals_block(void)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    (void)pthread_sigmask(SIG_BLOCK, &set, NULL); /* cannot fail */
    (void)signal(SIGPIPE, SIG_IGN); /* a client or a reader of the log that goes away is told by write() */
    return set;
}

/* The next signal; now and then the files are looked at that are read again when they change. */
static int signal_wait(const sigset_t *set, struct server *server)
{
    static const struct timespec look = {.tv_sec = 1};
    int number;

    while ((number = sigtimedwait(set, NULL, &look)) < 0)
        server_files_look(server, false);
    return number;
}

static void signals_unblock(const sigset_t *set)
{
    struct sigaction second = {.sa_handler = on_second_signal};

    sigemptyset(&second.sa_mask);
    (void)sigaction(SIGINT, &second, NULL); /* cannot fail for these */
    (void)sigaction(SIGTERM, &second, NULL);
    second.sa_handler = SIG_IGN;
    (void)sigaction(SIGHUP, &second, NULL);
    (void)pthread_sigmask(SIG_UNBLOCK, set, NULL);
}

/* Each connection is a descriptor, and so is each table file. */
static void descriptors_raise(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        LOG(LOG_WARNING, "server.descriptors", log_uint("max", limit.rlim_max));
}

static const char *durability_text(const struct options *options)
{
    if (options->engine == OPTION_ENGINE_MEMORY)
        return "in memory: everything is gone when the server ends";
    if (options->durability == OPTION_DURABILITY_OS)
        return "--durability os: a power cut loses writes that were acknowledged";
    return "a write is acknowledged when it is on the disk";
}

static const char *access_text(const struct options *options, const struct server *server)
{
    bool exposed = server_is_exposed(server);

    if (!server_verifies(server))
        return exposed ? "ANYBODY ON THE NETWORK MAY DO ANYTHING"
                       : "any well-formed credentials, from this machine only";
    if (!exposed)
        return "signatures are verified; this machine only";
    return options->insecure ? "signatures are verified; NOT EVERYTHING IS ENCRYPTED"
                             : "signatures are verified, connections from other machines encrypted";
}

static const char *const throttle_names[] = {
    [OPTION_THROTTLE_OFF] = "off", [OPTION_THROTTLE_PROVISIONED] = "provisioned", [OPTION_THROTTLE_AWS] = "aws"};

static const char *throttle_text(const struct options *options)
{
    if (options->throttle == OPTION_THROTTLE_OFF)
        return "off: units and maxima of tables are stored, not enforced";
    if (options->throttle == OPTION_THROTTLE_AWS)
        return "aws: as in the service, on-demand tables and single partitions too";
    return "provisioned: tables and indexes with stated units or maxima";
}

static const char *engine_text(const struct options *options)
{
    return options->engine == OPTION_ENGINE_MEMORY ? "memory" : "rocksdb";
}

/* A first command, to the first address. */
static void try_print(const char *address, bool verifies)
{
    bool tls = strncmp(address, LISTENERS_TLS_WORD, strlen(LISTENERS_TLS_WORD)) == 0;

    if (strncmp(address, OS_SOCKET_UNIX_WORD, strlen(OS_SOCKET_UNIX_WORD)) == 0)
        return; /* no SDK speaks to one by itself */
    printf("  try     %saws dynamodb list-tables --endpoint-url %s%.*s%s\n",
        verifies ? "AWS_DEFAULT_REGION=us-east-1 "
                 : "AWS_ACCESS_KEY_ID=me AWS_SECRET_ACCESS_KEY=secret AWS_DEFAULT_REGION=us-east-1 \\\n            ",
        tls ? "" : "http://", (int)strcspn(address, ","), address, tls ? " --ca-bundle CERTIFICATE" : "");
}

static void banner_print(const struct options *options, const struct server *server)
{
    const char *address = server_address(server);
    char *path = options->engine == OPTION_ENGINE_MEMORY ? NULL : realpath(options->data, NULL);

    printf("%s serves the DynamoDB API on %s\n", server_build(), address);
    if (path != NULL)
        printf("  data    %s\n", path);
    free(path);
    printf("  writes  %s\n", durability_text(options));
    printf("  access  %s\n", access_text(options, server));
    printf("  limits  %s\n", throttle_text(options));
    try_print(address, server_verifies(server));
    printf("  stop    Ctrl-C\n");
    printf("stator.ready listen=%s data=%s engine=%s durability=%s auth=%s throttle=%s pid=%ld\n", address,
        options->data, engine_text(options), options->durability == OPTION_DURABILITY_OS ? "os" : "sync",
        server_verifies(server) ? "sigv4" : "open", throttle_names[options->throttle], (long)getpid());
    (void)fflush(stdout); /* nobody need be there to read it */
}

/* Until somebody wants it to end; returns the signal. */
static int serve(int argc, char **argv, struct options *options, struct server *server, const sigset_t *signals)
{
    int number;

    while ((number = signal_wait(signals, server)) == SIGHUP)
        settings_reload(argc, argv, options, server);
    signals_unblock(signals);
    return number;
}

static int fail(char *reason)
{
    log_stop();
    fprintf(stderr, "stator: %s\n", reason == NULL ? "the server cannot start." : reason);
    free(reason);
    return COMMAND_FAILED;
}

static int help_asked(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0)
            return 1;
    }
    return 0;
}

/* glibc raises its thresholds to the largest block that was ever freed, up to keeping 64 MB a thread; large blocks go
 * back to the system here, and who needs them often keeps them himself (os/arenas.c). */
static void allocator_set(void)
{
    (void)mallopt(M_MMAP_THRESHOLD, MMAP_BYTES);
    (void)mallopt(M_TRIM_THRESHOLD, TRIM_BYTES);
}

int cmd_serve(int argc, char **argv)
{
    struct options options;
    struct server *server;
    sigset_t signals;
    char *reason = NULL;
    int number;

    if (help_asked(argc, argv)) {
        options_help(stdout);
        return 0;
    }
    if (options_read(argc, argv, &options, &reason) != OK) {
        options_free(&options);
        (void)fail(reason);
        return COMMAND_USAGE;
    }
    panic_install(server_build());
    allocator_set();
    signals = signals_block();
    log_start(STDERR_FILENO, (enum log_level)options.log_level,
        options.log == OPTION_LOG_JSON ? LOG_FORMAT_JSON : LOG_FORMAT_TEXT);
    descriptors_raise();
    if (server_start(&options, &server, &reason) != OK)
        return fail(reason);
    LOG(LOG_INFO, "server.started", log_text("listen", server_address(server)), log_text("build", server_build()));
    banner_print(&options, server);
    number = serve(argc, argv, &options, server, &signals);
    LOG(LOG_INFO, "server.stopping", log_text("signal", sigabbrev_np(number)));
    server_stop(server);
    LOG(LOG_INFO, "server.stopped");
    log_stop();
    options_free(&options);
    return 0;
}
