/* SPDX-License-Identifier: Apache-2.0 */

/*
 * ListTables (4.9): the names of the caller's account and region in order of bytes, tables in every state. The start
 * need not exist. Reads the request's view of the catalog alone.
 */
#include "api/control.h"

enum err api_list_tables(struct api_request *request, void *input)
{
    const struct list_tables_input *in = input;
    struct list_tables_output *output = request->output;
    uint32_t limit = in->limit.present ? (uint32_t)in->limit.v : LIST_TABLES_MAX, count;
    const struct table_desc *tables[LIST_TABLES_MAX];
    struct slice *names;
    bool more;

    if (limit > LIST_TABLES_MAX) /* the shape's rule refuses it before */
        limit = LIST_TABLES_MAX;
    count = catalog_list(request->view, request->identity.account, request->identity.region,
        in->exclusive_start_table_name, limit, tables, &more);
    names = arena_alloc(request->arena, count * sizeof(*names));
    for (uint32_t i = 0; i < count; i++)
        names[i] = tables[i]->name;
    output->table_names = (struct table_name_list){true, count, names};
    if (more && count != 0)
        output->last_evaluated_table_name = names[count - 1];
    return OK;
}
