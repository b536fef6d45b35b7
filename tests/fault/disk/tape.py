# SPDX-License-Identifier: Apache-2.0
"""The test's end of the tape (tape.h): the file that a server under libdisk.so notes its changes in and takes orders from.

    tape = Tape(root)
    Server(..., environment=tape.environment())
    tape.fail("write", nth=3, error=errno.EIO)

With `sync_us` syncs are not done, they only take that long: the longer, the wider the gap in which a reply could leave too early. `root` is the folder whose changes count; it must exist and should hold the whole data folder, so that the making of the
data folder is noted too.
"""

import collections
import ctypes
import errno as errnos
import mmap
import os
import tempfile

from lib.server import PROGRAM

LIBRARY = os.path.join(os.path.dirname(os.path.abspath(PROGRAM)), "tests", "fault", "disk", "libdisk.so")
MAGIC = 0x3145504154525453
HEAD_BYTES = 4096
CAPACITY = 1 << 30  # sparse: only what is used is there
(START, CREATE, WRITE, RESIZE, SYNC, RENAME, UNLINK, LINK, MKDIR, RMDIR, SETTLE, SENT, DOOM) = range(1, 14)
CALLS = {"write": 1, "sync": 2, "open": 3, "name": 4, "read": 5, "size": 6, "range": 7, "close": 8}
MODES = {"once": 0, "a while": 1, "for good": 2, "short": 3, "half": 4, "kill": 5, "half, kill": 6}

Event = collections.namedtuple("Event", "position kind file offset number path data")


class Fault(ctypes.LittleEndianStructure):
    _fields_ = [("call", ctypes.c_uint32), ("mode", ctypes.c_uint32), ("error", ctypes.c_uint32), ("armed", ctypes.c_uint32),
                ("countdown", ctypes.c_int64), ("tripped", ctypes.c_uint64)]


class Head(ctypes.LittleEndianStructure):
    _fields_ = [("magic", ctypes.c_uint64), ("capacity", ctypes.c_uint64), ("count", ctypes.c_uint64), ("used", ctypes.c_uint64),
                ("sync_us", ctypes.c_uint64), ("fault", Fault), ("calls", ctypes.c_uint64 * 9)]


class EventHead(ctypes.LittleEndianStructure):
    _fields_ = [("bytes", ctypes.c_uint32), ("kind", ctypes.c_uint32), ("file", ctypes.c_uint64), ("offset", ctypes.c_uint64),
                ("number", ctypes.c_uint64), ("path_bytes", ctypes.c_uint32), ("data_bytes", ctypes.c_uint32)]


class Tape:
    def __init__(self, root, noting=True, sync_us=0):
        self.root = root
        self.file = tempfile.NamedTemporaryFile(prefix="stator-tape-")
        self.file.truncate(HEAD_BYTES + (CAPACITY if noting else 0))
        self.memory = mmap.mmap(self.file.fileno(), 0)
        self.head = Head.from_buffer(self.memory)
        self.head.capacity = CAPACITY if noting else 0
        self.head.sync_us = sync_us
        self.head.magic = MAGIC

    def environment(self):
        """What makes a server write here."""
        return {"LD_PRELOAD": LIBRARY, "STATOR_TAPE": self.file.name, "STATOR_TAPE_ROOT": self.root}

    @property
    def position(self):
        """How many events there are: whatever happens from now on stands at or behind it."""
        return self.head.count

    def fail(self, call, nth, error, mode="once"):
        """The nth call of that kind from now on fails with `error`; see enum tape_mode."""
        fault = self.head.fault
        fault.armed = 0
        fault.call, fault.mode, fault.error, fault.tripped, fault.countdown = CALLS[call], MODES[mode], error, 0, nth
        fault.armed = 1

    def heal(self):
        """No call fails any more. Returns how many did."""
        self.head.fault.armed = 0
        return self.head.fault.tripped

    def calls(self, call):
        return self.head.calls[CALLS[call]]

    def events(self, first=0):
        """All events so far, in order."""
        at = HEAD_BYTES
        for position in range(self.head.count):
            head = EventHead.from_buffer_copy(self.memory, at)
            if position >= first:
                body = at + ctypes.sizeof(EventHead)
                yield Event(position, head.kind, head.file, head.offset, head.number,
                            self.memory[body : body + head.path_bytes].decode(),
                            self.memory[body + head.path_bytes : body + head.path_bytes + head.data_bytes])
            at += head.bytes

    def close(self):
        del self.head
        self.memory.close()
        self.file.close()


def error_name(number):
    return errnos.errorcode.get(number, str(number))
