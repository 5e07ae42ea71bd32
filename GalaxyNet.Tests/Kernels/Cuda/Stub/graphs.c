// Graphs: launches of a stream that are kept instead of run, and run whole later, as often as a program likes. Only
// launches are captured; what a driver forbids meanwhile is refused, and copies and fills are too.
#include "stub.h"
#include <stdlib.h>
#include <string.h>

enum { THREAD_LOCAL = 1 }; // of the ways to capture, the one that leaves other threads alone

struct Graph {
    Launch *launches;
    int count;
    bool is_spoiled; // by something that is forbidden
};

static _Thread_local Object *capturing; // the stream that this thread captures

static void graph_free(Graph *graph)
{
    for (int i = 0; i < graph->count; i++)
        free(graph->launches[i].parameters);
    free(graph->launches);
    free(graph);
}

static void graph_add(Graph *graph, const Launch *launch)
{
    graph->launches = realloc(graph->launches, (graph->count + 1) * sizeof *graph->launches);
    Launch *copy = &graph->launches[graph->count++];
    *copy = *launch;
    copy->parameters = malloc(launch->parameter_bytes + 1);
    memcpy(copy->parameters, launch->parameters, launch->parameter_bytes);
}

bool is_capturing(const Object *stream)
{
    return stream && stream->graph;
}

void capture(const Object *stream, const Launch *launch)
{
    graph_add(stream->graph, launch);
}

bool is_refused(const char *call)
{
    if (!capturing)
        return false;
    record("refuse", capturing, ",\"refused\":\"%s\"", call);
    capturing->graph->is_spoiled = true;
    return true;
}

CUDA cuStreamBeginCapture_v2(Object *stream, int mode)
{
    if (!stream || mode != THREAD_LOCAL)
        return CAPTURE_UNSUPPORTED;
    if (!object_find(STREAM, stream))
        return INVALID_HANDLE;
    if (capturing || stream->graph)
        return ILLEGAL_STATE;
    record("begin capture", stream, "");
    stream->graph = calloc(1, sizeof *stream->graph);
    capturing = stream;
    return SUCCESS;
}

CUDA cuStreamEndCapture(Object *stream, Object **graph)
{
    *graph = NULL;
    if (!object_find(STREAM, stream))
        return INVALID_HANDLE;
    if (capturing != stream)
        return stream->graph ? CAPTURE_WRONG_THREAD : ILLEGAL_STATE;
    Graph *captured = stream->graph;
    stream->graph = NULL;
    capturing = NULL;
    record("end capture", stream, ",\"launches\":%d", captured->count);
    if (captured->is_spoiled) {
        graph_free(captured);
        return CAPTURE_INVALIDATED;
    }
    *graph = object_add(GRAPH, NULL, 0);
    (*graph)->graph = captured;
    record("create", *graph, "");
    return SUCCESS;
}

CUDA cuGraphInstantiateWithFlags(Object **executable, const Object *graph, unsigned long long flags)
{
    if (!object_find(GRAPH, graph))
        return INVALID_HANDLE;
    if (flags)
        return INVALID_VALUE;
    *executable = object_add(EXECUTABLE_GRAPH, NULL, 0);
    (*executable)->graph = calloc(1, sizeof(Graph));
    for (int i = 0; i < graph->graph->count; i++)
        graph_add((*executable)->graph, &graph->graph->launches[i]);
    record("create", *executable, "");
    return SUCCESS;
}

CUDA cuGraphLaunch(const Object *executable, const Object *stream)
{
    if (!object_find(EXECUTABLE_GRAPH, executable) || !object_find(STREAM, stream))
        return INVALID_HANDLE;
    if (is_refused(__func__))
        return CAPTURE_UNSUPPORTED;
    const Graph *graph = executable->graph;
    record("launch graph", stream, ",\"graph\":%ld,\"launches\":%d", executable->number, graph->count);
    for (int i = 0; i < graph->count; i++) {
        Error error = launch_run(&graph->launches[i]);
        if (error != SUCCESS)
            return error;
    }
    return SUCCESS;
}

static Error destroy(Kind kind, Object *object)
{
    if (!object_find(kind, object))
        return INVALID_HANDLE;
    record("destroy", object, "");
    graph_free(object->graph);
    object_remove(object);
    return SUCCESS;
}

CUDA cuGraphDestroy(Object *graph)
{
    return destroy(GRAPH, graph);
}

CUDA cuGraphExecDestroy(Object *executable)
{
    return destroy(EXECUTABLE_GRAPH, executable);
}
