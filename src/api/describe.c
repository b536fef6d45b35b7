/* SPDX-License-Identifier: Apache-2.0 */

/*
 * DescribeTable: the table of the request's view of the catalog, with its counters (4.3).
 */
#include "api/control.h"

enum err api_describe_table(struct api_request *request, void *input)
{
    const struct describe_table_input *in = input;
    struct describe_table_output *output = request->output;
    const struct table_desc *desc;
    enum err err;

    err = api__control_table(request, in->table_name, &desc);
    if (!err)
        err = api__description(request, desc, API__DESCRIBE, &output->table);
    return err;
}
