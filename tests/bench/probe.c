/* SPDX-License-Identifier: Apache-2.0 */

/*
 * CPU time is the process's own clock: nanoseconds, with the threads that have ended. /proc/PID/stat counts ticks of
 * 10 ms, too coarse for a run of a second, and the accounts of threads end with them.
 */
#include "probe.h"

#include <stdio.h>
#include <time.h>

static double cpu_s(int pid)
{
    struct timespec time;
    clockid_t clock;

    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &time) != 0)
        return 0;
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
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

    if (pid == 0)
        return probe;
    probe.cpu_s = cpu_s(pid);
    memory_read(pid, &probe);
    return probe;
}
