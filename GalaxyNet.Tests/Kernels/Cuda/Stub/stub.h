// A driver of NVIDIA's without a GPU: it has every function that ILGPU imports, answers as the GPU that GALAXYNET_STUB_GPU
// names, keeps device memory on the host, and records what it is asked for. Kernels are run only with GALAXYNET_STUB_RUN=1,
// by an interpreter: ptx.h.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CUDA __attribute__((visibility("default"))) Error

// As cuda.h numbers them.
typedef enum {
    SUCCESS = 0,
    INVALID_VALUE = 1,
    OUT_OF_MEMORY = 2,
    INVALID_DEVICE = 101,
    INVALID_CONTEXT = 201,
    NO_BINARY_FOR_GPU = 209,
    INVALID_PTX = 218,
    INVALID_HANDLE = 400,
    ILLEGAL_STATE = 401,
    NOT_FOUND = 500,
    NOT_READY = 600,
    ILLEGAL_ADDRESS = 700,
    MISALIGNED_ADDRESS = 716,
    LAUNCH_TIMEOUT = 702,
    LAUNCH_FAILED = 719,
    NOT_SUPPORTED = 801,
    CAPTURE_UNSUPPORTED = 900,
    CAPTURE_INVALIDATED = 901,
    CAPTURED_EVENT = 907,
    CAPTURE_WRONG_THREAD = 908,
} Error;

enum { SHARED_BYTES = 49152 }; // of a group, unless its function has been allowed more

typedef struct {
    const char *name;
    int major, minor; // of its compute capability
    int multiprocessors, threads_per_multiprocessor, shared_per_multiprocessor;
    int shared_opt_in; // bytes that a group may have if its function asks for them
    size_t memory;
    _Atomic size_t allocated;
} Gpu;

typedef enum {
    CONTEXT,
    STREAM,
    EVENT,
    MODULE,
    FUNCTION,
    DEVICE_MEMORY,
    HOST_MEMORY,
    REGISTERED_MEMORY,
    GRAPH,
    EXECUTABLE_GRAPH,
    KINDS,
} Kind;

typedef struct Graph Graph;

// What a program has been given and has to give back.
typedef struct Object {
    Kind kind;
    long number; // in the record; the first of a kind is 1, for 0 is the stream that nobody creates
    const void *handle; // by which the program calls it
    struct Object *context;
    struct Object *next;
    Gpu *gpu; // of a context
    size_t bytes; // of memory
    char *text; // a module's PTX, a function's name
    struct Program *program; // a module's, where kernels are run
    const void *kernel; // a function's
    size_t dynamic_bytes; // of shared memory that a launch of a function may ask for
    struct GlobalShadow *shadow; // of memory that kernels have come to
    double time; // of an event
    bool is_pending; // of an event that nobody has waited for
    bool is_captured; // of an event that was last recorded in a capture
    Graph *graph; // a graph's, or that of a stream while it is captured
} Object;

typedef struct {
    const Object *function;
    unsigned grid[3], group[3], shared_bytes;
    void *parameters;
    size_t parameter_bytes;
} Launch;

// gpus.c
Gpu *gpu_of(int device);

// objects.c
extern _Thread_local Object *current_context;
Object *object_add(Kind kind, const void *handle, size_t bytes); // its own address is the handle of one without
Object *object_find(Kind kind, const void *handle); // null if it is not, or no more, there, or another context's
Object *object_find_memory(Kind kind, const void *address); // that the address lies in
void objects_visit(Kind kind, void (*visit)(Object *object, void *state), void *state); // those of the context
void object_remove(Object *object);

// memory.c
bool was_freed(const void *address); // not long ago

// functions.c
long launches(void); // so far
Error launch_run(const Launch *launch);

// graphs.c
bool is_capturing(const Object *stream);
void capture(const Object *stream, const Launch *launch);
bool is_refused(const char *call); // of what the calling thread may not do while it captures a stream

// record.c
double microseconds(void);
void record(const char *call, const Object *object, const char *format, ...) __attribute__((format(printf, 3, 4)));
void record_flush(void);
