// Memory: of the device, which is the host's and committed as it is used, and of the host. Copies and fills take no time.
#include "stub.h"
#include <string.h>
#include <sys/mman.h>

static Error allocate(Kind kind, void **address, size_t bytes)
{
    if (!current_context)
        return INVALID_CONTEXT;
    if (bytes == 0)
        return INVALID_VALUE;
    *address = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
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
    record("destroy", memory, "");
    if (kind != REGISTERED_MEMORY)
        munmap(address, memory->bytes);
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
    Object *memory = object_find(DEVICE_MEMORY, address);
    if (memory)
        current_context->gpu->allocated -= memory->bytes;
    return address ? release(DEVICE_MEMORY, address) : SUCCESS;
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
    record("fill", stream, ",\"bytes\":%zu", bytes);
    memset(target, value, bytes);
    return SUCCESS;
}
