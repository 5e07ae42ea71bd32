// Functions: the kernels of a module, how much shared memory they may have, and their launches.
#include "ptx.h"
#include <string.h>

enum { END_OF_OPTIONS, POINTER_TO_PARAMETERS, SIZE_OF_PARAMETERS }; // of a launch
enum { MOST_DYNAMIC_SHARED_BYTES = 8 }; // an attribute of a function

// Of its variables; not known where kernels are not run.
static size_t static_bytes(const Object *function)
{
    const Kernel *kernel = function->kernel;
    return kernel ? kernel->static_bytes : 0;
}

CUDA cuModuleGetFunction(Object **function, Object *module, const char *name)
{
    if (!object_find(MODULE, module))
        return INVALID_HANDLE;
    char entry[4096];
    snprintf(entry, sizeof entry, ".entry %s(", name);
    if (!strstr(module->text, entry))
        return NOT_FOUND;
    *function = object_add(FUNCTION, NULL, 0);
    (*function)->text = strdup(name);
    (*function)->kernel = module->program ? program_kernel(module->program, name) : NULL;
    (*function)->dynamic_bytes = SHARED_BYTES - static_bytes(*function);
    return SUCCESS;
}

static Error refuse_shared(const Object *function, const char *what, size_t bytes, size_t most)
{
    char text[512];
    snprintf(text, sizeof text, "%.200s: %s %zu bytes of dynamic shared memory, where %zu are the most", function->text,
        what, bytes, most);
    report(text);
    return INVALID_VALUE;
}

CUDA cuFuncSetAttribute(Object *function, int attribute, int value)
{
    if (!object_find(FUNCTION, function))
        return INVALID_HANDLE;
    if (attribute != MOST_DYNAMIC_SHARED_BYTES || value < 0)
        return INVALID_VALUE;
    size_t most = function->context->gpu->shared_opt_in - static_bytes(function);
    if ((size_t)value > most)
        return refuse_shared(function, "asks for", value, most);
    function->dynamic_bytes = value;
    record("allow", function, ",\"kernel\":\"%s\",\"shared_bytes\":%d", function->text, value);
    return SUCCESS;
}

static _Atomic long launched;

long launches(void)
{
    return launched;
}

static void record_launch(const char *call, const Object *stream, const Launch *launch)
{
    const unsigned *grid = launch->grid, *group = launch->group;
    record(call, stream, ",\"kernel\":\"%s\",\"grid\":[%u,%u,%u],\"group\":[%u,%u,%u],\"shared_bytes\":%u,"
        "\"parameter_bytes\":%zu", launch->function->text, grid[0], grid[1], grid[2], group[0], group[1], group[2],
        launch->shared_bytes, launch->parameter_bytes);
}

Error launch_run(const Launch *launch)
{
    if (!object_find(FUNCTION, launch->function))
        return INVALID_HANDLE;
    launched++;
    if (!launch->function->kernel)
        return SUCCESS;
    return kernel_run(launch->function->kernel, launch->grid, launch->group, launch->shared_bytes, launch->parameters,
        launch->parameter_bytes);
}

CUDA cuLaunchKernel(const Object *function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned group_x,
    unsigned group_y, unsigned group_z, unsigned shared_bytes, const Object *stream, void **parameters, void **extra)
{
    if (!object_find(FUNCTION, function) || (stream && !object_find(STREAM, stream)))
        return INVALID_HANDLE;
    uint64_t threads = (uint64_t)group_x * group_y * group_z;
    if (threads == 0 || threads > 1024 || grid_x == 0 || grid_y == 0 || grid_y > 65535 || grid_z == 0 || grid_z > 65535
        || parameters || !extra)
        return INVALID_VALUE;
    if (shared_bytes > function->dynamic_bytes)
        return refuse_shared(function, "is launched with", shared_bytes, function->dynamic_bytes);
    Launch launch = {function, {grid_x, grid_y, grid_z}, {group_x, group_y, group_z}, shared_bytes, NULL, 0};
    for (void **option = extra; (size_t)*option != END_OF_OPTIONS; option += 2) {
        if ((size_t)*option == SIZE_OF_PARAMETERS)
            launch.parameter_bytes = *(size_t *)option[1];
        if ((size_t)*option == POINTER_TO_PARAMETERS)
            launch.parameters = option[1];
    }
    record_launch(is_capturing(stream) ? "capture" : "launch", stream, &launch);
    if (!is_capturing(stream))
        return launch_run(&launch);
    capture(stream, &launch);
    return SUCCESS;
}

CUDA cuOccupancyMaxActiveBlocksPerMultiprocessor(int *groups, const Object *function, int threads, size_t shared_bytes)
{
    (void)shared_bytes;
    *groups = threads > 0 ? 1024 / threads : 0;
    return object_find(FUNCTION, function) ? SUCCESS : INVALID_HANDLE;
}

CUDA cuOccupancyMaxPotentialBlockSize(int *groups, int *threads, const Object *function,
    size_t (*shared_bytes_of)(int threads), size_t shared_bytes, int most_threads)
{
    (void)shared_bytes_of, (void)shared_bytes;
    *threads = most_threads > 0 && most_threads < 256 ? most_threads : 256;
    *groups = current_context ? current_context->gpu->multiprocessors : 0;
    return object_find(FUNCTION, function) ? SUCCESS : INVALID_HANDLE;
}
