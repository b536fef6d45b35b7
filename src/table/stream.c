/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What a write leaves in the stream of its table (control-plane.md 6.4): one record for each change of an item, in the
 * same decision as the item, so that neither can be without the other. A write that leaves the item as it was has none.
 *
 * Pure; inside a decision.
 */
#include "base/assert.h"
#include "codec/change.h"
#include "codec/key.h"
#include "table/write_int.h"

static enum change_event event_of(const struct table_write *write)
{
    if (write->old_body.p == NULL)
        return CHANGE_INSERT;
    return write->new_body.p == NULL ? CHANGE_REMOVE : CHANGE_MODIFY;
}

/* What the table's view type keeps of the change. */
static void images_keep(const struct table_write *write, enum stream_view view, struct change *change)
{
    if (view == STREAM_NEW_IMAGE || view == STREAM_NEW_AND_OLD_IMAGES)
        change->new_image = write->new_body;
    if (view == STREAM_OLD_IMAGE || view == STREAM_NEW_AND_OLD_IMAGES)
        change->old_image = write->old_body;
}

void table__stream_append(const struct table__action *action, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct table_desc *table = action->table;
    const struct table_write *write = action->write;
    struct change change = {.expired = write->expired, .time_ms = action->now_ms};
    struct buf bytes;
    uint64_t stream;

    if (!table->stream.enabled)
        return;
    ASSERT(action->now_ms != 0);
    change.event = event_of(write);
    if (change.event == CHANGE_MODIFY && body_equal(write->old_body, write->new_body))
        return;
    change.keys = table_key_body(table, NULL, write->new_body.p != NULL ? write->new_body : write->old_body, arena);
    images_keep(write, table->stream.view, &change);
    stream = stream_log_id(table->id, stream_shard_of(&table->stream, key_hash(write->key))->number);
    buf_init(&bytes, arena, ARENA_ALLOC_BYTES_MAX);
    change_write(&bytes, stream, stamp, &change);
    effects_append(fx, stream, buf_view(&bytes));
    effects_breathe(fx, bytes.n);
}
