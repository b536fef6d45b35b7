/* SPDX-License-Identifier: Apache-2.0 */
#include "model/fault.h"

#include <stdarg.h>

#include "base/buf.h"

static enum err set(struct fault *fault, enum api_error code, const char *format, va_list arguments)
{
    struct buf text;

    buf_init(&text, fault->arena, ARENA_ALLOC_BYTES_MAX);
    buf_vprintf(&text, format, arguments);
    fault->code = code;
    fault->message = buf_view(&text);
    return ERR_FAULT;
}

enum err fault_set(struct fault *fault, enum api_error code, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    (void)set(fault, code, format, arguments); /* always ERR_FAULT */
    va_end(arguments);
    return ERR_FAULT;
}

enum err fault_set_bare(struct fault *fault, enum api_error code)
{
    fault->code = code;
    fault->message = SLICE_NULL;
    return ERR_FAULT;
}

enum err fault_validation(struct fault *fault, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    (void)set(fault, API_VALIDATION, format, arguments); /* always ERR_FAULT */
    va_end(arguments);
    return ERR_FAULT;
}
