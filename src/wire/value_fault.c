/* SPDX-License-Identifier: Apache-2.0 */

/* The texts of faulty values (data-plane.md 1.2 to 1.4, verified-behaviour.md 1.2), bare; numbers have some of their
 * own in the older wording. */
#include "wire/value_fault.h"

#include "base/limits.h"
#include "codec/number.h"

void wire__meet(struct wire__found *found, enum value_fault fault, bool inside, struct slice message)
{
    struct wire__met *met = &found->met;
    bool first = met->fault == VALUE_FAULT_NONE;
    bool name_before_depth = fault == VALUE_FAULT_EMPTY_NAME && !inside && met->fault == VALUE_FAULT_NESTING;
    bool depth_before_name = fault == VALUE_FAULT_NESTING && met->fault == VALUE_FAULT_EMPTY_NAME && met->inside;

    if (first || name_before_depth || depth_before_name)
        *met = (struct wire__met){fault, inside, message};
}

void wire__meet_text(struct wire__found *found, enum value_fault fault, const char *text)
{
    wire__meet(found, fault, false, slice_from_cstr(text));
}

void wire__meet_depth(struct wire__found *found)
{
    wire__meet_text(found, VALUE_FAULT_NESTING,
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported "
        "limit");
}

void wire__name_check(struct wire__found *found, struct slice name, bool inside)
{
    if (name.n == 0)
        wire__meet(found, VALUE_FAULT_EMPTY_NAME, inside, SLICE_LIT("Empty attribute name"));
    if (name.n > ATTRIBUTE_NAME_BYTES_MAX)
        wire__meet_text(
            found, VALUE_FAULT_LONG_NAME, WIRE__INVALID "Attribute name is too large, must be less than 65536 bytes");
}

static void number_fault(
    struct wire__reader *w, struct wire__found *found, enum number_result result, struct slice text)
{
    static const char syntax[] = "The parameter cannot be converted to a numeric value";

    if (found->met.fault != VALUE_FAULT_NONE)
        return; /* told already; texts must not pile up */
    switch (result) {
    case NUMBER_OVERFLOW:
        wire__meet_text(found, VALUE_FAULT_NUMBER,
            "Number overflow. Attempting to store a number with magnitude larger than supported range");
        break;
    case NUMBER_UNDERFLOW:
        wire__meet_text(found, VALUE_FAULT_NUMBER,
            "Number underflow. Attempting to store a number with magnitude smaller than supported range");
        break;
    case NUMBER_PRECISION:
        wire__meet_text(found, VALUE_FAULT_NUMBER, "Attempting to store more than 38 significant digits in a Number");
        break;
    case NUMBER_EMPTY:
        wire__meet(found, VALUE_FAULT_NUMBER, false,
            wire__is_classic(w) ? SLICE_LIT(syntax) : arena_printf(w->arena, "%s: ", syntax));
        break;
    default:
        wire__meet(found, VALUE_FAULT_NUMBER, false, arena_printf(w->arena, "%s: %.*s", syntax, SLICE_ARG(text)));
        break;
    }
}

bool wire__number_take(
    struct wire__reader *w, struct wire__found *found, struct slice text, uint8_t *code, size_t *ret_bytes)
{
    enum number_result result = number_parse(text, wire__is_classic(w), code, ret_bytes);

    if (result == NUMBER_OK)
        return true;
    if (w->wording == WORDING_STATEMENT && result != NUMBER_EMPTY && !number_scale_is_32(text))
        result = NUMBER_SYNTAX;
    number_fault(w, found, result, text);
    return false;
}
