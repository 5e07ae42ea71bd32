// The record: a JSON object a line, in the file that GALAXYNET_STUB_RECORD names, in memory until a context closes.
#include "stub.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { BUFFER = 1 << 20 };

static const char *const names[] = {
    "context", "stream", "event", "module", "function", "device memory", "host memory", "registered memory", "graph",
    "executable graph",
};

static FILE *file;
static double start;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

__attribute__((constructor)) static void record_open(void)
{
    start = now();
    const char *path = getenv("GALAXYNET_STUB_RECORD");
    file = path ? fopen(path, "a") : NULL;
    if (file)
        setvbuf(file, NULL, _IOFBF, BUFFER);
}

__attribute__((destructor)) static void record_close(void)
{
    record_flush();
}

// Since the library was loaded.
double microseconds(void)
{
    return now() - start;
}

// What is called, on what and, in JSON, more about it. The stream that nobody creates is null.
void record(const char *call, const Object *object, const char *format, ...)
{
    if (!file)
        return;
    va_list arguments;
    va_start(arguments, format);
    flockfile(file);
    fprintf(file, "{\"microseconds\":%.1f,\"call\":\"%s\",\"object\":\"%s %ld\"",
        microseconds(), call, names[object ? object->kind : STREAM], object ? object->number : 0);
    vfprintf(file, format, arguments);
    fputs("}\n", file);
    funlockfile(file);
    va_end(arguments);
}

void record_flush(void)
{
    if (file)
        fflush(file);
}
