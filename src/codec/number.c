/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Numbers: text to code, code to text, addition.
 *
 * The idea: one representation for everything. The code (number.h) orders by memcmp, so sort keys, set members,
 * equality and comparison need no arithmetic; only SET a = b + :c and ADD unpack it.
 *
 * Range checks follow the service's: they look at the literal as written (0e126 overflows although it is zero),
 * precision is counted after useless zeros are gone. Exponents are read with saturation, so "1e999999999999" costs
 * nothing.
 *
 * Pure; any thread.
 */
#include "codec/number.h"

#include "base/assert.h"

#define SIGN_NEGATIVE 0x40
#define SIGN_ZERO     0x80
#define SIGN_POSITIVE 0xC0
#define EXPONENT_BIAS 130
#define END_POSITIVE  0x00
#define END_NEGATIVE  0xFF

static_assert(NUMBER_EXPONENT_MAX + EXPONENT_BIAS <= 255, "the biased exponent is one byte");
static_assert(NUMBER_EXPONENT_MIN + EXPONENT_BIAS == 0, "the smallest exponent is 0 when biased");

/* A number unpacked: digits[0] is not 0 unless count is 0 (zero); the last digit is not 0. */
struct decimal {
    bool negative;
    int exponent; /* of digits[0] */
    int count;
    uint8_t digits[NUMBER_DIGITS_MAX];
};

/* ---- codes ---- */

static size_t encode(const struct decimal *d, uint8_t *code)
{
    size_t n = 0;

    ASSERT(d->count >= 0 && d->count <= NUMBER_DIGITS_MAX);
    if (d->count == 0) {
        code[0] = SIGN_ZERO;
        return 1;
    }
    ASSERT(d->exponent >= NUMBER_EXPONENT_MIN && d->exponent <= NUMBER_EXPONENT_MAX);
    code[n++] = d->negative ? SIGN_NEGATIVE : SIGN_POSITIVE;
    code[n++] = (uint8_t)(d->negative ? 255 - (d->exponent + EXPONENT_BIAS) : d->exponent + EXPONENT_BIAS);
    for (int i = 0; i < d->count; i += 2) {
        int pair = d->digits[i] * 10 + (i + 1 < d->count ? d->digits[i + 1] : 0);

        code[n++] = (uint8_t)(d->negative ? 254 - pair : pair + 1);
    }
    code[n++] = d->negative ? END_NEGATIVE : END_POSITIVE;
    return n;
}

static void decode(const uint8_t *code, struct decimal *d)
{
    *d = (struct decimal){0};
    if (code[0] == SIGN_ZERO)
        return;
    d->negative = code[0] == SIGN_NEGATIVE;
    d->exponent = (d->negative ? 255 - code[1] : code[1]) - EXPONENT_BIAS;
    for (size_t n = 2; code[n] != (d->negative ? END_NEGATIVE : END_POSITIVE); n++) {
        int pair = d->negative ? 254 - code[n] : code[n] - 1;

        ASSERT(d->count + 2 <= NUMBER_DIGITS_MAX);
        d->digits[d->count++] = (uint8_t)(pair / 10);
        d->digits[d->count++] = (uint8_t)(pair % 10);
    }
    while (d->count > 0 && d->digits[d->count - 1] == 0)
        d->count--;
}

size_t number_code_bytes(const uint8_t *code, size_t bytes_max)
{
    bool negative;

    if (bytes_max == 0)
        return 0;
    if (code[0] == SIGN_ZERO)
        return 1;
    if (code[0] != SIGN_POSITIVE && code[0] != SIGN_NEGATIVE)
        return 0;
    negative = code[0] == SIGN_NEGATIVE;
    for (size_t n = 2; n < bytes_max && n < NUMBER_CODE_BYTES_MAX; n++) {
        int pair;

        if (code[n] == (negative ? END_NEGATIVE : END_POSITIVE)) {
            int last;

            if (n == 2)
                return 0;
            last = negative ? 254 - code[n - 1] : code[n - 1] - 1;
            return last == 0 ? 0 : n + 1; /* a last pair 00 would be a second code of the same value */
        }
        pair = negative ? 254 - code[n] : code[n] - 1;
        if (pair < 0 || pair > 99 || (n == 2 && pair < 10))
            return 0;
    }
    return 0;
}

size_t number_code_length(const uint8_t *code)
{
    uint8_t end = code[0] == SIGN_NEGATIVE ? END_NEGATIVE : END_POSITIVE;
    size_t n = 2;

    if (code[0] == SIGN_ZERO)
        return 1;
    while (n < NUMBER_CODE_BYTES_MAX - 1 && code[n] != end)
        n++;
    return n + 1;
}

/* ---- text to code ---- */

/* Reads an optional exponent part; false on bad syntax. Saturates far outside every range; *ret_beyond_64 tells an
 * exponent that no 64-bit integer holds. */
static bool exponent_read(struct slice text, size_t at, int64_t *ret, bool *ret_beyond_64)
{
    bool negative = false;
    uint64_t v = 0;
    bool beyond = false;

    if (at < text.n && (text.p[at] == '+' || text.p[at] == '-'))
        negative = text.p[at++] == '-';
    if (at == text.n)
        return false;
    for (; at < text.n; at++) {
        if (text.p[at] < '0' || text.p[at] > '9')
            return false;
        if (__builtin_mul_overflow(v, 10u, &v) || __builtin_add_overflow(v, (uint64_t)(text.p[at] - '0'), &v))
            beyond = true;
    }
    if (v > (uint64_t)INT64_MAX + (negative ? 1u : 0u))
        beyond = true;
    *ret_beyond_64 = beyond;
    if (beyond)
        *ret = 0;
    else
        *ret = negative ? (v > INT64_MAX ? INT64_MIN : -(int64_t)v) : (int64_t)v;
    return true;
}

static int64_t subtract_saturated(int64_t a, int64_t b)
{
    int64_t r;

    if (__builtin_sub_overflow(a, b, &r))
        return b > 0 ? INT64_MIN : INT64_MAX;
    return r;
}

/* What a pass over the mantissa finds. Digits beyond the 38th significant one matter only when they are not 0. */
struct mantissa {
    struct decimal d;      /* digits without leading zeros; exponent unset */
    int64_t significant;   /* digits from the first that is not 0 to the end, zeros included */
    int64_t last_non_zero; /* significant digits up to the last that is not 0 */
    int64_t fraction;      /* digits after the dot */
    size_t end;            /* where the exponent part begins, or the end of the text */
};

static bool mantissa_read(struct slice text, struct mantissa *m)
{
    size_t at = 0;
    bool dot = false, any = false;

    *m = (struct mantissa){0};
    if (at < text.n && (text.p[at] == '+' || text.p[at] == '-'))
        m->d.negative = text.p[at++] == '-';
    for (; at < text.n; at++) {
        uint8_t c = text.p[at];

        if (c == '.' && !dot) {
            dot = true;
            continue;
        }
        if (c < '0' || c > '9')
            break;
        any = true;
        m->fraction += dot;
        if (m->significant == 0 && c == '0')
            continue;
        if (m->significant < NUMBER_DIGITS_MAX)
            m->d.digits[m->significant] = (uint8_t)(c - '0');
        m->significant++;
        if (c != '0')
            m->last_non_zero = m->significant;
    }
    m->end = at;
    return any;
}

/*
 * The common case by itself: no exponent, no leading zeros, at most 38 digits with perhaps a dot among them. The digits
 * are the code. False: not such a one, nothing said.
 */
static bool plain_read(struct slice text, uint8_t *code, size_t *ret_bytes)
{
    bool negative = text.n != 0 && text.p[0] == '-';
    uint8_t digits[NUMBER_DIGITS_MAX + 1];
    size_t count = 0, whole = 0, n = 2;
    bool dot = false;

    if (text.n > NUMBER_DIGITS_MAX)
        return false;
    for (size_t i = negative; i < text.n; i++) {
        uint8_t digit = (uint8_t)(text.p[i] - '0');

        if (digit <= 9)
            digits[count++] = digit;
        else if (text.p[i] != '.' || dot)
            return false;
        else
            dot = true;
        whole += !dot;
    }
    if (count == 0 || whole == 0 || digits[0] == 0)
        return false;
    while (digits[count - 1] == 0) /* the first digit is not */
        count--;
    digits[count] = 0;
    code[0] = negative ? SIGN_NEGATIVE : SIGN_POSITIVE;
    code[1] = (uint8_t)(negative ? 255 - (EXPONENT_BIAS + whole - 1) : EXPONENT_BIAS + whole - 1);
    for (size_t i = 0; i < count; i += 2) {
        int pair = digits[i] * 10 + digits[i + 1];

        code[n++] = (uint8_t)(negative ? 254 - pair : pair + 1);
    }
    code[n++] = negative ? END_NEGATIVE : END_POSITIVE;
    *ret_bytes = n;
    return true;
}

enum number_result number_parse(struct slice text, bool exponent_32, uint8_t *code, size_t *ret_bytes)
{
    struct mantissa m;
    int64_t written = 0, digits, exponent;
    bool beyond_64 = false;

    if (text.n == 0)
        return NUMBER_EMPTY;
    if (plain_read(text, code, ret_bytes))
        return NUMBER_OK;
    if (!mantissa_read(text, &m))
        return NUMBER_SYNTAX;
    if (m.end < text.n) {
        if ((text.p[m.end] | 0x20) != 'e' || !exponent_read(text, m.end + 1, &written, &beyond_64) || beyond_64)
            return NUMBER_SYNTAX;
    }
    /* The classic reader keeps 32 bits of the scale: 1e2147483647 turns round. */
    if (exponent_32 && written == INT32_MAX)
        return NUMBER_UNDERFLOW;
    digits = m.significant == 0 ? 1 : m.significant;
    /* e = p - s - 1 with s = fraction - written (data-plane.md 1.4), without overflow of its own */
    exponent = subtract_saturated(written, m.fraction - digits + 1);
    if (exponent > NUMBER_EXPONENT_MAX)
        return NUMBER_OVERFLOW;
    if (exponent < NUMBER_EXPONENT_MIN)
        return NUMBER_UNDERFLOW;
    if (m.last_non_zero > NUMBER_DIGITS_MAX)
        return NUMBER_PRECISION;
    m.d.count = (int)m.last_non_zero;
    m.d.exponent = (int)exponent;
    *ret_bytes = encode(&m.d, code);
    return NUMBER_OK;
}

bool number_scale_is_32(struct slice text)
{
    struct mantissa m;
    int64_t written = 0, scale;
    bool beyond_64 = false;

    if (!mantissa_read(text, &m))
        return false;
    if (m.end < text.n && (!exponent_read(text, m.end + 1, &written, &beyond_64) || beyond_64))
        return false;
    if (written < INT32_MIN || written > INT32_MAX)
        return false;
    scale = m.fraction - written;
    return scale >= INT32_MIN && scale <= INT32_MAX;
}

/* ---- code to text ---- */

/* The significant digits as text, with perhaps a zero too many behind them; returns how many there are. */
static size_t digits_write(const uint8_t *code, size_t length, bool negative, char *text)
{
    size_t count = 2 * (length - 3);

    for (size_t i = 0; i < length - 3; i++) {
        unsigned pair = negative ? 254u - code[2 + i] : code[2 + i] - 1u;

        text[2 * i] = (char)('0' + pair / 10);
        text[2 * i + 1] = (char)('0' + pair % 10);
    }
    return text[count - 1] == '0' ? count - 1 : count;
}

size_t number_format(const uint8_t *code, char *text)
{
    bool negative = code[0] == SIGN_NEGATIVE;
    size_t length = number_code_length(code), n = 0, count, whole;
    int exponent;

    if (length == 1) { /* zero */
        text[0] = '0';
        return 1;
    }
    if (negative)
        text[n++] = '-';
    exponent = (negative ? 255 - code[1] : code[1]) - EXPONENT_BIAS;
    if (exponent < 0) {
        text[n++] = '0';
        text[n++] = '.';
        for (int i = -1; i > exponent; i--)
            text[n++] = '0';
        return n + digits_write(code, length, negative, text + n);
    }
    count = digits_write(code, length, negative, text + n);
    whole = (size_t)exponent + 1;
    if (whole < count) {
        memmove(text + n + whole + 1, text + n + whole, count - whole);
        text[n + whole] = '.';
        return n + count + 1;
    }
    memset(text + n + count, '0', whole - count);
    return n + whole;
}

/* ---- arithmetic ---- */

/*
 * Sums are computed in a row of digits that spans both numbers: from the higher exponent (plus one for a carry) down to
 * the lower last digit. When that is more than the row holds, the result cannot have 38 digits or less, unless one of
 * them is zero.
 */
#define ROW_DIGITS (2 * NUMBER_DIGITS_MAX + 2)

static int last_exponent(const struct decimal *d)
{
    return d->exponent - d->count + 1;
}

/* Compares magnitudes. */
static int magnitude_compare(const struct decimal *a, const struct decimal *b)
{
    if (a->exponent != b->exponent)
        return a->exponent - b->exponent;
    for (int i = 0; i < a->count || i < b->count; i++) {
        int x = i < a->count ? a->digits[i] : 0, y = i < b->count ? b->digits[i] : 0;

        if (x != y)
            return x - y;
    }
    return 0;
}

/* row[i] is the digit of exponent top - i. */
static void row_put(int *row, int top, const struct decimal *d, int sign)
{
    for (int i = 0; i < d->count; i++)
        row[top - (d->exponent - i)] += sign * d->digits[i];
}

static void row_normalise(int *row, int digits)
{
    for (int i = digits - 1; i > 0; i--) {
        while (row[i] < 0) {
            row[i] += 10;
            row[i - 1]--;
        }
        row[i - 1] += row[i] / 10;
        row[i] %= 10;
    }
}

static enum number_result row_take(const int *row, int digits, int top, struct decimal *d)
{
    int first = 0, last = digits - 1;

    while (first < digits && row[first] == 0)
        first++;
    if (first == digits) {
        *d = (struct decimal){0};
        return NUMBER_OK;
    }
    while (row[last] == 0)
        last--;
    if (last - first + 1 > NUMBER_DIGITS_MAX)
        return NUMBER_OVERFLOW;
    d->count = last - first + 1;
    d->exponent = top - first;
    for (int i = 0; i < d->count; i++)
        d->digits[i] = (uint8_t)row[first + i];
    if (d->exponent > NUMBER_EXPONENT_MAX)
        return NUMBER_OVERFLOW;
    if (d->exponent < NUMBER_EXPONENT_MIN)
        return NUMBER_UNDERFLOW;
    return NUMBER_OK;
}

static enum number_result add(const struct decimal *a, const struct decimal *b, struct decimal *sum)
{
    int row[ROW_DIGITS] = {0};
    int top, bottom, digits;
    const struct decimal *large = a, *small = b;
    enum number_result result;

    if (magnitude_compare(a, b) < 0) {
        large = b;
        small = a;
    }
    top = large->exponent + 1;
    bottom = last_exponent(a) < last_exponent(b) ? last_exponent(a) : last_exponent(b);
    digits = top - bottom + 1;
    if (digits > ROW_DIGITS)
        return NUMBER_OVERFLOW;
    row_put(row, top, large, 1);
    row_put(row, top, small, large->negative == small->negative ? 1 : -1);
    row_normalise(row, digits);
    *sum = (struct decimal){0};
    result = row_take(row, digits, top, sum);
    sum->negative = sum->count != 0 && large->negative;
    return result;
}

enum number_result number_add(const uint8_t *a, const uint8_t *b, bool subtract, uint8_t *code, size_t *ret_bytes)
{
    struct decimal x, y, sum;
    enum number_result result = NUMBER_OK;

    decode(a, &x);
    decode(b, &y);
    if (subtract)
        y.negative = !y.negative;
    if (x.count == 0)
        sum = y;
    else if (y.count == 0)
        sum = x;
    else
        result = add(&x, &y, &sum);
    if (result != NUMBER_OK)
        return result;
    *ret_bytes = encode(&sum, code);
    return NUMBER_OK;
}

uint32_t number_size(const uint8_t *code)
{
    bool negative = code[0] == SIGN_NEGATIVE;
    int length = (int)number_code_length(code), count, last, integer, fraction;

    if (length == 1) /* zero */
        return 1;
    last = negative ? 254 - code[length - 2] : code[length - 2] - 1;
    count = 2 * (length - 3) - (last % 10 == 0);
    /* digits before the dot, clamped to those that are significant; the rest is fraction */
    integer = (negative ? 255 - code[1] : code[1]) - EXPONENT_BIAS + 1;
    integer = integer < 0 ? 0 : integer > count ? count : integer;
    fraction = count - integer;
    return (uint32_t)(1 + (integer + 1) / 2 + (fraction + 1) / 2 + negative);
}

void number_from_int(int64_t v, uint8_t *code, size_t *ret_bytes)
{
    struct decimal d = {.negative = v < 0};
    uint64_t magnitude = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    uint8_t reversed[20];
    int n = 0;

    for (; magnitude != 0; magnitude /= 10)
        reversed[n++] = (uint8_t)(magnitude % 10);
    d.count = n;
    d.exponent = n - 1;
    for (int i = 0; i < n; i++)
        d.digits[i] = reversed[n - 1 - i];
    while (d.count > 0 && d.digits[d.count - 1] == 0)
        d.count--;
    if (d.count == 0)
        d = (struct decimal){0};
    *ret_bytes = encode(&d, code);
}

int64_t number_to_int(const uint8_t *code)
{
    struct decimal d;
    int64_t v = 0;

    decode(code, &d);
    if (d.count == 0 || d.exponent < 0)
        return 0;
    for (int i = 0; i <= d.exponent; i++) {
        int digit = i < d.count ? d.digits[i] : 0;

        if (__builtin_mul_overflow(v, 10, &v) || __builtin_sub_overflow(v, digit, &v))
            return d.negative ? INT64_MIN : INT64_MAX;
    }
    if (d.negative)
        return v;
    return v == INT64_MIN ? INT64_MAX : -v;
}
