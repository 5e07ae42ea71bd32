// Modules: PTX that a real driver would compile.
#include "ptx.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOG = 5, BYTES_OF_LOG = 6 }; // options of loading

static uint64_t hash_of(const char *text) // FNV-1a
{
    uint64_t hash = 14695981039346656037u;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    return hash;
}

static int length_of_name(const char *text)
{
    return strcspn(text, " (\n\t");
}

// The names of its kernels, between quotes and commas.
static void list_entries(const char *ptx, char *list, size_t size)
{
    const char entry[] = ".entry ";
    size_t used = 0;
    list[0] = 0;
    while ((ptx = strstr(ptx, entry)) && used < size) {
        ptx += sizeof entry - 1;
        used += snprintf(list + used, size - used, "%s\"%.*s\"", used ? "," : "", length_of_name(ptx), ptx);
    }
}

static void keep(const char *ptx, uint64_t hash)
{
    const char *folder = getenv("GALAXYNET_STUB_PTX");
    char path[4096];
    snprintf(path, sizeof path, "%s/%016lx.ptx", folder ? folder : "", hash);
    FILE *file = folder ? fopen(path, "w") : NULL;
    if (!file)
        return;
    fputs(ptx, file);
    fclose(file);
}

static bool is_too_new(const char *ptx)
{
    int target = 0;
    const char *line = strstr(ptx, ".target sm_");
    return line && sscanf(line, ".target sm_%d", &target) == 1
        && target > current_context->gpu->major * 10 + current_context->gpu->minor;
}

// A driver that does not take what GALAXYNET_STUB_REJECT says, and logs where it stands.
static bool is_rejected(const char *ptx, char *log, size_t size)
{
    const char *text = getenv("GALAXYNET_STUB_REJECT");
    const char *found = text ? strstr(ptx, text) : NULL;
    int line = 1;
    for (const char *c = ptx; found && c < found; c++)
        line += *c == '\n';
    if (found && log)
        snprintf(log, size, "ptxas application ptx input, line %d; error   : Rejected '%s'", line, text);
    return found;
}

CUDA cuModuleLoadDataEx(Object **module, const char *ptx, int count, const int *options, void **values)
{
    char *log = NULL, names[4096];
    size_t size = 0;
    for (int i = 0; i < count; i++) {
        log = options[i] == LOG ? values[i] : log;
        size = options[i] == BYTES_OF_LOG ? (size_t)values[i] : size;
    }
    if (!current_context)
        return INVALID_CONTEXT;
    if (is_refused(__func__))
        return CAPTURE_UNSUPPORTED;
    if (is_rejected(ptx, log, size))
        return INVALID_PTX;
    if (is_too_new(ptx))
        return NO_BINARY_FOR_GPU;
    char why[512];
    Program *program = runs_kernels() ? program_parse(ptx, why, sizeof why) : NULL;
    if (runs_kernels() && !program) {
        if (log)
            snprintf(log, size, "%s", why);
        report(why);
        return INVALID_PTX;
    }
    *module = object_add(MODULE, NULL, 0);
    (*module)->text = strdup(ptx);
    (*module)->program = program;
    list_entries(ptx, names, sizeof names);
    record("create", *module, ",\"kernels\":[%s],\"bytes\":%zu,\"hash\":\"%016lx\"", names, strlen(ptx), hash_of(ptx));
    keep(ptx, hash_of(ptx));
    return SUCCESS;
}

CUDA cuModuleLoadData(Object **module, const char *ptx)
{
    return cuModuleLoadDataEx(module, ptx, 0, NULL, NULL);
}

CUDA cuModuleUnload(Object *module)
{
    if (!object_find(MODULE, module))
        return INVALID_HANDLE;
    record("destroy", module, "");
    program_free(module->program);
    object_remove(module);
    return SUCCESS;
}
