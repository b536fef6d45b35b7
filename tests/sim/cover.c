/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What runs reached: places where the process died, error types by operation, and other things worth knowing that they
 * happened. A test that never gets there proves nothing, so the suite fails when something it lists was not reached.
 * The file has one line for each, `count what`, and adds up over processes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "sim.h"

#define ENTRIES_MAX 8192

static struct {
    char what[96];
    uint64_t count;
} entries[ENTRIES_MAX];

void sim_cover_count(const char *what)
{
    uint64_t hash = 0xcbf29ce484222325u;

    for (const char *at = what; *at != 0; at++)
        hash = (hash ^ (uint8_t)*at) * 0x100000001b3u;
    for (uint32_t i = 0; i < ENTRIES_MAX; i++) {
        uint32_t at = (uint32_t)(hash + i) % ENTRIES_MAX;

        if (entries[at].count == 0)
            (void)snprintf(entries[at].what, sizeof(entries[at].what), "%s", what);
        if (strncmp(entries[at].what, what, sizeof(entries[at].what) - 1) == 0) {
            entries[at].count++;
            return;
        }
    }
}

void sim_cover_error(const char *operation, const char *type)
{
    char text[96];

    (void)snprintf(text, sizeof(text), "answer %s %s", operation, type);
    sim_cover_count(text);
}

/* By address within the program; the suite makes functions and lines of them. */
extern char __executable_start[];

#define TEXT_BYTES_MAX ((size_t)64 << 20)
#define PLACES_MAX     4096

static struct {
    uint16_t number[TEXT_BYTES_MAX]; /* of the place there; 0: none was passed yet */
    size_t at[PLACES_MAX];
    uint32_t passes[PLACES_MAX]; /* in this run */
    uint32_t n;
} places;

void sim_cover_run_begin(void)
{
    memset(places.passes, 0, (places.n + 1) * sizeof(places.passes[0]));
}

uint32_t sim_cover_point(const void *where)
{
    size_t at = (size_t)((const char *)where - __executable_start);

    ASSERT(at < TEXT_BYTES_MAX);
    if (places.number[at] == 0) {
        places.number[at] = (uint16_t)++places.n;
        ASSERT(places.n < PLACES_MAX);
        places.at[places.n] = at;
    }
    return ++places.passes[places.number[at]];
}

bool sim_cover_is(const void *where, uint64_t place)
{
    return place != 0 && (uint64_t)((const char *)where - __executable_start) == place;
}

void sim_cover_crash(const void *where)
{
    char text[96];

    (void)snprintf(text, sizeof(text), "crash 0x%lx", (unsigned long)((const char *)where - __executable_start));
    sim_cover_count(text);
}

void sim_cover_write(const char *path)
{
    FILE *file = fopen(path, "we");

    ASSERT(file != NULL);
    for (uint32_t i = 0; i < ENTRIES_MAX; i++) {
        if (entries[i].count != 0)
            fprintf(file, "%llu %s\n", (unsigned long long)entries[i].count, entries[i].what);
    }
    for (uint32_t i = 1; i <= places.n; i++)
        fprintf(file, "1 point 0x%zx\n", places.at[i]);
    ASSERT(fclose(file) == 0);
}
