/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/err.h"

/*
 * Makes a folder and those above it that are missing, for the owner alone (0700), each durable in the one above it when
 * this returns: what is synced inside a folder whose own name is lost is lost with it. A folder that exists stays as it
 * is.
 *
 * ERR_IO: errno tells why. Blocks on the disk.
 */
enum err folder_make(const char *path);
