/* SPDX-License-Identifier: Apache-2.0 */

/*
 * stator serve: puts the layers together, waits for a signal, takes them apart in the other order. Options are read by hand here until the
 * options table stands.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/api.h"
#include "os/clock.h"
#include "work/work.h"

struct settings {
    const char *listen, *data, *engine, *auth, *credentials, *durability;
    size_t memory_bytes;
    uint32_t workers;
};

static uint64_t wall(void *context)
{
    (void)context;
    return os_clock_wall_ms();
}

static void engine_log(void *context, const char *event, const char *text)
{
    (void)context;
    fprintf(stderr, "%s %s\n", event, text);
}

static _Noreturn void give_up(const char *reason)
{
    fprintf(stderr, "stator: %s\n", reason);
    exit(1);
}

static size_t size_read(const char *text)
{
    char *end;
    unsigned long long v = strtoull(text, &end, 10);

    if (*end == 'K' || *end == 'k')
        v <<= 10;
    else if (*end == 'M' || *end == 'm')
        v <<= 20;
    else if (*end == 'G' || *end == 'g')
        v <<= 30;
    return v;
}

static void settings_read(struct settings *s, int argc, char **argv)
{
    for (int i = 2; i + 1 < argc; i += 2) {
        const char *name = argv[i], *value = argv[i + 1];

        if (strcmp(name, "--listen") == 0)
            s->listen = value;
        else if (strcmp(name, "--data") == 0)
            s->data = value;
        else if (strcmp(name, "--engine") == 0)
            s->engine = value;
        else if (strcmp(name, "--auth") == 0)
            s->auth = value;
        else if (strcmp(name, "--credentials") == 0)
            s->credentials = value;
        else if (strcmp(name, "--durability") == 0)
            s->durability = value;
        else if (strcmp(name, "--memory") == 0)
            s->memory_bytes = size_read(value);
        else if (strcmp(name, "--workers") == 0)
            s->workers = (uint32_t)atoi(value);
        else
            give_up("an option that is not known");
    }
}

static struct engine *engine_start(const struct settings *s)
{
    struct engine_rocksdb_options options = {.durability = strcmp(s->durability, "os") == 0 ? ENGINE_OS : ENGINE_SYNC,
        .memory_bytes = s->memory_bytes,
        .clock = wall,
        .log = engine_log};
    struct engine *engine;
    char path[4096], *reason = NULL;

    if (strcmp(s->engine, "memory") == 0)
        return engine_mem_open(&(struct engine_mem_options){.clock = wall});
    if (mkdir(s->data, 0700) != 0 && errno != EEXIST)
        give_up("the data folder cannot be made");
    (void)snprintf(path, sizeof(path), "%s/db", s->data);
    options.path = path;
    if (engine_rocksdb_open(&options, &engine, &reason) != OK)
        give_up(reason);
    return engine;
}

int main(int argc, char **argv)
{
    struct settings s = {"127.0.0.1:8000", "data", "rocksdb", "open", NULL, "sync", (size_t)1 << 30, 0};
    static struct api api;
    struct workers *workers;
    struct http_server *http;
    struct fiber *self = fiber_of_thread();
    char *reason = NULL;
    sigset_t signals;
    int got;

    if (argc < 2 || strcmp(argv[1], "serve") != 0)
        give_up("usage: stator serve --listen HOST:PORT --data DIR");
    settings_read(&s, argc, argv);
    if (s.workers == 0)
        s.workers = (uint32_t)sysconf(_SC_NPROCESSORS_ONLN);
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    (void)sigprocmask(SIG_BLOCK, &signals, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    api.engine = engine_start(&s);
    if (workers_start(&(struct workers_options){.count = s.workers, .io_threads = 4}, &workers) != OK)
        give_up("the threads cannot be started");
    if (catalog_open(api.engine, self, &api.catalog, &reason) != OK)
        give_up(reason);
    if (work_start(&(struct work_options){.engine = api.engine, .catalog = api.catalog, .workers = workers}, &api.work) != OK)
        give_up("the background cannot be started");
    if (auth_create(&(struct auth_options){.mode = strcmp(s.auth, "sigv4") == 0 ? AUTH_SIGV4 : AUTH_OPEN,
                        .credentials_file = s.credentials,
                        .account = "000000000000"},
            &api.auth, &reason) != OK)
        give_up(reason);
    api.state_delay_ms = 100;
    (void)snprintf(api.endpoint, sizeof(api.endpoint), "%s", s.listen);
    if (http_start(workers,
            &(struct http_options){.listen = s.listen,
                .connections_max = 20000,
                .memory_bytes_max = (size_t)1 << 30,
                .idle_s = 300,
                .header_s = 30,
                .body_s = 30,
                .handler = api_dispatch,
                .context = &api},
            &http, &reason) != OK)
        give_up(reason);
    printf("stator.ready listen=%s data=%s engine=%s\n", s.listen, s.data, s.engine);
    (void)fflush(stdout);
    (void)sigwait(&signals, &got);
    http_stop(http, 1000);
    work_stop(api.work);
    workers_stop_and_join(workers);
    http_destroy(http);
    catalog_close(api.catalog);
    engine_close(api.engine);
    auth_destroy(api.auth);
    return 0;
}
