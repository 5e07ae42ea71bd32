// Shared memory: where its variables end, what has been written, and races between two barriers.
#include "ptx_checks.h"
#include <stdlib.h>
#include <string.h>

static const char *const verbs[] = {"reads", "writes", "updates"};

static const Variable *variable_at(const Run *run, size_t offset)
{
    const Kernel *kernel = run->kernel;
    const Variable *nearest = NULL;
    for (int i = 0; i < kernel->shared_count; i++)
        if (kernel->shared[i].offset <= offset && (!nearest || nearest->offset <= kernel->shared[i].offset))
            nearest = &kernel->shared[i];
    return nearest;
}

static const char *name_at(const Run *run, size_t offset)
{
    static char name[128];
    const Variable *variable = variable_at(run, offset);
    if (variable)
        snprintf(name, sizeof name, "%.100s+%zu", variable->name, offset - variable->offset);
    return variable ? name : "nothing";
}

void shared_misplaced(Run *run, uint64_t address, int bytes, int t, const char *does)
{
    uint64_t offset = address - SHARED_BASE;
    bool is_inside = offset <= run->shared_size && run->shared_size - offset >= (size_t)bytes;
    fault(run, is_inside ? MISALIGNED_ADDRESS : ILLEGAL_ADDRESS, t, "%s %d bytes at shared address 0x%lx (%s): %s",
        does, bytes, address, is_inside ? name_at(run, offset) : "no variable",
        is_inside ? "misaligned" : "out of the bounds of shared memory");
}

void shared_fault(Run *run, uint32_t granule, int t, Access access)
{
    uint32_t writer = run->shared_writer[granule], reader = run->shared_reader[granule], time = writer >> TIME_SHIFT;
    size_t offset = (size_t)granule << run->kernel->granule_shift;
    const char *does = verbs[access], *name = name_at(run, offset);
    if (writer == NOWHERE)
        fault(run, ILLEGAL_ADDRESS, t, "%s shared memory at %s, out of its bounds", does, name);
    if (time == 0)
        fault(run, LAUNCH_FAILED, t, "%s shared memory at %s, to which a cp.async of thread %d is under way", does,
            name, writer & THREAD);
    if (time < run->first_epoch)
        fault(run, LAUNCH_FAILED, t, "%s shared memory at %s, which nobody has written", does, name);
    if (time == run->epoch && ((writer & MANY) || (int)(writer & THREAD) != t))
        fault(run, LAUNCH_FAILED, t, "race: %s shared memory at %s, which thread %d writes without a barrier between",
            does, name, writer & THREAD);
    fault(run, LAUNCH_FAILED, t, "race: %s shared memory at %s, which thread %d reads without a barrier between", does,
        name, (int)(reader & THREAD));
}

static inline void note_reader(Run *run, uint32_t granule, uint32_t mine)
{
    uint32_t reader = run->shared_reader[granule];
    bool is_now = reader >> TIME_SHIFT == run->epoch, is_other = (reader ^ mine) & THREAD;
    run->shared_reader[granule] = is_now ? reader | (is_other ? MANY : 0) : mine;
}

static inline void check_read(Run *run, uint32_t granule, uint32_t mine, int t)
{
    uint32_t writer = run->shared_writer[granule], start = run->first_epoch << TIME_SHIFT;
    bool is_before = writer - start < (run->epoch << TIME_SHIFT) - start;
    if (!is_before && ((writer ^ mine) & ~ATOMIC))
        shared_fault(run, granule, t, READS);
    note_reader(run, granule, mine);
}

static inline void check_write(Run *run, uint32_t granule, uint32_t mine, int t, Access access)
{
    uint32_t writer = run->shared_writer[granule], reader = run->shared_reader[granule];
    bool is_before = writer - UNWRITTEN < (run->epoch << TIME_SHIFT) - UNWRITTEN;
    bool both_atomic = access == UPDATES && (writer & ATOMIC) && writer >> TIME_SHIFT == run->epoch;
    if (access == UPDATES && writer >> TIME_SHIFT < run->first_epoch)
        shared_fault(run, granule, t, access);
    if (!is_before && !both_atomic && ((writer ^ mine) & ~ATOMIC))
        shared_fault(run, granule, t, access);
    if (reader >> TIME_SHIFT == run->epoch && ((reader ^ mine) & (THREAD | MANY)))
        shared_fault(run, granule, t, access);
    uint32_t flags = access == UPDATES ? ATOMIC | (both_atomic && ((writer ^ mine) & (THREAD | MANY)) ? MANY : 0) : 0;
    run->shared_writer[granule] = mine | flags;
}

char *shared_place(Run *run, uint64_t address, int bytes, int t, Access access)
{
    uint64_t offset = address - SHARED_BASE;
    if (offset > run->shared_size || run->shared_size - offset < (size_t)bytes || offset & (bytes - 1))
        shared_misplaced(run, address, bytes, t, verbs[access]);
    int shift = run->kernel->granule_shift;
    uint32_t granule = (uint32_t)(offset >> shift), end = (uint32_t)((offset + bytes) >> shift);
    uint32_t mine = run->epoch << TIME_SHIFT | (uint32_t)t;
    if (access == READS) {
        for (; granule < end; granule++)
            check_read(run, granule, mine, t);
    } else {
        for (; granule < end; granule++)
            check_write(run, granule, mine, t, access);
    }
    return run->shared + offset;
}

void shared_start(Run *run)
{
    const Kernel *kernel = run->kernel;
    run->shared_size = kernel->shared_bytes;
    if (kernel->dynamic_shared != -1)
        run->shared_size = kernel->shared[kernel->dynamic_shared].offset + run->dynamic_bytes;
    size_t granules = (run->shared_size >> kernel->granule_shift) + 16;
    run->shared = calloc(run->shared_size + 16, 1);
    run->shared_writer = calloc(granules, sizeof *run->shared_writer);
    run->shared_reader = calloc(granules, sizeof *run->shared_reader);
    for (int i = 0; i < kernel->shared_count; i++) {
        const Variable *variable = &kernel->shared[i];
        size_t bytes = i == kernel->dynamic_shared ? run->dynamic_bytes : variable->bytes;
        size_t first = variable->offset >> kernel->granule_shift;
        size_t end = (variable->offset + bytes + (1u << kernel->granule_shift) - 1) >> kernel->granule_shift;
        for (size_t granule = first; granule < end; granule++)
            run->shared_writer[granule] = UNWRITTEN;
    }
    run->epoch = 1;
}

// When the times are used up: what was written stays written, and is long ago.
static void begin_again(Run *run)
{
    size_t granules = run->shared_size >> run->kernel->granule_shift;
    for (size_t granule = 0; granule < granules; granule++) {
        uint32_t *writer = &run->shared_writer[granule];
        bool is_written = *writer >> TIME_SHIFT >= run->first_epoch;
        *writer = is_written ? 2 << TIME_SHIFT | (*writer & THREAD) : *writer >> TIME_SHIFT ? UNWRITTEN : *writer;
        run->shared_reader[granule] = 0;
    }
    run->first_epoch = run->epoch = 2;
}

void shared_barrier(Run *run)
{
    if (run->epoch >= (1u << (32 - TIME_SHIFT)) - 2)
        begin_again(run);
    run->epoch++;
}

void shared_start_group(Run *run)
{
    shared_barrier(run);
    run->first_epoch = run->epoch;
    size_t granules = run->shared_size >> run->kernel->granule_shift;
    for (int t = 0; t < run->threads; t++) { // copies that the group before never waited for
        for (int i = 0; i < run->copies[t].count; i++)
            for (uint32_t at = 0; at < run->copies[t].copies[i].bytes; at += 1u << run->kernel->granule_shift) {
                size_t granule = (run->copies[t].copies[i].offset + at) >> run->kernel->granule_shift;
                if (granule < granules)
                    run->shared_writer[granule] = UNWRITTEN;
            }
        run->copies[t].count = 0;
    }
}
