/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Dates as signatures write them: ISO 8601 basic format, "20130524T000000Z". Own arithmetic on the Gregorian calendar,
 * because the library's reads the time zone database and knows locales.
 */
#include "auth/auth_int.h"

#include <stdio.h>

/* Days from 1970-01-01 to a date of the Gregorian calendar, year >= 1970. Years are counted from March, so that the
 * leap day is the last. */
static uint64_t days_of(uint32_t year, uint32_t month, uint32_t day)
{
    uint32_t y = month <= 2 ? year - 1 : year;
    uint32_t m = (month + 9) % 12;
    uint64_t days = (uint64_t)y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day - 1;

    return days - 719468;
}

static bool is_leap(uint32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static uint32_t days_of_month(uint32_t year, uint32_t month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

static bool number(struct slice text, size_t at, size_t digits, uint32_t *ret)
{
    uint32_t n = 0;

    for (size_t i = at; i < at + digits; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        n = n * 10 + (uint32_t)(text.p[i] - '0');
    }
    *ret = n;
    return true;
}

bool auth__date_parse(struct slice text, uint64_t *ret_s)
{
    uint32_t year, month, day, hour, minute, second;

    if (text.n != AUTH_DATE_BYTES || text.p[8] != 'T' || text.p[15] != 'Z')
        return false;
    if (!number(text, 0, 4, &year) || !number(text, 4, 2, &month) || !number(text, 6, 2, &day) ||
        !number(text, 9, 2, &hour) || !number(text, 11, 2, &minute) || !number(text, 13, 2, &second))
        return false;
    if (year < 1970 || month < 1 || month > 12 || day < 1 || day > days_of_month(year, month) || hour > 23 ||
        minute > 59 || second > 59)
        return false;
    *ret_s = days_of(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
    return true;
}

void auth__date_print(uint64_t s, char ret[AUTH_DATE_BYTES + 1])
{
    uint64_t days = s / 86400 + 719468; /* since 0000-03-01 */
    uint32_t era_day = (uint32_t)(days % 146097), rest = (uint32_t)(s % 86400);
    uint32_t era_year = (era_day - era_day / 1460 + era_day / 36524 - era_day / 146096) / 365;
    uint32_t year_day = era_day - (365 * era_year + era_year / 4 - era_year / 100);
    uint32_t m = (5 * year_day + 2) / 153;
    uint32_t day = year_day - (153 * m + 2) / 5 + 1, month = m < 10 ? m + 3 : m - 9;
    uint32_t year = (uint32_t)(days / 146097) * 400 + era_year + (month <= 2);

    (void)snprintf(ret, AUTH_DATE_BYTES + 1, "%04u%02u%02uT%02u%02u%02uZ", year % 10000, month % 100, day % 100,
        rest / 3600 % 100, rest / 60 % 60, rest % 60);
}
