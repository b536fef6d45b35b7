/* SPDX-License-Identifier: Apache-2.0 */

/*
 * One pass over each space. Keys of the space data begin with table and index, so a part is a run of keys: it is told
 * when the next one begins. Records are read as everybody reads them, checksums included.
 */
#include "tools/stat.h"

#include <string.h>

#include "codec/key.h"
#include "codec/record.h"
#include "table/expiry.h"
#include "tools/walk.h"

#define NO_SECTION UINT64_MAX

struct stat {
    struct catalog_view *view; /* NULL: damaged */
    stat_part_fn *tell;
    void *context;
    struct stat_part part;
    uint64_t section; /* table and index of `part`; NO_SECTION: none yet */
    bool envelopes;   /* whether values of the space are records */
};

static uint64_t section_of(struct slice key)
{
    uint64_t section = 0;

    for (size_t i = 0; i < KEY_PREFIX_BYTES; i++)
        section = section << 8 | (i < key.n ? key.p[i] : 0);
    return section;
}

static const struct index_desc *index_of(const struct table_desc *table, uint16_t index_id)
{
    for (uint32_t i = 0; table != NULL && i < table->lsi_count + table->gsi_count; i++) {
        if (table->indexes[i].id == index_id)
            return &table->indexes[i];
    }
    return NULL;
}

static void part_tell(const struct stat *stat)
{
    if (stat->section != NO_SECTION)
        stat->tell(stat->context, &stat->part);
}

static void section_begin(struct stat *stat, uint64_t section, struct slice key)
{
    uint16_t index_id = (uint16_t)section;

    part_tell(stat);
    stat->section = section;
    stat->part = (struct stat_part){.space = ENGINE_DATA, .expiry = expiry_key_is(key)};
    if (stat->view != NULL)
        stat->part.table = catalog_find_id(stat->view, (uint32_t)(section >> 16));
    stat->part.index = index_of(stat->part.table, index_id);
    if (index_id != 0 && stat->part.index == NULL && !stat->part.expiry)
        stat->part.table = NULL; /* an index that was dropped */
}

static void record_count(struct stat_part *part, struct slice key, struct slice bytes)
{
    struct record record;

    if (record_read(key, bytes, &record) != OK) {
        part->unreadable++;
        return;
    }
    part->formats[record.format < STAT_FORMATS_MAX ? record.format : STAT_FORMATS_MAX - 1]++;
    if (part->space == ENGINE_DATA && !part->expiry)
        part->size_bytes += record_size(&record);
}

static void entry_count(void *context, struct slice key, struct slice bytes)
{
    struct stat *stat = context;

    if (stat->part.space == ENGINE_DATA && section_of(key) != stat->section)
        section_begin(stat, section_of(key), key);
    stat->part.records++;
    stat->part.stored_bytes += key.n + bytes.n;
    if (stat->envelopes)
        record_count(&stat->part, key, bytes);
}

static enum err space_run(
    struct stat *stat, struct engine *engine, struct fiber *self, enum engine_space space, struct progress *progress)
{
    struct slice all = slice_of("", 0);
    struct buf reached;
    enum err err;

    stat->part = (struct stat_part){.space = space};
    stat->section = space == ENGINE_DATA ? NO_SECTION : 0;
    stat->envelopes = space == ENGINE_DATA || space == ENGINE_META;
    buf_init(&reached, NULL, KEY_BYTES_MAX + 1);
    err = walk_range(engine, self, space, all, all, entry_count, stat, progress, &reached);
    part_tell(stat);
    buf_fini(&reached);
    return err;
}

enum err stat_run(struct engine *engine, struct catalog_view *view, struct fiber *self, stat_part_fn *tell,
    void *context, struct progress *progress)
{
    struct stat stat = {.view = view, .tell = tell, .context = context};
    enum err worst = OK;

    for (uint32_t space = 0; space < ENGINE_SPACES; space++) {
        enum err err = space_run(&stat, engine, self, (enum engine_space)space, progress);

        worst = worst != OK ? worst : err;
    }
    return worst;
}
