/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Pages for operators. Settings belong to the main thread, which changes them at a SIGHUP; so their page is text that
 * it makes anew then, and workers copy it.
 */
#include "server/pages.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/sentence.h"
#include "json/json.h"
#include "os/clock.h"
#include "os/folder.h"
#include "os/log.h"

#define CONFIG_BYTES_MAX ((size_t)1 << 20)
#define PATH_BYTES_MAX   4096

void pages_init(struct pages *pages, struct figures *figures, struct engine *engine)
{
    *pages = (struct pages){.figures = figures, .engine = engine};
    pthread_mutex_init(&pages->mutex, NULL);
    buf_init(&pages->config, NULL, CONFIG_BYTES_MAX);
}

void pages_fini(struct pages *pages)
{
    if (pages->figures == NULL) /* never made */
        return;
    buf_fini(&pages->config);
    pthread_mutex_destroy(&pages->mutex);
}

void pages_options_set(struct pages *pages, const struct options *options)
{
    pthread_mutex_lock(&pages->mutex);
    pages->config.n = 0;
    options_json_write(options, &pages->config);
    pthread_mutex_unlock(&pages->mutex);
}

/* ---- POST /admin/backup ---- */

static void tell(struct http_response *response, uint16_t status, const char *text)
{
    response->status = status;
    BUF_LIT(&response->body, "{\"message\":");
    json_write_string(&response->body, slice_from_cstr(text));
    BUF_LIT(&response->body, "}\n");
}

/* The member "to" of the body, terminated; false: there is none. */
static bool target_read(const struct http_request *http, char *path, size_t bytes_max)
{
    struct json_reader reader;
    struct slice name, to = SLICE_NULL;
    bool first = true;

    json_init(&reader, http->body, http->arena);
    if (json_kind(&reader) != JSON_OBJECT || !json_enter(&reader))
        return false;
    while (json_member(&reader, &first, &name)) {
        if (!slice_is(name, "to") || json_kind(&reader) != JSON_STRING || !json_string(&reader, &to))
            return false;
    }
    if (reader.failed || !json_end(&reader))
        return false;
    if (to.n == 0 || to.n >= bytes_max || to.p[0] != '/' || memchr(to.p, 0, to.n) != NULL)
        return false;
    memcpy(path, to.p, to.n);
    path[to.n] = '\0';
    return true;
}

/* Blocks on the disk. */
struct place {
    const char *db;
    bool taken, made;
};

static void place_make(void *argument)
{
    struct place *place = argument;

    place->taken = access(place->db, F_OK) == 0;
    place->made = !place->taken && folder_make(place->db) == OK;
}

static void backup_make(struct pages *pages, struct fiber *fiber, const char *to, struct http_response *response)
{
    uint64_t start_ns = os_clock_monotonic_ns();
    struct engine_copied copied;
    char *reason = NULL, *db = sentence("%s/db", to);
    struct place place = {.db = db};
    enum err err;

    fiber_blocking(fiber, place_make, &place);
    if (place.taken) {
        tell(response, 409, "There is a database in that folder already: name one that is not there yet.");
    } else if (!place.made) {
        tell(response, 400, "The folder cannot be made by the server: name one where it may write.");
    } else {
        err = engine_copy(pages->engine, fiber, db, &copied, &reason);
        LOG(err ? LOG_ERROR : LOG_INFO, "server.backup", log_text("to", to), log_text("text", err ? reason : "made"),
            log_uint("ms", (os_clock_monotonic_ns() - start_ns) / 1000000));
        if (err)
            tell(response, 500, reason);
        else
            buf_printf(&response->body, "{\"files\":%llu,\"linked_bytes\":%llu,\"copied_bytes\":%llu}\n",
                (unsigned long long)copied.files, (unsigned long long)copied.linked_bytes,
                (unsigned long long)copied.copied_bytes);
    }
    free(reason);
    free(db);
}

static void backup_respond(struct pages *pages, struct http_request *http, struct http_response *response)
{
    char to[PATH_BYTES_MAX];

    response->content_type = "application/json";
    if (!target_read(http, to, sizeof(to))) {
        tell(response, 400, "The body must be {\"to\": PATH} with the path from the root.");
        return;
    }
    if (atomic_exchange(&pages->copying, true)) {
        tell(response, 409, "Another backup is under way: wait for its end.");
        return;
    }
    backup_make(pages, http->fiber, to, response);
    atomic_store(&pages->copying, false);
}

bool pages_respond(void *context, struct http_request *http, struct http_response *response)
{
    struct pages *pages = context;

    if (http->method == HTTP_POST && http->control && slice_is(http->path, "/admin/backup")) {
        backup_respond(pages, http, response);
        return true;
    }
    if (http->method != HTTP_GET)
        return false;
    if (slice_is(http->path, "/metrics")) {
        response->content_type = "text/plain; version=0.0.4";
        figures_write(pages->figures, http->fiber, &response->body);
        return true;
    }
    if (slice_is(http->path, "/admin/config")) {
        response->content_type = "application/json";
        pthread_mutex_lock(&pages->mutex);
        buf_slice(&response->body, buf_view(&pages->config));
        pthread_mutex_unlock(&pages->mutex);
        return true;
    }
    return false;
}
