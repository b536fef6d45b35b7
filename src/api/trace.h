/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "api/api.h"

/* Notes, for metrics and the log, that the request names a table, by the text it has for it; `table` NULL:
 * there is none. */
void api__trace_table(struct api_request *request, const struct table_desc *table, struct slice text);
/* That it reads the table by an index. */
void api__trace_index(
    struct api_request *request, const struct table_desc *table, const struct index_desc *index, struct slice text);
