/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Starts the layers from the bottom up and stops them from the top down.
 *
 *      start   listeners (as they were asked for), auth, data folder, engine, catalog, workers, counters, background
 * work, http stop    http (drains), background work, http's memory, engine, workers, catalog
 *
 * The order of the stop is one of who may still call whom: requests and background work use the catalog and the engine,
 * so they end first; http_destroy returns when the last request's fiber has ended. The engine's threads wake fibers, so
 * it closes while the workers still live. The catalog's fences are read by the engine, and its views lie in the
 * workers, so it goes last.
 *
 * server_stop serves a half-started server as well: what was not started is NULL.
 */
#include "server/server.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "api/admission.h"
#include "api/statements.h"
#include "base/assert.h"
#include "base/sentence.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "os/log.h"
#include "server/data_folder.h"
#include "server/figures.h"
#include "server/listeners.h"
#include "server/pages.h"
#include "tls/tls.h"

#define WORKERS_MAX      64
#define SHARED_REGION    "us-east-1" /* where all tables are in one name space */
#define HEADER_S         30          /* ours: a request's head must come within */
#define BODY_S           30          /* ours: a body may pause so long */
#define MEMORY_BYTES_MIN (256ull << 20)
#define MEMORY_BYTES_MAX (4ull << 30)
/* Of the descriptors a process may have, so many are no connection's: table files (RocksDB holds a thousand), logs,
 * what the workers wait with. Connections that took these too would bring the engine to a stop. */
#define DESCRIPTORS_KEPT 1200u
/* Of --memory, one part in so many: for connections and bodies; for what requests in flight make; for what lies free
 * between things of different ages, which no allocator can avoid. The rest is the engine's. */
#define HTTP_MEMORY_SHARE    4
#define REQUEST_MEMORY_SHARE 4
#define WASTE_MEMORY_SHARE   8
/* And of a worker's part of what requests in flight may make, what it keeps for the next large one. */
#define SPARE_SHARE     8
#define SPARE_BYTES_MAX (UINT64_C(32) << 20)

struct server {
    const struct options *options; /* borrowed */
    struct data_folder folder;
    struct engine *engine;
    struct catalog *catalog;
    struct workers *workers;
    struct figures figures;
    struct pages pages;
    struct auth *auth;
    struct work *work;
    struct admission *admission;
    struct statements *statements;
    struct http_server *http;
    struct listeners listeners;
    struct api api;
    char address[LISTENERS_TEXT_BYTES]; /* for people */
};

/* ---- sizes ---- */

static uint64_t group_memory_max(void)
{
    FILE *file = fopen("/sys/fs/cgroup/memory.max", "re");
    unsigned long long bytes = 0;

    if (file == NULL)
        return UINT64_MAX;
    if (fscanf(file, "%llu", &bytes) != 1)
        bytes = UINT64_MAX; /* "max" */
    (void)fclose(file);     /* only read */
    return bytes;
}

uint64_t server_memory_default(void)
{
    uint64_t machine = (uint64_t)sysconf(_SC_PHYS_PAGES) * (uint64_t)sysconf(_SC_PAGESIZE);
    uint64_t group = group_memory_max();
    uint64_t quarter = (machine < group ? machine : group) / 4;

    if (quarter < MEMORY_BYTES_MIN)
        return MEMORY_BYTES_MIN;
    return quarter < MEMORY_BYTES_MAX ? quarter : MEMORY_BYTES_MAX;
}

static uint64_t memory_of(const struct options *options)
{
    return options->memory != 0 ? options->memory : server_memory_default();
}

/* The cores this process may run on, which taskset and containers make fewer than the machine has. */
static uint32_t workers_of(const struct options *options)
{
    cpu_set_t cores;
    uint32_t count = 1;

    if (options->workers != 0)
        return (uint32_t)options->workers;
    if (sched_getaffinity(0, sizeof(cores), &cores) == 0)
        count = (uint32_t)CPU_COUNT(&cores);
    return count < WORKERS_MAX ? count : WORKERS_MAX;
}

/* As many connections as were asked for, or as the limit of open files leaves room for. */
static uint32_t connections_of(const struct options *options)
{
    struct rlimit limit;
    uint64_t room;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return (uint32_t)options->connections;
    room = limit.rlim_cur > 2 * DESCRIPTORS_KEPT ? limit.rlim_cur - DESCRIPTORS_KEPT : limit.rlim_cur / 2;
    if (options->connections <= room)
        return (uint32_t)options->connections;
    LOG(LOG_INFO, "server.connections", log_uint("asked", options->connections), log_uint("taken", room),
        log_uint("open_files_max", limit.rlim_cur),
        log_text("text", "The limit of open files (ulimit -n) leaves room for fewer connections than --connections "
                         "says; raise it, or say less."));
    return (uint32_t)room;
}

/* ---- the layers ---- */

static uint64_t wall_ms(void *context)
{
    (void)context;
    return os_clock_wall_ms();
}

/* The engine's events; those whose name tells of trouble are warnings. */
static void engine_event(void *context, const char *event, const char *text)
{
    static const char *const quiet[] = {
        "engine.rocksdb", "engine.swept", "engine.space", "engine.resumed", "engine.recovered"};
    enum log_level level = LOG_WARNING;

    (void)context;
    for (size_t i = 0; i < sizeof(quiet) / sizeof(quiet[0]); i++) {
        if (strcmp(event, quiet[i]) == 0)
            level = i == 0 ? LOG_DEBUG : LOG_INFO;
    }
    LOG(level, event, log_words(text));
}

static enum err engine_start(struct server *server, char **ret_reason)
{
    const struct options *options = server->options;
    struct engine_mem_options memory = {.clock = wall_ms};
    struct engine_rocksdb_options rocksdb = {
        .durability = options->durability == OPTION_DURABILITY_OS ? ENGINE_OS : ENGINE_SYNC,
        .memory_bytes = memory_of(options) - memory_of(options) / HTTP_MEMORY_SHARE -
                        memory_of(options) / REQUEST_MEMORY_SHARE - memory_of(options) / WASTE_MEMORY_SHARE,
        .strict_tail = options->strict_tail,
        .accept_clock = options->accept_clock,
        .clock = wall_ms,
        .log = engine_event,
    };
    enum err err;

    if (options->engine == OPTION_ENGINE_MEMORY) {
        server->engine = engine_mem_open(&memory);
        return OK;
    }
    err = data_folder_open(options->data, &server->folder, ret_reason);
    if (err)
        return err;
    rocksdb.path = server->folder.db;
    return engine_rocksdb_open(&rocksdb, &server->engine, ret_reason);
}

static enum err catalog_start(struct server *server, char **ret_reason)
{
    struct fiber *self = fiber_of_thread();
    enum err err = catalog_open(server->engine, self, &server->catalog, ret_reason);

    fiber_of_thread_destroy(self);
    return err;
}

static enum err workers_begin(struct server *server, char **ret_reason)
{
    uint32_t count = workers_of(server->options);
    uint64_t spare_bytes = memory_of(server->options) / REQUEST_MEMORY_SHARE / count / SPARE_SHARE;
    struct workers_options options = {.count = count,
        .io_threads = (uint32_t)server->options->io_threads,
        .spare_bytes = spare_bytes < SPARE_BYTES_MAX ? spare_bytes : SPARE_BYTES_MAX};

    if (workers_start(&options, &server->workers) == OK)
        return OK;
    *ret_reason = sentence("%u worker threads cannot be started: try fewer with --workers, or raise the limit of "
                           "processes (ulimit -u).",
        options.count);
    return ERR_LIMIT;
}

static void log_options_take(struct server *server)
{
    const struct options *options = server->options;
    struct request_log *log = &server->figures.log;

    atomic_store_explicit(&log->access, options->access_log, memory_order_relaxed);
    atomic_store_explicit(&log->audit, options->audit_log, memory_order_relaxed);
    atomic_store_explicit(&log->slow_ns, options->slow_ms * 1000000, memory_order_relaxed);
}

static enum err figures_start(struct server *server, char **ret_reason)
{
    (void)ret_reason;
    server->figures.engine = server->engine;
    server->figures.catalog = server->catalog;
    server->figures.tls = server->listeners.tls;
    log_options_take(server);
    figures_init(&server->figures, server->workers);
    pages_init(&server->pages, &server->figures, server->engine);
    pages_options_set(&server->pages, server->options);
    return OK;
}

static enum err listeners_start(struct server *server, char **ret_reason)
{
    return listeners_read(server->options, &server->listeners, ret_reason);
}

static enum err auth_start(struct server *server, char **ret_reason)
{
    const struct options *options = server->options;
    struct auth_options auth = {
        .mode = listeners_verify(&server->listeners, options) ? AUTH_SIGV4 : AUTH_OPEN,
        .credentials_file = options->credentials[0] == '\0' ? NULL : options->credentials,
        .account = options->account,
        .region = options->any_region || options->shared ? SHARED_REGION : NULL,
    };

    return auth_create(&auth, &server->auth, ret_reason);
}

static enum err background_start(struct server *server, char **ret_reason)
{
    struct work_options options = {
        .engine = server->engine,
        .catalog = server->catalog,
        .workers = server->workers,
        .worker = workers_count(server->workers) - 1,
        .shard_life_ms = (uint64_t)server->options->shard_life_s * 1000,
        .growth = server->options->throttle == OPTION_THROTTLE_AWS,
    };

    if (work_start(&options, &server->work) == OK)
        return OK;
    *ret_reason = sentence("The background work cannot be started: there is no memory for a fiber.");
    return ERR_LIMIT;
}

static void api_fill(struct server *server)
{
    server->figures.work = server->work;
    server->figures.admission = server->admission;
    server->api = (struct api){
        .engine = server->engine,
        .catalog = server->catalog,
        .auth = server->auth,
        .work = server->work,
        .admission = server->admission,
        .statements = server->statements,
        .state_delay_ms = (uint32_t)server->options->state_delay_ms,
        .throttle = (enum throttle_mode)server->options->throttle,
        .ttl_pause_ms = (uint64_t)server->options->ttl_pause_s * 1000,
        .page = pages_respond,
        .page_context = &server->pages,
        .observe = figures_observe,
        .observe_context = &server->figures,
    };
    /* Requests come as soon as the door is open, so this is told before; port 0 is known after only (door_open). */
    listeners_first(&server->listeners, 0, server->api.endpoint, sizeof(server->api.endpoint));
}

static void addresses_tell(struct server *server)
{
    listeners_print(&server->listeners, server->http, server->address);
    listeners_first(&server->listeners, http_port(server->http, 0), server->api.endpoint, sizeof(server->api.endpoint));
}

/* Those that were asked for, and the control socket of the data folder. */
static uint32_t all_listeners(const struct server *server, struct http_listener at[HTTP_LISTENERS_MAX])
{
    uint32_t count = server->listeners.count;

    memcpy(at, server->listeners.at, count * sizeof(at[0]));
    if (server->folder.at >= 0)
        at[count++] = (struct http_listener){.address = server->folder.control, .operators = true, .control = true};
    return count;
}

static enum err door_open(struct server *server, char **ret_reason)
{
    const struct options *options = server->options;
    struct http_listener at[HTTP_LISTENERS_MAX];
    struct http_options http = {
        .listeners = at,
        .listeners_count = all_listeners(server, at),
        .connections_max = connections_of(options),
        .memory_bytes_max = memory_of(options) / HTTP_MEMORY_SHARE,
        .idle_s = (uint32_t)options->idle_s,
        .header_s = HEADER_S,
        .body_s = BODY_S,
        .handler = api_dispatch,
        .ended = api_ended,
        .context = &server->api,
    };
    char *reason = NULL;
    uint64_t seed;
    enum err err;

    server->admission = admission_create(workers_count(server->workers), memory_of(options) / REQUEST_MEMORY_SHARE);
    os_entropy(&seed, sizeof(seed));
    server->statements = statements_create(workers_count(server->workers), seed);
    api_fill(server);
    err = http_start(server->workers, &http, &server->http, &reason);
    if (err) {
        *ret_reason = sentence("The server %s. Name another address with --listen.", reason);
        free(reason);
        return err;
    }
    figures_http_set(&server->figures, server->http);
    addresses_tell(server);
    return OK;
}

/* ---- the header's functions ---- */

static enum err layers_start(struct server *server, char **ret_reason)
{
    static enum err (*const steps[])(struct server *, char **) = {listeners_start, auth_start, engine_start,
        catalog_start, workers_begin, figures_start, background_start, door_open};
    enum err err;

    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        err = steps[i](server, ret_reason);
        if (err)
            return err;
    }
    return OK;
}

enum err server_start(const struct options *options, struct server **ret, char **ret_reason)
{
    struct server *server = calloc(1, sizeof(*server));
    enum err err;

    ASSERT(server != NULL);
    server->options = options;
    server->folder.lock = server->folder.at = -1;
    err = layers_start(server, ret_reason);
    if (err) {
        server_stop(server);
        return err;
    }
    *ret = server;
    return OK;
}

const char *server_address(const struct server *server)
{
    return server->address;
}

void server_options_changed(struct server *server)
{
    log_level_set((enum log_level)server->options->log_level);
    log_options_take(server);
    pages_options_set(&server->pages, server->options);
    http_idle_set(server->http, (uint32_t)server->options->idle_s);
}

bool server_verifies(const struct server *server)
{
    return listeners_verify(&server->listeners, server->options);
}

bool server_is_exposed(const struct server *server)
{
    return server->listeners.exposed;
}

/* Takes the reason. */
static void reread_tell(const char *what, const char *file, enum err err, char *reason)
{
    if (err)
        LOG(LOG_ERROR, "server.file_refused", log_text("what", what), log_text("text", reason));
    else
        LOG(LOG_INFO, "server.file_read", log_text("what", what), log_text("file", file));
    free(reason);
}

void server_files_look(struct server *server, bool in_any_case)
{
    struct tls_context *tls = server->listeners.tls;
    char *reason = NULL;
    enum err err;

    if (tls != NULL && (in_any_case || tls_context_is_stale(tls))) {
        err = tls_context_reload(tls, &reason);
        reread_tell("certificate", server->options->tls_certificate, err, reason);
        reason = NULL;
    }
    if (server->options->credentials[0] != '\0' && server_verifies(server) &&
        (in_any_case || auth_is_stale(server->auth))) {
        err = auth_reload(server->auth, server->workers, &reason);
        reread_tell("credentials", server->options->credentials, err, reason);
    }
}

void server_stop(struct server *server)
{
    if (server->http != NULL)
        http_stop(server->http, (uint32_t)server->options->drain_ms);
    work_stop(server->work);
    http_destroy(server->http);
    if (server->engine != NULL)
        engine_close(server->engine);
    workers_stop_and_join(server->workers);
    pages_fini(&server->pages);
    figures_fini(&server->figures);
    admission_destroy(server->admission);
    statements_destroy(server->statements);
    catalog_close(server->catalog);
    auth_destroy(server->auth);
    data_folder_close(&server->folder);
    listeners_free(&server->listeners);
    free(server);
}
