/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What a request is about, noted where its tables are looked up, for metrics and the log. A request that reads an index
 * counts for that index and not for its table; one that names several tables counts for each.
 */
#include "api/trace.h"

#define SUBJECTS_FIRST 4u

static void subject_add(struct api_request *request, uint64_t subject)
{
    struct api_trace *trace = &request->trace;
    uint64_t *larger;

    for (uint32_t i = 0; i < trace->subjects_count; i++) {
        if (trace->subjects[i] == subject)
            return;
    }
    if (trace->subjects_count == trace->subjects_capacity) {
        trace->subjects_capacity = trace->subjects_capacity == 0 ? SUBJECTS_FIRST : 2 * trace->subjects_capacity;
        larger = arena_alloc(request->arena, trace->subjects_capacity * sizeof(*larger));
        if (trace->subjects_count != 0)
            memcpy(larger, trace->subjects, trace->subjects_count * sizeof(*larger));
        trace->subjects = larger;
    }
    trace->subjects[trace->subjects_count++] = subject;
}

void api__trace_table(struct api_request *request, const struct table_desc *table, struct slice text)
{
    if (request->trace.table.p == NULL)
        request->trace.table = text;
    if (table != NULL)
        subject_add(request, table_subject(table, NULL));
}

void api__trace_index(
    struct api_request *request, const struct table_desc *table, const struct index_desc *index, struct slice text)
{
    struct api_trace *trace = &request->trace;

    if (trace->index.p == NULL)
        trace->index = text;
    if (index == NULL)
        return;
    for (uint32_t i = 0; i < trace->subjects_count; i++) {
        if (trace->subjects[i] == table_subject(table, NULL))
            trace->subjects[i] = table_subject(table, index);
    }
}
