/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A fiber that uses up its stack touches the guard below it. The handler here runs on a stack of its own, says so with
 * the name of the worker, and then lets the process end the way it would have ended: whatever handled the signal
 * before is put back and the instruction runs again. Every other fault is handed on untouched.
 *
 * Only async-signal-safe calls; the thread-local worker is read, which is safe for a variable of the program itself.
 */
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/assert.h"
#include "os/worker_int.h"

#define SIGNAL_STACK_BYTES ((size_t)64 << 10)

static struct sigaction segv_before, bus_before;

static void say(const char *text)
{
    if (write(STDERR_FILENO, text, strlen(text)) < 0)
        return; /* nobody to tell */
}

static void say_number(uint64_t n)
{
    char digits[24];
    size_t at = sizeof(digits) - 1;

    digits[at] = '\0';
    do {
        digits[--at] = (char)('0' + n % 10);
        n /= 10;
    } while (n != 0);
    say(digits + at);
}

static bool in_guard(const struct fiber *fiber, uintptr_t address)
{
    uintptr_t low = (uintptr_t)fiber->context.stack;

    return address < low && address >= low - OS_GUARD_BYTES;
}

static void on_fault(int signal, siginfo_t *info, void *machine)
{
    struct worker *worker = os__worker_here;
    struct fiber *fiber = worker == NULL ? NULL : worker->running;

    (void)machine;
    if (fiber != NULL && in_guard(fiber, (uintptr_t)info->si_addr)) {
        say("fatal: a fiber used up its stack of ");
        say_number(fiber->context.stack_bytes / 1024);
        say(" KiB on worker ");
        say_number(worker->index);
        say("\n");
    }
    (void)sigaction(signal, signal == SIGBUS ? &bus_before : &segv_before, NULL); /* the fault repeats and ends us */
}

void os__overflow_install(void)
{
    static bool installed;
    struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK};

    if (installed)
        return;
    installed = true;
    sigemptyset(&action.sa_mask);
    ASSERT(sigaction(SIGSEGV, &action, &segv_before) == 0);
    ASSERT(sigaction(SIGBUS, &action, &bus_before) == 0);
}

void os__overflow_thread_begin(struct worker *worker)
{
    stack_t stack = {.ss_size = SIGNAL_STACK_BYTES};

    worker->signal_stack = malloc(SIGNAL_STACK_BYTES);
    ASSERT(worker->signal_stack != NULL); /* small allocations do not fail */
    stack.ss_sp = worker->signal_stack;
    ASSERT(sigaltstack(&stack, NULL) == 0);
}

void os__overflow_thread_end(struct worker *worker)
{
    stack_t none = {.ss_flags = SS_DISABLE};

    ASSERT(sigaltstack(&none, NULL) == 0);
    free(worker->signal_stack);
    worker->signal_stack = NULL;
}
