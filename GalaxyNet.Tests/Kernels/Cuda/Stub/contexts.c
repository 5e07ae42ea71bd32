// Contexts: one a device that a program opens. What they hold is lost with them.
#include "stub.h"

CUDA cuCtxCreate_v2(Object **context, unsigned flags, int device)
{
    (void)flags;
    if (!gpu_of(device))
        return INVALID_DEVICE;
    *context = current_context = object_add(CONTEXT, NULL, 0);
    (*context)->gpu = gpu_of(device);
    record("create", *context, ",\"device\":%d", device);
    return SUCCESS;
}

CUDA cuCtxDestroy_v2(Object *context)
{
    if (!object_find(CONTEXT, context))
        return INVALID_CONTEXT;
    record("destroy", context, "");
    record_flush();
    object_remove(context);
    current_context = current_context == context ? NULL : current_context;
    return SUCCESS;
}

CUDA cuCtxSetCurrent(Object *context)
{
    if (context && !object_find(CONTEXT, context))
        return INVALID_CONTEXT;
    current_context = context;
    return SUCCESS;
}

CUDA cuCtxSynchronize(void)
{
    if (!current_context)
        return INVALID_CONTEXT;
    if (is_refused(__func__))
        return CAPTURE_UNSUPPORTED;
    record("synchronize", current_context, "");
    return SUCCESS;
}

CUDA cuCtxGetCacheConfig(int *preference)
{
    *preference = 0;
    return current_context ? SUCCESS : INVALID_CONTEXT;
}

CUDA cuCtxSetCacheConfig(int preference)
{
    (void)preference;
    return current_context ? SUCCESS : INVALID_CONTEXT;
}

CUDA cuCtxGetSharedMemConfig(int *bank_size)
{
    *bank_size = 1; // four bytes
    return current_context ? SUCCESS : INVALID_CONTEXT;
}

CUDA cuCtxSetSharedMemConfig(int bank_size)
{
    (void)bank_size;
    return current_context ? SUCCESS : INVALID_CONTEXT;
}

CUDA cuCtxEnablePeerAccess(Object *peer, unsigned flags)
{
    (void)peer, (void)flags;
    return NOT_SUPPORTED;
}

CUDA cuCtxDisablePeerAccess(Object *peer)
{
    (void)peer;
    return NOT_SUPPORTED;
}
