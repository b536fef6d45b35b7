/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Fills with bytes that nobody can foresee (getrandom); ends the process when the system has none. */
void os_entropy(void *bytes, size_t n);
