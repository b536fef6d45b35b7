/* SPDX-License-Identifier: Apache-2.0 */

/*
 * DescribeLimits (4.9) and DescribeEndpoints (1.10): constants of the server. The limits are those that CreateTable and
 * UpdateTable enforce.
 */
#include "api/control.h"

#define ENDPOINT_CACHE_MINUTES 1440

static struct opt_int number(int64_t v)
{
    return (struct opt_int){true, v};
}

enum err api_describe_limits(struct api_request *request, void *input)
{
    struct describe_limits_output *output = request->output;

    (void)input;
    output->account_max_read_capacity_units = number(ACCOUNT_READ_UNITS_MAX);
    output->account_max_write_capacity_units = number(ACCOUNT_WRITE_UNITS_MAX);
    output->table_max_read_capacity_units = number(TABLE_READ_UNITS_MAX);
    output->table_max_write_capacity_units = number(TABLE_WRITE_UNITS_MAX);
    return OK;
}

enum err api_describe_endpoints(struct api_request *request, void *input)
{
    struct describe_endpoints_response *output = request->output;
    struct endpoint *endpoint = arena_zalloc(request->arena, sizeof(*endpoint));

    (void)input;
    endpoint->address = slice_from_cstr(request->api->endpoint);
    endpoint->cache_period_in_minutes = number(ENDPOINT_CACHE_MINUTES);
    output->endpoints = (struct endpoints){true, 1, endpoint};
    return OK;
}
