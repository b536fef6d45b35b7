/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "engine/engine.h"
#include "engine/rocksdb/hooks.h"
#include "os/fiber.h"

/*
 * What the engine tests share: an engine in a temporary folder with a clock that the test moves, decisions in one line,
 * and fibers on real workers. The suite is compiled once per engine; ENGINE_MEMORY chooses.
 */
struct lab {
    struct engine *engine;
    struct fiber *self;              /* this thread */
    struct arena *arena;             /* emptied by lab_close */
    char folder[64];                 /* removed by lab_end */
    _Atomic uint64_t wall_ms;        /* 0: the real clock */
    _Atomic uint64_t standing_asked; /* so often the clock was asked that is not the real one */
    struct engine_rocksdb_options options;
    struct engine_mem_options mem_options;
    char *reason; /* of the last refusal to open */
};

/* An open engine in an empty folder; the process ends when it cannot be opened. */
void lab_begin(struct lab *lab);
/* Only the folder and the options, to be changed before lab_open. */
void lab_prepare(struct lab *lab);
enum err lab_open(struct lab *lab);
void lab_close(struct lab *lab);
/* Closes and opens again; the memory engine stays as it is. */
void lab_reopen(struct lab *lab);
void lab_end(struct lab *lab);

/* The record that lab_put writes: an envelope around `body`. */
struct slice lab_record(struct arena *arena, struct slice key, struct slice body, uint64_t stamp);
/* The body of a record; absent stays absent. The checksum must be right. */
struct slice lab_body(struct slice key, struct slice bytes);

/* Decide and settle, on this thread or on the fiber given. */
enum err lab_put_on(struct lab *lab, struct fiber *self, struct arena *arena, const char *key, struct slice body);
enum err lab_put(struct lab *lab, const char *key, const char *body);
enum err lab_delete(struct lab *lab, const char *key);
/* The body under the key in data; p == NULL: absent. */
struct slice lab_get(struct lab *lab, const char *key);
struct slice lab_get_space(struct lab *lab, enum engine_space space, struct slice key);
int64_t lab_counter(struct lab *lab, const char *key);
/* The stamp of the record in data; 0: absent. */
uint64_t lab_stamp(struct lab *lab, const char *key);
/* One decision without reads that makes one effect. */
enum err lab_add(struct lab *lab, struct fiber *self, struct arena *arena, const char *key, int64_t delta);
enum err lab_append(struct lab *lab, struct fiber *self, struct arena *arena, uint64_t stream, const char *body);

/* The page as "key=body key=body" plus " ..." when there is more; bodies of records, or raw bytes in other spaces. */
const char *lab_range(
    struct lab *lab, const char *from, const char *to, bool reverse, uint32_t entries_max, size_t bytes_max);

/* Runs fn once per fiber, `fibers` of them spread over `workers` workers, and waits for all. */
typedef void lab_fiber_fn(struct lab *lab, struct fiber *self, struct arena *arena, uint32_t i, void *context);
void lab_fibers(struct lab *lab, uint32_t workers, uint32_t fibers, lab_fiber_fn *fn, void *context);

/* A figure of the engine by name; -1 when there is none. */
double lab_figure(struct lab *lab, const char *name);
/* Bytes of all files of the folder whose name ends so. */
uint64_t lab_files_bytes(const char *folder, const char *suffix);
void lab_folder_remove(const char *folder);
void lab_folder_copy(const char *from, const char *to);

/* A small generator of random numbers, the same everywhere for a seed. */
uint64_t lab_random(uint64_t *state);

/*
 * Runs fn in another process, which opens the engine in lab->folder and dies without closing it, as kill -9 would. fn
 * returns true when all went well. Nothing may have been opened in this process before: RocksDB's background threads do
 * not survive a fork. That is why LAB_MAIN gives each test a process of its own.
 */
typedef bool lab_child_fn(struct lab *lab, void *context);
bool lab_child_dies(struct lab *lab, lab_child_fn *fn, void *context);
/* Such a function: as many groups as *(uint32_t *)context says, each a record under "k000", "k001", ... */
bool lab_write_groups(struct lab *lab, void *context);
/* The exit status of a child that runs fn; fn itself need not come back. 256 and up: killed by a signal. */
int lab_child_status(struct lab *lab, lab_child_fn *fn, void *context);

/* Instead of TEST_MAIN: each test in its own process; with an argument those with it in their names. */
#define LAB_MAIN()                                                                                                     \
    int main(int argc, char **argv)                                                                                    \
    {                                                                                                                  \
        int passed = 0, failed = 0;                                                                                    \
        for (struct test *t = tests_first; t != NULL; t = t->next) {                                                   \
            pid_t child;                                                                                               \
            int status = 1;                                                                                            \
            if (argc > 1 && strstr(t->name, argv[1]) == NULL)                                                          \
                continue;                                                                                              \
            fflush(stdout);                                                                                            \
            child = fork();                                                                                            \
            if (child == 0) {                                                                                          \
                if (setjmp(test_failed) == 0) {                                                                        \
                    t->run();                                                                                          \
                    exit(0);                                                                                           \
                }                                                                                                      \
                exit(1);                                                                                               \
            }                                                                                                          \
            waitpid(child, &status, 0);                                                                                \
            if (status == 0) {                                                                                         \
                passed++;                                                                                              \
            } else {                                                                                                   \
                printf("FAILED %s: %s\n", t->folder, t->name);                                                         \
                failed++;                                                                                              \
            }                                                                                                          \
        }                                                                                                              \
        printf("%d passed, %d failed\n", passed, failed);                                                              \
        return failed != 0;                                                                                            \
    }
