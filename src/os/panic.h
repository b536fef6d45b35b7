/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/*
 * What is said when the process must end: by a failed ASSERT, for want of memory, in a library's abort, on a bad
 * address. The condition stands first (whoever failed printed it), then the signal, the build, the stack, and the last
 * lines of the log.
 */

/* From now on fatal signals are reported on standard error, then take their usual way (a core file, if the system makes
 * any). `build` is static. Call once, before threads start. In sanitizer builds only aborts are: their own reports are
 * better. */
void panic_install(const char *build);
