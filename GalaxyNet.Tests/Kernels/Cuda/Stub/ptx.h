// An interpreter of PTX: what a module is parsed to, and what a launch needs while it runs.
//
// A register is an array with a value for each thread of a group, and an instruction is a loop over the threads that
// execute it. Constants and special registers are such arrays too, so that every operand is read in the same way.
#pragma once
#include "stub.h"
#include <setjmp.h>
#include <stdio.h>

enum {
    MOST_THREADS = 1024, // of a group
    WARP = 32, // threads that may be asked to be at one place
    MOST_OPERANDS = 24, // of an instruction, with those in braces counted one by one
    MOST_PARTS = 12, // of an opcode, between its dots
    SHARED_BASE = 1024, // the address of the first shared variable: so low that it is no address of global memory
};

// Addresses without a state space.
#define SHARED_WINDOW (1ull << 60)
#define LOCAL_WINDOW (1ull << 61)
#define WINDOWS (SHARED_WINDOW | LOCAL_WINDOW)

typedef struct Run Run;
typedef struct Instruction Instruction;
typedef void Handler(Run *run, const Instruction *instruction);

// .pred, .b32, .u16, .s64, .f32: 'p', 'b', 'u', 's' or 'f' and the number of bits.
typedef struct {
    char kind;
    int bits;
} Type;

// What a register of the interpreter holds.
typedef enum { REGISTER, CONSTANT, SPECIAL } Role;

typedef struct {
    Role role;
    bool is_wide; // 8 bytes for each thread instead of 4
    bool is_tracked; // some path reads it before it is written: it is looked at while the kernel runs
    Type type;
    uint64_t value; // of a constant, or which special register
    char *name;
} Slot;

typedef enum { GENERIC, GLOBAL, SHARED, LOCAL, PARAMETER } Space;

typedef enum { PLAIN, BRANCH, BARRIER, EXIT } Flow;

struct Instruction {
    Handler *run;
    Flow flow;
    int line;
    const char *text;
    int guard; // the slot of @p, or -1
    bool is_guard_negated;
    int count; // of operands
    int operands[MOST_OPERANDS]; // slots
    int targets; // how many of them, the first ones, are written
    unsigned negated; // one bit for each operand that a ! stands before
    int target; // of a branch

    // Of an access to memory.
    Space space;
    Type type; // of a conversion too, the one it is to
    Type from; // of a conversion
    int elements; // in braces
    int address; // its slot
    int64_t offset;
    bool is_strong; // volatile, relaxed, acquire or release
    bool acquires, releases;

    // Of a comparison, conversion, or one of a family.
    int mode;
    int combine; // 'a', 'o', 'x' of setp, or 0
    bool saturates;
    uint64_t immediate;
    int tracked; // how many of its operands and guard are in slots that are tracked
};

typedef struct {
    char *name;
    size_t offset, bytes;
} Parameter;

typedef struct {
    char *name;
    size_t offset, bytes;
} Variable; // of shared or local memory

typedef struct {
    char *name;
    struct Program *program;
    Parameter *parameters;
    int parameter_count;
    size_t parameter_bytes;
    Instruction *instructions;
    int count;
    Slot *slots;
    int slot_count;
    Variable *shared, *local;
    int shared_count, local_count;
    size_t shared_bytes, local_bytes; // up to where variables lie
    size_t static_bytes; // of shared memory, without what lies between variables
    int dynamic_shared; // the number of the variable that a launch gives a size, or -1
    int granule_shift; // of shared memory: each 1 << so many bytes are watched together
    int global_granule_shift;
    int most_threads; // by .maxntid, or 0
} Kernel;

typedef struct Program {
    Kernel *kernels;
    int count;
    struct Block *blocks; // memory that goes with it
    char fault[512];
} Program;

// The threads that execute an instruction.
typedef struct {
    bool is_range; // all from low to high
    int low, high, count;
    const uint16_t *threads; // if not
} Active;

// A part of global memory.
typedef struct {
    char *start;
    size_t bytes;
    Kind kind;
    struct GlobalShadow **shadow; // one for each granule, once a kernel has come to this memory
} Memory;

typedef struct {
    uint32_t batch; // of commit_group
    uint32_t offset, bytes;
} Copy;

// What a thread has under way.
typedef struct {
    Copy *copies;
    int count;
    uint32_t batch;
} Copies;

struct Run {
    const Kernel *kernel;
    unsigned grid[3], group[3], at_group[3];
    int threads;
    void **at; // the values of each slot
    Active active;
    uint32_t *pc; // of each thread
    uint16_t lanes[2][MOST_THREADS]; // of the active threads, and of those for which a guard holds
    const Instruction *now;
    const char *parameters;
    uint8_t **is_written; // of tracked slots, a flag for each thread

    // Shared memory and what is known of its granules.
    char *shared;
    size_t shared_size;
    unsigned dynamic_bytes; // of it, which the launch gives
    uint32_t *shared_writer, *shared_reader;
    uint32_t epoch, first_epoch; // now, and of this group
    Copies *copies;

    char *local;
    uint8_t *local_written;
    size_t local_size;

    // Global memory.
    Memory *memories;
    int memory_count, last_memory;
    uint64_t launch_clock, group_clock, barrier_clock; // when they began
    uint64_t *group_clocks;
    unsigned group_number, groups;
    struct Order *order;

    jmp_buf leave;
    Error error;
    char fault[1024];
};

// ptx_memory.c: memory that goes with a program
void *keep_memory(Program *program, size_t bytes);
char *keep_text(Program *program, const char *text, size_t length);
void *grow(void *array, int count, size_t bytes_each); // room for one more, doubled as needed

// ptx_parse.c
Program *program_parse(const char *ptx, char *fault, size_t size); // null, and why, if it is not understood
void program_free(Program *program);
const Kernel *program_kernel(const Program *program, const char *name);

// ptx_launch.c
bool runs_kernels(void);
void report(const char *text); // a fault
Error kernel_run(const Kernel *kernel, const unsigned grid[3], const unsigned group[3], unsigned shared_bytes,
    const void *parameters, size_t parameter_bytes);

// ptx_execute.c
void group_run(Run *run);

// ptx_warps.c
void active_bits(const Run *run, uint32_t bits[MOST_THREADS / WARP]); // the active threads of each warp, one bit each

// ptx_report.c
_Noreturn void fault(Run *run, Error error, int thread, const char *format, ...) __attribute__((format(printf, 4, 5)));

#define LOOP_(pragma, ...) \
    do { \
        const Active *those_ = &run->active; \
        if (those_->is_range) { \
            const int end_ = those_->high; \
            pragma \
            for (int t = those_->low; t < end_; t++) { __VA_ARGS__ } \
        } else { \
            const int end_ = those_->count; \
            const uint16_t *threads_ = those_->threads; \
            for (int k_ = 0; k_ < end_; k_++) { const int t = threads_[k_]; __VA_ARGS__ } \
        } \
    } while (0)

// For each active thread t, what has nothing to do with other threads: gcc makes vectors of it.
#define EACH(...) LOOP_(_Pragma("GCC ivdep"), __VA_ARGS__)

// What has, one thread after the other.
#define IN_ORDER(...) LOOP_(, __VA_ARGS__)
