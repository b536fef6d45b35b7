/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Runs a fuzz target over the files of its corpus, each also cut short at every length up to 256 bytes and with each of
 * its first bytes changed: what a fuzzer would try first. A target with a mutator of its own has that applied to every
 * file too, from fixed seeds. Prints the closing line of a test program.
 *
 *      fuzz_NAME FOLDER [BYTES]       how many bytes of each file to vary; 0: the files as they are, for a grown corpus
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

#define FILE_BYTES_MAX ((size_t)1 << 20)
#define VARIED_BYTES   256u
#define MUTATED_SHARE  4u /* a mutation for so many varied bytes */
#define MUTATED_BYTES  4096u

/* Only some targets have one. */
#pragma weak LLVMFuzzerCustomMutator

static struct fuzz_random dice = {1};

/* What libFuzzer's does, at its plainest: one byte more, less or other. */
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t n, size_t n_max)
{
    size_t at = fuzz_below(&dice, n);
    uint32_t what = fuzz_below(&dice, 3);

    if (n == 0 || (what == 0 && n < n_max)) {
        memmove(bytes + at + 1, bytes + at, n - at);
        n++;
    } else if (what == 1) {
        memmove(bytes + at, bytes + at + 1, n - at - 1);
        return n - 1;
    }
    bytes[at] = (uint8_t)fuzz_draw(&dice);
    return n;
}

/* From a copy of exactly n bytes, so that a sanitizer sees a read beyond them. */
static void run(const uint8_t *bytes, size_t n)
{
    uint8_t *copy = malloc(n == 0 ? 1 : n);

    if (copy == NULL)
        abort();
    if (n != 0)
        memcpy(copy, bytes, n);
    (void)LLVMFuzzerTestOneInput(copy, n);
    free(copy);
}

static void run_varied(uint8_t *bytes, size_t n, size_t varied)
{
    for (size_t i = 0; i < n && i < varied; i++) {
        uint8_t byte = bytes[i];

        run(bytes, i);
        bytes[i] = (uint8_t)(byte ^ 0x80);
        run(bytes, n);
        bytes[i] = (uint8_t)(byte + 1);
        run(bytes, n);
        bytes[i] = byte;
    }
}

static void run_mutated(const uint8_t *bytes, size_t n, size_t times)
{
    static uint8_t other[MUTATED_BYTES];

    for (uint32_t seed = 0; seed < times && n <= sizeof(other); seed++) {
        memcpy(other, bytes, n);
        run(other, LLVMFuzzerCustomMutator(other, n, sizeof(other), seed));
    }
}

static int file_run(const char *path, size_t varied)
{
    static uint8_t bytes[FILE_BYTES_MAX];
    FILE *file = fopen(path, "rb");
    size_t n;

    if (file == NULL) {
        printf("FAILED %s cannot be read\n", path);
        return 1;
    }
    n = fread(bytes, 1, sizeof(bytes), file);
    (void)fclose(file);
    run(bytes, n);
    run_varied(bytes, n, varied);
    if (LLVMFuzzerCustomMutator != NULL)
        run_mutated(bytes, n, varied / MUTATED_SHARE);
    return 0;
}

int main(int argc, char **argv)
{
    size_t varied = argc < 3 ? VARIED_BYTES : strtoul(argv[2], NULL, 10);
    DIR *folder = argc > 1 ? opendir(argv[1]) : NULL;
    struct dirent *entry;
    int passed = 0, failed = 0;

    if (folder == NULL) {
        printf("FAILED no corpus folder\n0 passed, 1 failed\n");
        return 1;
    }
    while ((entry = readdir(folder)) != NULL) {
        char path[4096];

        if (entry->d_name[0] == '.')
            continue;
        (void)snprintf(path, sizeof(path), "%s/%s", argv[1], entry->d_name);
        if (file_run(path, varied) == 0)
            passed++;
        else
            failed++;
    }
    (void)closedir(folder);
    if (passed == 0)
        failed++; /* a corpus that is not there tests nothing */
    printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
