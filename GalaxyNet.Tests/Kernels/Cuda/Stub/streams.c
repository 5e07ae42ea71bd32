// Streams, and events: points in them that the host can wait for.
#include "stub.h"

enum { MICROSECONDS_OF_A_KERNEL = 1000 }; // by the GPU's own clock; the host waits for none

CUDA cuStreamCreate(Object **stream, unsigned flags)
{
    if (!current_context)
        return INVALID_CONTEXT;
    *stream = object_add(STREAM, NULL, 0);
    record("create", *stream, ",\"flags\":%u", flags);
    return SUCCESS;
}

CUDA cuStreamCreateWithPriority(Object **stream, unsigned flags, int priority)
{
    (void)priority;
    return cuStreamCreate(stream, flags);
}

CUDA cuStreamDestroy_v2(Object *stream)
{
    if (!object_find(STREAM, stream))
        return INVALID_HANDLE;
    record("destroy", stream, "");
    object_remove(stream);
    return SUCCESS;
}

CUDA cuStreamSynchronize(const Object *stream)
{
    if (stream && !object_find(STREAM, stream))
        return INVALID_HANDLE;
    if (is_refused(__func__))
        return CAPTURE_UNSUPPORTED;
    record("synchronize", stream, "");
    return SUCCESS;
}

CUDA cuEventCreate(Object **event, unsigned flags)
{
    (void)flags;
    if (!current_context)
        return INVALID_CONTEXT;
    *event = object_add(EVENT, NULL, 0);
    record("create", *event, "");
    return SUCCESS;
}

CUDA cuEventDestroy_v2(Object *event)
{
    if (!object_find(EVENT, event))
        return INVALID_HANDLE;
    record("destroy", event, "");
    object_remove(event);
    return SUCCESS;
}

CUDA cuEventRecord(Object *event, const Object *stream)
{
    if (!object_find(EVENT, event) || (stream && !object_find(STREAM, stream)))
        return INVALID_HANDLE;
    event->time = launches() * MICROSECONDS_OF_A_KERNEL;
    event->is_pending = true;
    event->is_captured = is_capturing(stream);
    record("mark", stream, ",\"event\":%ld", event->number);
    return SUCCESS;
}

// As if the GPU were always a little behind: who needs to wait is seen to.
CUDA cuEventQuery(const Object *event)
{
    if (!object_find(EVENT, event))
        return INVALID_HANDLE;
    if (is_refused(__func__))
        return CAPTURE_UNSUPPORTED;
    return event->is_captured ? CAPTURED_EVENT : event->is_pending ? NOT_READY : SUCCESS;
}

CUDA cuEventSynchronize(Object *event)
{
    if (!object_find(EVENT, event))
        return INVALID_HANDLE;
    if (is_refused(__func__))
        return CAPTURE_UNSUPPORTED;
    if (event->is_captured)
        return CAPTURED_EVENT;
    record("synchronize", event, "");
    event->is_pending = false;
    return SUCCESS;
}

CUDA cuEventElapsedTime(float *milliseconds, const Object *start, const Object *end)
{
    if (!object_find(EVENT, start) || !object_find(EVENT, end))
        return INVALID_HANDLE;
    if (start->is_captured || end->is_captured)
        return CAPTURED_EVENT;
    if (start->is_pending || end->is_pending)
        return NOT_READY;
    *milliseconds = (float)((end->time - start->time) / 1000);
    return SUCCESS;
}
