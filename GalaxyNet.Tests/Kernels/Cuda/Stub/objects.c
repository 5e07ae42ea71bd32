// What programs hold. A real driver may crash on a handle that it did not give, or gave in a context that is closed: this
// one says so.
#include "stub.h"
#include <pthread.h>
#include <stdlib.h>

_Thread_local Object *current_context;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static Object *objects;
static long numbers[KINDS];

Object *object_add(Kind kind, const void *handle, size_t bytes)
{
    Object *object = calloc(1, sizeof *object);
    object->kind = kind;
    object->handle = handle ? handle : object;
    object->context = kind == CONTEXT ? object : current_context;
    object->bytes = bytes;
    pthread_mutex_lock(&mutex);
    object->number = ++numbers[kind];
    object->next = objects;
    objects = object;
    pthread_mutex_unlock(&mutex);
    return object;
}

static Object *find(Kind kind, const void *handle, bool within)
{
    pthread_mutex_lock(&mutex);
    Object *object = objects;
    for (; object; object = object->next) {
        size_t distance = (const char *)handle - (const char *)object->handle;
        if (object->kind == kind && (within ? distance < object->bytes : distance == 0)
            && (kind == CONTEXT || object->context == current_context))
            break;
    }
    pthread_mutex_unlock(&mutex);
    return object;
}

Object *object_find(Kind kind, const void *handle)
{
    return find(kind, handle, false);
}

Object *object_find_memory(Kind kind, const void *address)
{
    return find(kind, address, true);
}

void objects_visit(Kind kind, void (*visit)(Object *object, void *state), void *state)
{
    pthread_mutex_lock(&mutex);
    for (Object *object = objects; object; object = object->next)
        if (object->kind == kind && object->context == current_context)
            visit(object, state);
    pthread_mutex_unlock(&mutex);
}

void object_remove(Object *object)
{
    pthread_mutex_lock(&mutex);
    Object **link = &objects;
    while (*link != object)
        link = &(*link)->next;
    *link = object->next;
    pthread_mutex_unlock(&mutex);
    free(object->text);
    if (object->kind != CONTEXT) // so that what is left of one is not taken for another's at the same address
        free(object);
}
