/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What the system knows of the process, under the names that Prometheus clients use everywhere. Read when asked for; a
 * file of /proc that cannot be read is left out.
 */
#include <dirent.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "metrics/metrics.h"

static void write_gauge(struct buf *out, const char *name, const char *help, double value)
{
    metrics_write_head(out, name, "gauge", help);
    metrics_write_value(out, name, NULL, value);
}

static void write_memory(struct buf *out)
{
    FILE *statm = fopen("/proc/self/statm", "re");
    unsigned long long all, resident;
    double page = (double)sysconf(_SC_PAGESIZE);

    if (statm == NULL)
        return;
    if (fscanf(statm, "%llu %llu", &all, &resident) == 2) {
        write_gauge(out, "process_virtual_memory_bytes", "Address space.", (double)all * page);
        write_gauge(out, "process_resident_memory_bytes", "Memory in use.", (double)resident * page);
    }
    (void)fclose(statm); /* only read */
}

static void write_descriptors(struct buf *out)
{
    DIR *folder = opendir("/proc/self/fd");
    struct rlimit limit;
    uint64_t n = 0;

    if (folder != NULL) {
        while (readdir(folder) != NULL)
            n++;
        (void)closedir(folder); /* only read */
        write_gauge(
            out, "process_open_fds", "Open descriptors.", (double)(n - 3)); /* ".", ".." and the folder itself */
    }
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0)
        write_gauge(out, "process_max_fds", "Descriptors allowed.", (double)limit.rlim_cur);
}

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

void metrics_write_process(struct buf *out)
{
    struct rusage usage;

    write_memory(out);
    write_descriptors(out);
    if (getrusage(RUSAGE_SELF, &usage) == 0) {
        metrics_write_head(out, "process_cpu_seconds_total", "counter", "CPU time, user and system.");
        metrics_write_value(
            out, "process_cpu_seconds_total", NULL, seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime));
    }
}
