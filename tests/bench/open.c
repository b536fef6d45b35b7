/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The least a database on RocksDB can take to be ready: opens (or makes) a folder with the column families of the
 * server, says so, and ends. The time from its start to its line is the yardstick of the server's own start.
 *
 *     bench_open FOLDER
 */
#include <rocksdb/c.h>
#include <stdio.h>
#include <unistd.h>

#define FAMILIES 4

int main(int argc, char **argv)
{
    static const char *const names[FAMILIES] = {"default", "log", "history", "meta"};
    const rocksdb_options_t *options[FAMILIES];
    rocksdb_column_family_handle_t *handles[FAMILIES];
    rocksdb_options_t *all = rocksdb_options_create();
    char *error = NULL;

    if (argc != 2) {
        fprintf(stderr, "usage: bench_open FOLDER\n");
        return 64;
    }
    rocksdb_options_set_create_if_missing(all, 1);
    rocksdb_options_set_create_missing_column_families(all, 1);
    for (int i = 0; i < FAMILIES; i++)
        options[i] = all;
    rocksdb_open_column_families(all, argv[1], FAMILIES, names, options, handles, &error);
    if (error != NULL) {
        fprintf(stderr, "bench_open: %s\n", error);
        return 1;
    }
    printf("open.ready\n");
    fflush(stdout);
    _exit(0);
}
