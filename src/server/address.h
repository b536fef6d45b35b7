/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* True when only this machine can reach the address: HOST:PORT with a host of 127.0.0.0/8, ::1 or localhost. */
bool address_is_loopback(const char *listen);
/* The port asked for; 0 when there is none. */
uint16_t address_port(const char *listen);
/* Writes host:port as a client on this machine can dial it: the port that was bound, and for "any address" the loopback
 * one. */
void address_dialed(const char *listen, uint16_t port, char *ret, size_t bytes_max);
