# SPDX-License-Identifier: Apache-2.0
"""
Fibers in gdb:   (gdb) source tools/gdb_fibers.py

    fibers           lists the fibers of every worker with the functions they wait in
    fiber ADDRESS    prints the whole stack of one, with source lines

A parked fiber has no thread, so gdb's own `bt` does not show it. What it needs to be unwound is on its stack: the
saved stack pointer leads to the registers that the switch saved (src/os/context.S), and from there the chain of frame
pointers, which all builds keep, leads to the end, where the frame pointer is zero. Only memory is read, so core files
work as well as live processes. The fiber that runs at the moment is the one its worker's thread shows.
"""

import gdb

# Offsets in the frame that os__context_switch leaves: the frame pointer and the return address.
FRAMES = {"x86-64": (40, 48), "aarch64": (0, 8)}
WAITS = ("running", "token", "parked")


def word(address):
    return int.from_bytes(gdb.selected_inferior().read_memory(address, 8).tobytes(), "little")


def frame_offsets():
    name = gdb.selected_inferior().architecture().name()
    return FRAMES["aarch64"] if "aarch64" in name else FRAMES["x86-64"]


def return_addresses(fiber):
    """The program counters of a fiber that is not running, innermost first."""
    sp = int(fiber["context"]["sp"])
    low = int(fiber["context"]["stack"])
    high = low + int(fiber["context"]["stack_bytes"])
    at_frame, at_return = frame_offsets()
    frame = word(sp + at_frame)
    yield word(sp + at_return)
    while low <= frame < high - 8:
        pc = word(frame + 8)
        if pc == 0:
            return
        yield pc
        frame = word(frame)


def function_name(pc):
    block = gdb.block_for_pc(pc - 1)
    while block is not None and block.function is None:
        block = block.superblock
    return block.function.name if block is not None else hex(pc)


def source_line(pc):
    place = gdb.find_pc_line(pc - 1)
    return "%s:%d" % (place.symtab.filename, place.line) if place.symtab else "?"


def workers():
    all_workers = gdb.parse_and_eval("os__workers")
    if int(all_workers) == 0:
        raise gdb.GdbError("no workers run")
    for i in range(int(all_workers["count"])):
        yield all_workers["at"][i].dereference()


def fibers_of(worker):
    fiber = worker["all"]
    while int(fiber) != 0:
        yield fiber.dereference()
        fiber = fiber["all_next"]


def is_live(fiber):
    return int(fiber["context"]["stack"]) != 0 and not bool(fiber["ended"])


def waits_in(fiber):
    """Where it waits, without the machinery of waiting."""
    skip = ("os__context_", "leave", "fiber_park", "fiber_yield")
    names = [function_name(pc) for pc in return_addresses(fiber)]
    names = [name for name in names if not name.startswith(skip)]
    return " < ".join(names[:4])


class Fibers(gdb.Command):
    """List the fibers of every worker."""

    def __init__(self):
        super().__init__("fibers", gdb.COMMAND_STACK)

    def invoke(self, argument, from_tty):
        for worker in workers():
            running = int(worker["running"])
            live = [fiber for fiber in fibers_of(worker) if is_live(fiber)]
            print("worker %d: %d fibers" % (int(worker["index"]), len(live)))
            for fiber in live:
                address = int(fiber.address)
                if address == running:
                    print("  %#x  runs" % address)
                else:
                    wait = WAITS[int(fiber["wait"])]
                    print("  %#x  %-7s %s" % (address, wait, waits_in(fiber)))


class Fiber(gdb.Command):
    """Print the stack of a fiber that does not run: fiber ADDRESS."""

    def __init__(self):
        super().__init__("fiber", gdb.COMMAND_STACK)

    def invoke(self, argument, from_tty):
        if not argument:
            raise gdb.GdbError("fiber ADDRESS (see: fibers)")
        fiber = gdb.parse_and_eval("*(struct fiber *)(%s)" % argument)
        if not is_live(fiber):
            raise gdb.GdbError("that fiber has ended")
        for i, pc in enumerate(return_addresses(fiber)):
            print("#%-2d %#x in %s () at %s" % (i, pc, function_name(pc), source_line(pc)))


Fibers()
Fiber()
