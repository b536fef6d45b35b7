/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdint.h>

#include "base/err.h"
#include "server/options.h"

/*
 * A server as a whole: the only place that knows every concrete type. Started from main, or several in a row from a
 * test. One at a time per process, from one plain thread.
 */
struct server;

/*
 * Opens the data, then the door. On error everything that was started is stopped again, and *ret_reason is a sentence
 * that says what to do (heap, owned by the caller). `options` is borrowed until server_stop; what is live in them may
 * change.
 */
MUST_USE enum err server_start(const struct options *options, struct server **ret, char **ret_reason);

/* Where clients on this machine reach it, such as "127.0.0.1:8000", or several, parted by commas, those of TLS with
 * https:// before them. Valid until server_stop. */
const char *server_address(const struct server *server);
/* Whether signatures are verified, and whether other machines can reach it. */
bool server_verifies(const struct server *server);
bool server_is_exposed(const struct server *server);
/* Reads certificate, key and credentials anew when the files changed, or in any case; what is wrong goes to the log.
 * From the thread that started it. */
void server_files_look(struct server *server, bool in_any_case);

/* Takes what changed in the options (options_change), from the thread that started it. */
void server_options_changed(struct server *server);

/* Lets running requests finish (at most options.drain_ms), writes everything out, frees the server. */
void server_stop(struct server *server);

/* The memory that --memory 0 stands for: a quarter of what the machine or the process's group has, 256 MB to 4 GB. */
uint64_t server_memory_default(void);
