// Launches: every group of the grid, one after the other.
#include "ptx_checks.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int asked = -1; // whether to run kernels, where a program says so itself
static char last_fault[1024];

// For programs that load the library themselves.
__attribute__((visibility("default"))) void galaxynet_stub_run(int runs)
{
    asked = runs;
}

// What the latest launch or module that failed said.
__attribute__((visibility("default"))) const char *galaxynet_stub_fault(void)
{
    return last_fault;
}

bool runs_kernels(void)
{
    const char *variable = getenv("GALAXYNET_STUB_RUN");
    return asked == -1 ? variable && strcmp(variable, "1") == 0 : asked;
}

void report(const char *text)
{
    char escaped[2048];
    size_t used = 0;
    for (const char *c = text; *c && used < sizeof escaped - 3; c++) {
        if (*c == '"' || *c == '\\')
            escaped[used++] = '\\';
        escaped[used++] = (unsigned char)*c < ' ' ? ' ' : *c;
    }
    escaped[used] = 0;
    snprintf(last_fault, sizeof last_fault, "%s", text);
    fprintf(stderr, "PTX fault: %s\n", text);
    record("fault", NULL, ",\"message\":\"%s\"", escaped);
    record_flush();
}

static uint32_t special(const Run *run, uint64_t which, int t)
{
    uint32_t lane = t % 32;
    switch (which) {
    case 0: return t % run->group[0];
    case 1: return t / run->group[0] % run->group[1];
    case 2: return t / run->group[0] / run->group[1];
    case 3: case 4: case 5: return run->group[which - 3];
    case 6: case 7: case 8: return run->at_group[which - 6];
    case 9: case 10: case 11: return run->grid[which - 9];
    case 12: return lane;
    case 13: return t / 32;
    case 14: return (run->threads + 31) / 32;
    case 15: return 1u << lane;
    case 16: return (uint32_t)((2ull << lane) - 1);
    case 17: return (1u << lane) - 1;
    case 18: return ~((1u << lane) - 1);
    case 19: return (uint32_t)~((2ull << lane) - 1);
    default: return run->dynamic_bytes;
    }
}

static void fill(Run *run, int slot)
{
    const Slot *kind = &run->kernel->slots[slot];
    for (int t = 0; t < run->threads; t++) {
        uint64_t value = kind->role == CONSTANT ? kind->value : special(run, kind->value, t);
        if (kind->is_wide)
            ((uint64_t *)run->at[slot])[t] = value;
        else
            ((uint32_t *)run->at[slot])[t] = (uint32_t)value;
    }
}

// One block for the registers of all launches, which costs less than new memory for each.
static char *registers;
static size_t register_bytes;

static void place_registers(Run *run)
{
    const Kernel *kernel = run->kernel;
    size_t lanes = (run->threads + 15) / 16 * 16, used = 0;
    run->at = malloc(sizeof *run->at * (kernel->slot_count + 1));
    run->is_written = calloc(kernel->slot_count + 1, sizeof *run->is_written);
    for (int i = 0; i < kernel->slot_count; i++)
        used += lanes * (kernel->slots[i].is_wide ? 8 : 4);
    if (used > register_bytes) {
        free(registers);
        registers = aligned_alloc(64, register_bytes = (used + 63) / 64 * 64);
    }
    used = 0;
    for (int i = 0; i < kernel->slot_count; i++) {
        run->at[i] = registers + used;
        used += lanes * (kernel->slots[i].is_wide ? 8 : 4);
        if (kernel->slots[i].is_tracked)
            run->is_written[i] = calloc(run->threads, 1);
        if (kernel->slots[i].role != REGISTER)
            fill(run, i);
    }
}

static void start_group(Run *run, unsigned number)
{
    const Kernel *kernel = run->kernel;
    run->group_number = number;
    run->at_group[0] = number % run->grid[0];
    run->at_group[1] = number / run->grid[0] % run->grid[1];
    run->at_group[2] = number / run->grid[0] / run->grid[1];
    for (int i = 0; i < kernel->slot_count; i++) {
        if (kernel->slots[i].role == SPECIAL && kernel->slots[i].value >= 6 && kernel->slots[i].value <= 8)
            fill(run, i);
        if (run->is_written[i])
            memset(run->is_written[i], 0, run->threads);
    }
    memset(run->local_written, 0, run->local_size * run->threads);
    shared_start_group(run);
    global_start_group(run);
}

static void start(Run *run, unsigned dynamic_bytes)
{
    run->groups = run->grid[0] * run->grid[1] * run->grid[2];
    run->threads = (int)(run->group[0] * run->group[1] * run->group[2]);
    run->pc = malloc(sizeof *run->pc * run->threads);
    run->copies = calloc(run->threads, sizeof *run->copies);
    run->local_size = run->kernel->local_bytes;
    run->local = calloc(run->local_size * run->threads + 16, 1);
    run->local_written = calloc(run->local_size * run->threads + 16, 1);
    run->dynamic_bytes = dynamic_bytes;
    place_registers(run);
    shared_start(run);
    global_start(run);
}

static void end(Run *run)
{
    for (int t = 0; t < run->threads; t++)
        free(run->copies[t].copies);
    for (int i = 0; i < run->kernel->slot_count; i++)
        free(run->is_written[i]);
    global_end(run);
    free(run->shared), free(run->shared_writer), free(run->shared_reader);
    free(run->pc), free(run->copies), free(run->local), free(run->local_written), free(run->at), free(run->is_written);
}

static Error refuse_launch(const Kernel *kernel, const char *why)
{
    char text[512];
    snprintf(text, sizeof text, "%.200s: %s", kernel->name, why);
    report(text);
    return INVALID_VALUE;
}

Error kernel_run(const Kernel *kernel, const unsigned grid[3], const unsigned group[3], unsigned shared_bytes,
    const void *parameters, size_t parameter_bytes)
{
    if (kernel->most_threads && group[0] * group[1] * group[2] > (unsigned)kernel->most_threads)
        return refuse_launch(kernel, "more threads than its .maxntid");
    if (parameter_bytes < kernel->parameter_bytes)
        return refuse_launch(kernel, "fewer bytes of parameters than it has");
    pthread_mutex_lock(&mutex);
    Run *run = calloc(1, sizeof *run);
    run->kernel = kernel;
    run->parameters = parameters;
    memcpy(run->grid, grid, sizeof run->grid);
    memcpy(run->group, group, sizeof run->group);
    run->now = kernel->instructions;
    start(run, shared_bytes);
    if (setjmp(run->leave) == 0)
        for (unsigned i = 0; i < run->groups; i++) {
            start_group(run, i);
            group_run(run);
        }
    else
        report(run->fault);
    Error error = run->error;
    end(run);
    free(run);
    pthread_mutex_unlock(&mutex);
    return error;
}
