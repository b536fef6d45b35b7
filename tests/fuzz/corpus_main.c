/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Runs a fuzz target over the files of its corpus, each also cut short at every length up to 256 bytes and with each of
 * its first bytes changed: what a fuzzer would try first. Prints the closing line of a test program.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_BYTES_MAX ((size_t)1 << 20)
#define VARIED_BYTES   256u

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

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

static int file_run(const char *path)
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
    for (size_t i = 0; i < n && i < VARIED_BYTES; i++) {
        uint8_t byte = bytes[i];

        run(bytes, i);
        bytes[i] = (uint8_t)(byte ^ 0x80);
        run(bytes, n);
        bytes[i] = (uint8_t)(byte + 1);
        run(bytes, n);
        bytes[i] = byte;
    }
    return 0;
}

int main(int argc, char **argv)
{
    DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
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
        if (file_run(path) == 0)
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
