# SPDX-License-Identifier: Apache-2.0
"""Numbers: 38 significant digits between 1E-130 and 9.99E+125 (data-plane.md 1.4, verified-behaviour.md 1.2, 4.1 and
15).

A number is a Decimal. Python's decimals are exact here: the context is wide enough for any sum of two numbers.
"""

import decimal
import re

NARROW, WIDE = 2 ** 31, 2 ** 63
EXACT = decimal.Context(prec=1000, Emax=10 ** 9, Emin=-10 ** 9)
SYNTAX = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE]([+-]?[0-9]+))?")
DIGITS_MAX, EXPONENT_MAX, EXPONENT_MIN = 38, 125, -130

OVERFLOW = "Number overflow. Attempting to store a number with magnitude larger than supported range"
UNDERFLOW = "Number underflow. Attempting to store a number with magnitude smaller than supported range"
TOO_PRECISE = "Attempting to store more than 38 significant digits in a Number"


def read(text, layer):
    """The number that a request's text means."""
    if text == "":
        raise layer.either("The parameter cannot be converted to a numeric value: ",
                           "The parameter cannot be converted to a numeric value")
    match = SYNTAX.fullmatch(text)
    if not match:
        raise layer.fault("The parameter cannot be converted to a numeric value: " + text)
    mantissa = text[:match.start(3)] if match.group(3) else text
    exponent = int(match.group(4) or 0)
    if abs(exponent) >= (NARROW if layer.narrow_exponents else WIDE):
        raise layer.fault("The parameter cannot be converted to a numeric value: " + text)
    digits = mantissa.lstrip("+-")
    fraction = len(digits.partition(".")[2])
    digits = digits.replace(".", "").lstrip("0") or "0"
    adjusted = len(digits) - (fraction - exponent) - 1
    if adjusted > EXPONENT_MAX:
        raise layer.fault(OVERFLOW)
    if adjusted < EXPONENT_MIN:
        raise layer.fault(UNDERFLOW)
    if len(digits.strip("0")) > DIGITS_MAX:
        raise layer.fault(TOO_PRECISE)
    return trimmed(decimal.Decimal(text))


def trimmed(number):
    """Without useless zeros; there is one zero."""
    number = EXACT.normalize(number)
    return number if number else decimal.Decimal(0)


def show(number):
    """The text that replies carry: plain decimal, never an exponent."""
    return format(number, "f")


def digits_of(number):
    """Its significant digits as text, and the exponent of the first."""
    return "".join(map(str, number.as_tuple().digits)).rstrip("0") or "0", number.adjusted()


def add(one, other):
    """Their sum, or None if it is not a number that can be stored."""
    result = trimmed(EXACT.add(one, other))
    digits, exponent = digits_of(result)
    if len(digits) > DIGITS_MAX or exponent > EXPONENT_MAX or (result and exponent < EXPONENT_MIN):
        return None
    return result


def subtract(one, other):
    return add(one, EXACT.minus(other))


def size(number):
    """1, and a byte for two digits before and two after the point, and one for the sign."""
    if not number:
        return 1
    digits, exponent = digits_of(number)
    whole = min(max(exponent + 1, 0), len(digits))
    return 1 + (whole + 1) // 2 + (len(digits) - whole + 1) // 2 + (1 if number < 0 else 0)
