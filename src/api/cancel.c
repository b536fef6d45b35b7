/* SPDX-License-Identifier: Apache-2.0 */

/*
 * TransactionCanceledException (data-plane.md 3.10): one reason for each action, in the order of the request; its code
 * also stands in the message. A reason is the fault that the action alone would have had, under another name.
 */
#include "api/transact.h"
#include "json/json.h"
#include "wire/wire.h"

#define CANCELLED         "Transaction cancelled, please refer cancellation reasons for specific reasons "
#define REASONS_BYTES_MAX ((size_t)16 << 20) /* ours: old items that do not fit are left out */

struct slice api__reason_code(const struct fault *fault)
{
    if (fault == NULL)
        return SLICE_LIT("None");
    switch ((int)fault->code) {
    case API_CONDITIONAL_CHECK_FAILED:
        return SLICE_LIT("ConditionalCheckFailed");
    case API_TRANSACTION_CONFLICT:
        return SLICE_LIT("TransactionConflict");
    case API_ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED:
        return SLICE_LIT("ItemCollectionSizeLimitExceeded");
    case API_PROVISIONED_THROUGHPUT_EXCEEDED:
        return SLICE_LIT("ProvisionedThroughputExceeded");
    case API_THROTTLING:
        return SLICE_LIT("ThrottlingError");
    case API_REQUEST_LIMIT_EXCEEDED:
        return SLICE_LIT("RequestLimitExceeded");
    case API_RESOURCE_NOT_FOUND:
        return SLICE_LIT("ResourceNotFound");
    case API_DUPLICATE_ITEM:
        return SLICE_LIT("DuplicateItem");
    case API_ACCESS_DENIED:
        return SLICE_LIT("AccessDenied");
    default:
        return SLICE_LIT("ValidationError");
    }
}

static void reason_write(struct buf *out, const struct fault *fault, bool with_item)
{
    BUF_LIT(out, "{\"Code\":");
    json_write_string(out, api__reason_code(fault));
    if (fault != NULL) {
        BUF_LIT(out, ",\"Message\":");
        json_write_string(out, fault->message);
    }
    if (fault != NULL && fault->item.p != NULL && with_item) {
        BUF_LIT(out, ",\"Item\":");
        wire_write_item(fault->item, out);
    }
    buf_byte(out, '}');
}

/* False when the items make it too long. */
static bool reasons_write(
    struct api_request *request, const struct fault *const *faults, uint32_t count, bool with_items, struct slice *ret)
{
    struct buf out;

    buf_init(&out, request->arena, REASONS_BYTES_MAX);
    BUF_LIT(&out, "\"CancellationReasons\":[");
    for (uint32_t i = 0; i < count && !out.failed; i++) {
        if (i != 0)
            buf_byte(&out, ',');
        reason_write(&out, faults[i], with_items);
        fiber_breathe(request->fiber, faults[i] == NULL ? 0 : faults[i]->item.n);
    }
    buf_byte(&out, ']');
    *ret = buf_view(&out);
    return !out.failed;
}

enum err api__cancel(struct api_request *request, const struct fault *const *faults, uint32_t count)
{
    struct fault *fault = &request->fault;
    struct buf message;

    buf_init(&message, request->arena, ARENA_ALLOC_BYTES_MAX);
    BUF_LIT(&message, CANCELLED);
    for (uint32_t i = 0; i < count; i++) {
        buf_slice(&message, i == 0 ? SLICE_LIT("[") : SLICE_LIT(", "));
        buf_slice(&message, api__reason_code(faults[i]));
    }
    buf_byte(&message, ']');
    fault->code = API_TRANSACTION_CANCELED;
    fault->message = buf_view(&message);
    fault->item = SLICE_NULL;
    if (!reasons_write(request, faults, count, true, &fault->more))
        (void)reasons_write(request, faults, count, false, &fault->more); /* short enough: texts of 100 actions */
    return ERR_FAULT;
}

enum err api__cancel_one(struct api_request *request, uint32_t at, uint32_t count)
{
    const struct fault **faults = arena_zalloc(request->arena, count * sizeof(const struct fault *));
    struct fault reason = request->fault;

    faults[at] = &reason;
    return api__cancel(request, faults, count);
}
