/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The report of a dying process. One handler for every fatal signal, since ASSERT, the arena without memory, glibc's
 * heap checks and RocksDB's own assertions all end in abort().
 *
 * The handler takes no lock, allocates nothing, and runs once: a fault inside it, or in a second thread meanwhile, goes
 * straight to the signal's default action. backtrace() is called at install already, because its first call loads a
 * library.
 */
#include "os/panic.h"

#include <execinfo.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

#include "os/log.h"

#define FRAMES_MAX     64
#define TAIL_BYTES_MAX 4096

static const char *panic_build = "unknown";
static atomic_flag panicking = ATOMIC_FLAG_INIT;

static const struct {
    int number;
    const char *name;
} fatal[] = {{SIGABRT, "SIGABRT"},
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    {SIGSEGV, "SIGSEGV"}, {SIGBUS, "SIGBUS"}, {SIGILL, "SIGILL"}, {SIGFPE, "SIGFPE"}
#endif
};
#define FATAL_COUNT (sizeof(fatal) / sizeof(fatal[0]))

static void say(const char *text, size_t n)
{
    if (write(STDERR_FILENO, text, n) < 0)
        return; /* nobody is left to tell */
}

static size_t append(char *to, size_t n, size_t bytes_max, const char *text)
{
    while (*text != '\0' && n < bytes_max)
        to[n++] = *text++;
    return n;
}

/* In one write, because the log's thread may still be writing to the same place. */
static void say_heading(int signal_number)
{
    char text[512];
    size_t n = append(text, 0, sizeof(text), "panic: ");

    for (size_t i = 0; i < FATAL_COUNT; i++) {
        if (fatal[i].number == signal_number)
            n = append(text, n, sizeof(text), fatal[i].name);
    }
    n = append(text, n, sizeof(text), "\nbuild: ");
    n = append(text, n, sizeof(text), panic_build);
    n = append(text, n, sizeof(text), "\nstack:\n");
    say(text, n);
}

static void report(int signal_number)
{
    static const char heading[] = "last lines of the log:\n", end[] = "end of the report\n";
    static char tail[TAIL_BYTES_MAX];
    void *frames[FRAMES_MAX];
    int count = backtrace(frames, FRAMES_MAX);
    size_t n = log_tail(tail, sizeof(tail));

    say_heading(signal_number);
    backtrace_symbols_fd(frames, count, STDERR_FILENO);
    say(heading, sizeof(heading) - 1);
    say(tail, n);
    say(end, sizeof(end) - 1);
}

static void on_fatal(int signal_number)
{
    if (!atomic_flag_test_and_set(&panicking))
        report(signal_number);
    (void)signal(signal_number, SIG_DFL); /* an abort or a fault ends the process now, whatever this says */
    (void)raise(signal_number);
}

void panic_install(const char *build)
{
    struct sigaction action = {.sa_handler = on_fatal, .sa_flags = SA_ONSTACK};
    void *frame;

    panic_build = build;
    (void)backtrace(&frame, 1);
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < FATAL_COUNT; i++)
        (void)sigaction(fatal[i].number, &action, NULL); /* cannot fail for these */
}
