/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/*
 * The tape: a file, mapped by the server under test and by the test that drives it, that takes every change of the
 * server's files in the order in which they happened, and the moments at which replies left. It also carries orders in
 * the other direction: which call is to fail (struct tape_fault). tape.py reads and writes the same layout.
 *
 * The file outlives the server, however that ends. Little-endian, no padding.
 */
#define TAPE_MAGIC      0x3145504154525453ull /* "STRTAPE1" */
#define TAPE_HEAD_BYTES 4096

/* What happened. `file` is an inode number: names come and go, and a file may have none or two. */
enum tape_event_kind {
    TAPE_START = 1,   /* a process begins to write here */
    TAPE_CREATE = 2,  /* path: a name that was not there, and the file behind it */
    TAPE_WRITE = 3,   /* data at offset */
    TAPE_RESIZE = 4,  /* the file is `number` bytes long now */
    TAPE_SYNC = 5,    /* what happened to the file before event `number` is durable */
    TAPE_RENAME = 6,  /* path to the path in data */
    TAPE_UNLINK = 7,  /* path */
    TAPE_LINK = 8,    /* path, and the new name in data */
    TAPE_MKDIR = 9,   /* path */
    TAPE_RMDIR = 10,  /* path */
    TAPE_SETTLE = 11, /* names in the folder `path` that changed before event `number` are durable */
    TAPE_SENT = 12,   /* data: the request ID of a reply that is about to leave */
    TAPE_DOOM = 13,   /* a sync of the file failed: what was not durable then never will be */
};

/* One event; path and data follow, the whole filled up to 8 bytes. */
struct tape_event {
    uint32_t bytes; /* of the whole */
    uint32_t kind;
    uint64_t file;
    uint64_t offset;
    uint64_t number;
    uint32_t path_bytes;
    uint32_t data_bytes;
};

/* Calls that may be told to fail. */
enum tape_call {
    TAPE_CALL_NONE = 0,
    TAPE_CALL_WRITE = 1,
    TAPE_CALL_SYNC = 2, /* fsync and fdatasync, of files and of folders */
    TAPE_CALL_OPEN = 3,
    TAPE_CALL_NAME = 4, /* rename, unlink, link, mkdir */
    TAPE_CALL_READ = 5,
    TAPE_CALL_SIZE = 6,  /* ftruncate, fallocate */
    TAPE_CALL_RANGE = 7, /* sync_file_range */
    TAPE_CALL_CLOSE = 8,
    TAPE_CALLS = 9,
};

enum tape_mode {
    TAPE_ONCE = 0,
    TAPE_A_WHILE = 1,        /* this call and some after it */
    TAPE_FOR_GOOD = 2,       /* this call and all after it */
    TAPE_SHORT = 3,          /* half of the bytes, and no error: legal */
    TAPE_HALF_THEN_FAIL = 4, /* half of the bytes are written and the call fails all the same */
    TAPE_KILL = 5,           /* the process is killed instead of the call */
    TAPE_HALF_THEN_KILL = 6, /* the same, of a write, when half of it is done */
};
#define TAPE_A_WHILE_CALLS 6

/* An order of the test. The server's side counts `countdown` down at each call of the kind; at 1 it begins to fail. */
struct tape_fault {
    uint32_t call;
    uint32_t mode;
    uint32_t error; /* errno */
    uint32_t armed; /* 0: nothing is to fail */
    int64_t countdown;
    uint64_t tripped; /* calls that failed by it */
};

struct tape_head {
    uint64_t magic;
    uint64_t capacity; /* of events, in bytes; 0: take orders, note nothing */
    uint64_t count;    /* events noted; a reader may look at any time */
    uint64_t used;     /* their bytes */
    uint64_t sync_us;  /* not 0: a sync is not done, it only takes that long */
    struct tape_fault fault;
    uint64_t calls[TAPE_CALLS]; /* seen so far, by kind */
};

/* Maps the file that STATOR_TAPE names. NULL: there is none, and nothing is to be noted. */
struct tape_head *tape_open(void);
/* Order of events is the order of calls between lock and unlock: hold it over what is done and its note. */
void tape_lock(void);
void tape_unlock(void);
/* The tape is locked. A tape that is full ends the process: half a record proves nothing. */
void tape_note(struct tape_head *tape, struct tape_event event, const char *path, const void *data, size_t data_bytes);
/* As kill -9 from outside. */
_Noreturn void tape_kill(void);
/* How the call that is about to be made must fail; -1: not at all. */
int tape_trip(struct tape_head *tape, enum tape_call call);
