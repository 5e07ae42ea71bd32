// Faults: one line that says where and what, on standard error and in the record.
#include "ptx.h"
#include <stdarg.h>
#include <string.h>

void fault(Run *run, Error error, int t, const char *format, ...)
{
    char what[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    unsigned x = t % run->group[0], y = t / run->group[0] % run->group[1], z = t / run->group[0] / run->group[1];
    const unsigned *group = run->at_group;
    snprintf(run->fault, sizeof run->fault, "%.200s, PTX line %d '%.200s', group (%u,%u,%u), thread (%u,%u,%u): %s",
        run->kernel->name, run->now->line, run->now->text, group[0], group[1], group[2], x, y, z, what);
    run->error = error;
    longjmp(run->leave, 1);
}
