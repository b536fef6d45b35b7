/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Pages for operators. Settings belong to the main thread, which changes them at a SIGHUP; so their page is text that
 * it makes anew then, and workers copy it.
 */
#include "server/pages.h"

#define CONFIG_BYTES_MAX ((size_t)1 << 20)

void pages_init(struct pages *pages, struct figures *figures)
{
    *pages = (struct pages){.figures = figures};
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

bool pages_respond(void *context, struct http_request *http, struct http_response *response)
{
    struct pages *pages = context;

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
