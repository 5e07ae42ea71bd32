// Memory: of the device, which is the host's and committed as it is used, and of the host. Copies and fills take no time.
#include "ptx_checks.h"
#include <string.h>
#include <sys/mman.h>

enum { GUARD = 1 << 20, MOST_FREED = 4096 };

// Where kernels are run, memory that is freed is nobody's for a while, so that who still uses it is found.
static struct {
    char *start;
    size_t bytes;
} freed[MOST_FREED];
static _Atomic unsigned freed_count;

bool was_freed(const void *address)
{
    for (int i = 0; i < MOST_FREED; i++)
        if ((size_t)((const char *)address - freed[i].start) < freed[i].bytes)
            return true;
    return false;
}

static void set_free(char *address, size_t bytes)
{
    if (!runs_kernels()) {
        munmap(address, bytes + GUARD);
        return;
    }
    unsigned at = freed_count++ % MOST_FREED;
    if (freed[at].start)
        munmap(freed[at].start, freed[at].bytes + GUARD);
    mmap(address, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
    freed[at].start = address;
    freed[at].bytes = bytes;
}

static Error allocate(Kind kind, void **address, size_t bytes)
{
    if (!current_context)
        return INVALID_CONTEXT;
    if (bytes == 0)
        return INVALID_VALUE;
    if (is_refused("allocate"))
        return CAPTURE_UNSUPPORTED;
    // With room after it that is nobody's, so that who runs past the end is not in the next one's.
    *address = mmap(NULL, bytes + GUARD, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (*address == MAP_FAILED)
        return OUT_OF_MEMORY;
    record("create", object_add(kind, *address, bytes), ",\"bytes\":%zu", bytes);
    return SUCCESS;
}

static Error release(Kind kind, void *address)
{
    Object *memory = object_find(kind, address);
    if (!memory)
        return INVALID_VALUE;
    if (is_refused("free"))
        return CAPTURE_UNSUPPORTED;
    record("destroy", memory, "");
    if (memory->shadow)
        munmap(memory->shadow, memory->bytes * sizeof *memory->shadow);
    if (kind != REGISTERED_MEMORY)
        set_free(address, memory->bytes);
    object_remove(memory);
    return SUCCESS;
}

CUDA cuMemGetInfo_v2(size_t *free, size_t *total)
{
    if (!current_context)
        return INVALID_CONTEXT;
    *total = current_context->gpu->memory;
    *free = *total - current_context->gpu->allocated;
    return SUCCESS;
}

CUDA cuMemAlloc_v2(void **address, size_t bytes)
{
    if (!current_context)
        return INVALID_CONTEXT;
    Gpu *gpu = current_context->gpu;
    Error error = bytes > gpu->memory - gpu->allocated ? OUT_OF_MEMORY : allocate(DEVICE_MEMORY, address, bytes);
    if (error == SUCCESS)
        gpu->allocated += bytes;
    return error;
}

CUDA cuMemFree_v2(void *address)
{
    const Object *memory = object_find(DEVICE_MEMORY, address);
    size_t bytes = memory ? memory->bytes : 0;
    Error error = address ? release(DEVICE_MEMORY, address) : SUCCESS;
    if (memory && error == SUCCESS)
        current_context->gpu->allocated -= bytes;
    return error;
}

CUDA cuMemAllocHost_v2(void **address, size_t bytes)
{
    return allocate(HOST_MEMORY, address, bytes);
}

CUDA cuMemFreeHost(void *address)
{
    return release(HOST_MEMORY, address);
}

CUDA cuMemHostRegister_v2(void *address, size_t bytes, unsigned flags)
{
    (void)flags;
    if (!current_context)
        return INVALID_CONTEXT;
    if (is_refused(__func__))
        return CAPTURE_UNSUPPORTED;
    record("create", object_add(REGISTERED_MEMORY, address, bytes), ",\"bytes\":%zu", bytes);
    return SUCCESS;
}

CUDA cuMemHostUnregister(void *address)
{
    return release(REGISTERED_MEMORY, address);
}

CUDA cuMemHostGetDevicePointer_v2(void **device, void *host, unsigned flags)
{
    *device = host;
    return flags ? INVALID_VALUE : SUCCESS;
}

CUDA cuPointerGetAttribute(unsigned *value, int attribute, const void *address)
{
    const int memory_type = 2, host = 1, device = 2;
    if (attribute != memory_type)
        return NOT_SUPPORTED;
    *value = object_find_memory(DEVICE_MEMORY, address) ? device : host;
    return *value == device || object_find_memory(HOST_MEMORY, address) ? SUCCESS : INVALID_VALUE;
}

static const char *side_of(const void *address)
{
    return object_find_memory(DEVICE_MEMORY, address) ? "device" : "host";
}

CUDA cuMemcpyAsync(void *target, const void *source, size_t bytes, const Object *stream)
{
    if (stream && !object_find(STREAM, stream))
        return INVALID_HANDLE;
    if (is_refused(__func__))
        return CAPTURE_UNSUPPORTED;
    record("copy", stream, ",\"from\":\"%s\",\"to\":\"%s\",\"bytes\":%zu", side_of(source), side_of(target), bytes);
    memmove(target, source, bytes);
    return SUCCESS;
}

CUDA cuMemsetD8Async(void *target, unsigned char value, size_t bytes, const Object *stream)
{
    Object *memory = object_find_memory(DEVICE_MEMORY, target);
    if (!memory || (char *)target + bytes > (char *)memory->handle + memory->bytes)
        return INVALID_VALUE;
    if (stream && !object_find(STREAM, stream))
        return INVALID_HANDLE;
    if (is_refused(__func__))
        return CAPTURE_UNSUPPORTED;
    record("fill", stream, ",\"bytes\":%zu", bytes);
    memset(target, value, bytes);
    return SUCCESS;
}
