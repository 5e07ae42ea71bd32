// Copies to shared memory that go on while a thread does other things. Each is done when it begins, and where it went
// nobody may read or write until the thread has waited for it; from then on it is as if the thread had written there.
#include "ptx_arithmetic.h"
#include "ptx_checks.h"
#include <stdlib.h>
#include <string.h>

static void mark(Run *run, const Copy *copy, uint32_t word)
{
    int shift = run->kernel->granule_shift;
    for (uint32_t granule = copy->offset >> shift; granule < (copy->offset + copy->bytes) >> shift; granule++)
        run->shared_writer[granule] = word;
}

void copy_async(Run *run, const Instruction *instruction)
{
    int bytes = instruction->elements;
    bool has_size = instruction->count == 2;
    const Addresses addresses = addresses_of(run, instruction);
    const uint64_t *sources = ARRAY(uint64_t, 0);
    IN_ORDER({
        uint32_t size = has_size ? ARRAY(uint32_t, 1)[t] : (uint32_t)bytes;
        uint64_t source = sources[t] + instruction->immediate;
        if (size > (uint32_t)bytes)
            fault(run, LAUNCH_FAILED, t, "copies %u of %d bytes", size, bytes);
        if (size && source & (bytes - 1))
            fault(run, MISALIGNED_ADDRESS, t, "copies %d bytes from 0x%lx, misaligned", bytes, source);
        char *to = shared_place(run, address_at(addresses, t), bytes, t, WRITES);
        memset(to, 0, bytes);
        if (size)
            memcpy(to, global_place(run, source, size, t, READS), size);
        Copies *copies = &run->copies[t];
        copies->copies = grow(copies->copies, copies->count, sizeof *copies->copies);
        Copy copy = {copies->batch, (uint32_t)(to - run->shared), bytes};
        copies->copies[copies->count++] = copy;
        mark(run, &copy, UNDER_WAY | (uint32_t)t);
    });
}

void commit_group(Run *run, const Instruction *instruction)
{
    (void)instruction;
    IN_ORDER({ run->copies[t].batch++; });
}

// For all but the latest so many batches, or for everything.
void wait_group(Run *run, const Instruction *instruction)
{
    IN_ORDER({
        Copies *copies = &run->copies[t];
        int kept = 0;
        for (int i = 0; i < copies->count; i++) {
            const Copy copy = copies->copies[i];
            bool has_landed = instruction->mode == -1
                || (int64_t)copy.batch < (int64_t)copies->batch - instruction->mode;
            if (has_landed)
                mark(run, &copy, run->epoch << TIME_SHIFT | (uint32_t)t);
            else
                copies->copies[kept++] = copy;
        }
        copies->count = kept;
    });
}
