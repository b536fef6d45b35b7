/* SPDX-License-Identifier: Apache-2.0 */

/*
 * CPU time comes from the scheduler's own account of each thread, in nanoseconds; /proc/PID/stat counts ticks of 10 ms,
 * too coarse for a run of a second.
 */
#include "probe.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>

static double thread_cpu_s(int pid, const char *thread)
{
    char path[96];
    unsigned long long ns = 0;
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%d/task/%.16s/schedstat", pid, thread);
    file = fopen(path, "r");
    if (file == NULL)
        return 0;
    if (fscanf(file, "%llu", &ns) != 1)
        ns = 0;
    fclose(file);
    return (double)ns / 1e9;
}

static void memory_read(int pid, struct probe *probe)
{
    char path[64], line[256];
    unsigned long long kib;
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%d/status", pid);
    file = fopen(path, "r");
    if (file == NULL)
        return;
    while (fgets(line, sizeof(line), file) != NULL) {
        if (sscanf(line, "VmRSS: %llu", &kib) == 1)
            probe->rss_bytes = kib << 10;
        else if (sscanf(line, "RssAnon: %llu", &kib) == 1)
            probe->anonymous_bytes = kib << 10;
    }
    fclose(file);
}

struct probe probe_read(int pid)
{
    struct probe probe = {0};
    struct dirent *entry;
    char path[64];
    DIR *threads;

    snprintf(path, sizeof(path), "/proc/%d/task", pid);
    threads = pid == 0 ? NULL : opendir(path);
    if (threads == NULL)
        return probe;
    while ((entry = readdir(threads)) != NULL) {
        if (isdigit((unsigned char)entry->d_name[0]))
            probe.cpu_s += thread_cpu_s(pid, entry->d_name);
    }
    closedir(threads);
    memory_read(pid, &probe);
    return probe;
}
