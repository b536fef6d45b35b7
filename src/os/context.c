/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Stacks: mapping, the first frame, and what the sanitizers want to know about a switch. The switch itself is
 * context.S.
 *
 *      low                                                     high
 *      | guard, no access | ............ stack, grows down <-- |
 *                         ^ context.stack                      ^ first frame
 *
 * A stack is mapped once and used by many fibers one after the other. Before the next one starts, its shadow is
 * cleared: frames that were left without returning would else look like live, poisoned ones.
 */
#include "os/context.h"

#include <stdint.h>
#include <sys/mman.h>

#include "base/assert.h"

#if defined(OS_ASAN)
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif
#if defined(OS_TSAN)
#include <sanitizer/tsan_interface.h>
#endif

void os__context_switch(void **ret_sp, void *sp);
void os__context_start(void);

void os__context_of_thread(struct context *ret)
{
    *ret = (struct context){0};
#if defined(OS_TSAN)
    ret->tsan = __tsan_get_current_fiber();
#endif
}

bool os__context_map(struct context *ret)
{
    char *low = mmap(NULL, OS_GUARD_BYTES + OS_STACK_BYTES, PROT_READ | PROT_WRITE,
        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);

    if (low == MAP_FAILED)
        return false;
    if (mprotect(low, OS_GUARD_BYTES, PROT_NONE) != 0) {
        (void)munmap(low, OS_GUARD_BYTES + OS_STACK_BYTES); /* already failing */
        return false;
    }
    *ret = (struct context){.stack = low + OS_GUARD_BYTES, .stack_bytes = OS_STACK_BYTES};
#if defined(OS_TSAN)
    ret->tsan = __tsan_create_fiber(0);
#endif
    return true;
}

void os__context_unmap(struct context *context)
{
    if (context->stack == NULL)
        return;
#if defined(OS_TSAN)
    __tsan_destroy_fiber(context->tsan);
#endif
#if defined(OS_ASAN)
    __asan_unpoison_memory_region(context->stack, context->stack_bytes);
#endif
    ASSERT(munmap((char *)context->stack - OS_GUARD_BYTES, OS_GUARD_BYTES + context->stack_bytes) == 0);
    *context = (struct context){0};
}

void os__context_prepare(struct context *context, void (*fn)(void *argument), void *argument)
{
    uintptr_t *top = (uintptr_t *)((char *)context->stack + context->stack_bytes);

#if defined(OS_ASAN)
    __asan_unpoison_memory_region(context->stack, context->stack_bytes);
    context->asan_fake = NULL;
#endif
    /* What os__context_switch takes off when it goes there. A zero frame pointer ends the chain of frames. */
#if defined(__x86_64__)
    uintptr_t *frame = top - 9;              /* leaves the stack aligned to 16 at the call, and two zero words above */
    frame[0] = 0;                            /* r15 */
    frame[1] = 0;                            /* r14 */
    frame[2] = (uintptr_t)argument;          /* r13 */
    frame[3] = (uintptr_t)fn;                /* r12 */
    frame[4] = 0;                            /* rbx */
    frame[5] = 0;                            /* rbp */
    frame[6] = (uintptr_t)os__context_start; /* return address */
    frame[7] = 0;
    frame[8] = 0;
#else
    uintptr_t *frame = top - 20;
    for (int i = 0; i < 20; i++)
        frame[i] = 0;
    frame[1] = (uintptr_t)os__context_start; /* x30 */
    frame[2] = (uintptr_t)fn;                /* x19 */
    frame[3] = (uintptr_t)argument;          /* x20 */
#endif
    context->sp = frame;
}

void os__context_entered(struct context *from)
{
#if defined(OS_ASAN)
    const void *bottom;
    size_t bytes;

    __sanitizer_finish_switch_fiber(NULL, &bottom, &bytes);
    if (from->stack == NULL) {
        from->stack = (void *)(uintptr_t)bottom;
        from->stack_bytes = bytes;
    }
#else
    (void)from;
#endif
}

void os__context_change(struct context *from, struct context *to, bool last)
{
#if defined(OS_ASAN)
    __sanitizer_start_switch_fiber(last ? NULL : &from->asan_fake, to->stack, to->stack_bytes);
#endif
#if defined(OS_TSAN)
    __tsan_switch_to_fiber(to->tsan, 0);
#endif
    (void)last;
    os__context_switch(&from->sp, to->sp);
#if defined(OS_ASAN)
    __sanitizer_finish_switch_fiber(from->asan_fake, NULL, NULL);
#endif
}
