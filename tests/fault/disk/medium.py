# SPDX-License-Identifier: Apache-2.0
"""What is on the disk when the power goes: a model of a file system, fed with the events of a tape.

It knows what POSIX promises and no more:

    a sync of a file      makes its bytes and its length durable as they were when the sync began, not its name
    a failed sync         dooms them: the system may have thrown them away, and the next sync says nothing of it
    a sync of a folder    makes the names in it durable as they were when the sync began
    a change of names     by one system call is there as a whole or not at all

Everything else is in the air: `pending`, of a file or of the names. A Fate says what becomes of it: all of it `lost`, or `kept`;
else bytes are torn, and of the names those up to a moment survive (`journal`: as all file systems of today do it), any of
them (`loose`), or the last change alone (`one`).

Changes of files with several names or in several folders are followed by inode, so a rename moves what is pending.
"""

import os
import random

from fault.disk.tape import CREATE, DOOM, LINK, MKDIR, RENAME, RESIZE, RMDIR, SETTLE, SYNC, UNLINK, WRITE

FOLDER = "folder"


class File:
    """`stable` is what is durable; `pending` are (position, function of the content) since."""

    def __init__(self, content=b""):
        self.stable, self.pending = bytearray(content), []

    def sync(self, before):
        while self.pending and self.pending[0][0] < before:
            change(self.stable, *self.pending.pop(0)[1:])

    def doom(self, before):
        self.pending = [one for one in self.pending if one[0] >= before]


def change(content, offset, data):
    """A write, or a new length (data None)."""
    if data is None:
        if offset < len(content):
            del content[offset:]
        else:
            content.extend(bytes(offset - len(content)))
        return
    if offset > len(content):
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


class Fate:
    """What becomes of that which was not synced. One instance decides over one cut."""

    def __init__(self, name, seed):
        self.name, self.chance = name, random.Random(seed)

    def names(self, pending):
        """Those of the changes of names that survive, in order."""
        if self.name == "lost":
            return []
        if self.name == "kept":
            return pending
        if self.name == "one":
            return pending[-1:]
        if self.name == "loose":
            return [one for one in pending if self.chance.random() < 0.5]
        return pending[:self.chance.randint(0, len(pending))]

    def content(self, file):
        """What is found of the file."""
        content = bytearray(file.stable)
        if self.name == "lost":
            return content
        changes = [one[1:] for one in file.pending]
        if self.name == "kept":
            for offset, data in changes:
                change(content, offset, data)
            return content
        for offset, data in self.torn(changes) if self.chance.random() < 0.5 else self.prefix(changes):
            change(content, offset, data)
        return content

    def prefix(self, changes):
        """Everything up to one byte; the usual end of a log."""
        whole = self.chance.randint(0, len(changes))
        yield from changes[:whole]
        if whole < len(changes) and changes[whole][1]:
            offset, data = changes[whole]
            yield offset, data[:self.chance.randrange(len(data))]

    def torn(self, changes):
        """Sectors or pages survive one by one; now and then one holds what was never written there."""
        unit = self.chance.choice((512, 4096))
        for offset, data in changes:
            if data is None:
                if self.chance.random() < 0.5:
                    yield offset, data
                continue
            for start, end in pieces(offset, len(data), unit):
                draw = self.chance.random()
                if draw < 0.6:
                    yield start, data[start - offset : end - offset]
                elif draw < 0.65:
                    yield start, self.chance.randbytes(end - start)


def pieces(offset, length, unit):
    """The parts of a run of bytes between multiples of `unit`."""
    start, stop = offset, offset + length
    while start < stop:
        end = min(stop, start - start % unit + unit)
        yield start, end
        start = end


FATES = ("lost", "kept", "journal", "loose", "one")


class Medium:
    """Apply the events of a tape one after the other, and at any moment `make` the folder that a power cut leaves."""

    def __init__(self, deaf=()):
        """`deaf` names kinds of syncs that do nothing, to see a test fail."""
        self.deaf = deaf
        self.files = {}  # by inode, as it is now
        self.present, self.stable = {}, {}  # name to File or FOLDER
        self.pending = []  # (position, {name: File, FOLDER or None}) that no sync of the folder has settled

    def load(self, root):
        """Begins with a folder that has lain there for long: all of it is durable."""
        for folder, _, files in os.walk(root):
            inside = os.path.relpath(folder, root)
            if inside != ".":
                self.stable[inside] = FOLDER
            for name in files:
                path = os.path.join(folder, name)
                with open(path, "rb") as content:
                    self.files[os.stat(path).st_ino] = self.stable[os.path.normpath(os.path.join(inside, name))] = File(content.read())
        self.present = dict(self.stable)

    def apply(self, event):
        kind, path = event.kind, event.path
        if kind == CREATE:
            self.files[event.file] = File()
            self.rename(event, {path: self.files[event.file]})
        elif kind == WRITE:
            self.files[event.file].pending.append((event.position, event.offset, event.data))
        elif kind == RESIZE:
            self.files[event.file].pending.append((event.position, event.number, None))
        elif kind == SYNC and SYNC not in self.deaf:
            self.files[event.file].sync(event.number)
        elif kind == DOOM:
            self.files[event.file].doom(event.number)
        elif kind == RENAME:
            self.rename(event, {path: None, event.data.decode(): self.present[path]})
        elif kind == LINK:
            self.rename(event, {event.data.decode(): self.present[path]})
        elif kind in (UNLINK, RMDIR):
            self.rename(event, {path: None})
        elif kind == MKDIR:
            self.rename(event, {path: FOLDER})
        elif kind == SETTLE and SETTLE not in self.deaf:
            self.settle(path, event.number)

    def rename(self, event, names):
        self.present.update(names)
        self.pending.append((event.position, names))

    def settle(self, folder, before):
        left = []
        for position, names in self.pending:
            if position < before and all(os.path.dirname(name) == folder for name in names):
                self.stable.update(names)
            else:
                left.append((position, names))
        self.pending = left

    def make(self, root, fate):
        """Makes the folder `root` as it is found."""
        names = dict(self.stable)
        for _, changed in fate.names(self.pending):
            names.update(changed)
        os.mkdir(root)
        for name in sorted(name for name, what in names.items() if what is FOLDER):
            if os.path.isdir(os.path.dirname(os.path.join(root, name))):
                os.mkdir(os.path.join(root, name))
        for name, what in sorted((name, what) for name, what in names.items() if isinstance(what, File)):
            path = os.path.join(root, name)
            if os.path.isdir(os.path.dirname(path)):
                with open(path, "wb") as file:
                    file.write(fate.content(what))
