// Loads and stores.
#include "ptx_arithmetic.h"
#include "ptx_checks.h"
#include <string.h>

static inline uint64_t value_in(const char *from, Type type)
{
    uint64_t value = 0;
    switch (type.bits) {
    case 8: value = type.kind == 's' ? (uint64_t)*(int8_t *)from : *(uint8_t *)from; break;
    case 16: value = type.kind == 's' ? (uint64_t)*(int16_t *)from : *(uint16_t *)from; break;
    case 32: value = type.kind == 's' ? (uint64_t)*(int32_t *)from : *(uint32_t *)from; break;
    default: value = *(uint64_t *)from; break;
    }
    return value;
}

// A register wider than the type gets its sign or zeros.
static void set_register(Run *run, int slot, int t, uint64_t value)
{
    const Slot *kind = &run->kernel->slots[slot];
    if (kind->is_wide)
        ((uint64_t *)run->at[slot])[t] = value;
    else
        ((uint32_t *)run->at[slot])[t] = (uint32_t)(kind->type.bits == 16 ? value & 0xffff : value);
}

// Only of four bytes each, into registers of as many: what kernels mostly do.
static bool is_simple(const Run *run, const Instruction *instruction)
{
    for (int i = 0; i < instruction->elements; i++)
        if (run->kernel->slots[instruction->operands[i]].is_wide)
            return false;
    return instruction->type.bits == 32;
}

static inline char *reach(
    Run *run, const Instruction *instruction, Addresses addresses, int bytes, int t, Access access)
{
    char *at = place(run, instruction, address_at(addresses, t), bytes, t, access);
    if (!instruction->is_strong)
        return at;
    if (access == READS)
        order_acquire(run, at, t);
    if (instruction->acquires || instruction->releases)
        order_fence(run, t);
    if (access == WRITES)
        order_release(run, at, t, true);
    return at;
}

// Four words of shared memory, which products read all the time.
static void load_four_shared(Run *run, const Instruction *instruction)
{
    uint32_t *a = ARRAY(uint32_t, 0), *b = ARRAY(uint32_t, 1), *c = ARRAY(uint32_t, 2), *d = ARRAY(uint32_t, 3);
    const uint64_t end = run->shared_size < 16 ? 0 : run->shared_size - 15;
    const uint32_t many = run->epoch << TIME_SHIFT | MANY, *const readers = run->shared_reader;
    const Addresses addresses = addresses_of(run, instruction);
    const char *const shared = run->shared;
    IN_ORDER({
        const uint64_t address = address_at(addresses, t), offset = address - SHARED_BASE;
        const uint32_t *from = (const uint32_t *)(shared + offset);
        if (offset >= end || offset & 15 || !are_read_by_many(readers + offset / 4, many))
            from = (const uint32_t *)shared_place(run, address, 16, t, READS);
        a[t] = from[0], b[t] = from[1], c[t] = from[2], d[t] = from[3];
    });
}

void load(Run *run, const Instruction *instruction)
{
    int elements = instruction->elements, size = instruction->type.bits / 8, bytes = elements * size;
    const Addresses addresses = addresses_of(run, instruction);
    bool is_shared = instruction->space == SHARED && run->kernel->granule_shift == 2;
    if (is_simple(run, instruction) && elements == 4 && is_shared && !instruction->is_strong) {
        load_four_shared(run, instruction);
    } else if (is_simple(run, instruction) && elements == 4) {
        uint32_t *a = ARRAY(uint32_t, 0), *b = ARRAY(uint32_t, 1), *c = ARRAY(uint32_t, 2), *d = ARRAY(uint32_t, 3);
        IN_ORDER({
            const uint32_t *from = (const uint32_t *)reach(run, instruction, addresses, bytes, t, READS);
            a[t] = from[0], b[t] = from[1], c[t] = from[2], d[t] = from[3];
        });
    } else if (is_simple(run, instruction) && elements == 1) {
        uint32_t *a = ARRAY(uint32_t, 0);
        IN_ORDER({ a[t] = *(const uint32_t *)reach(run, instruction, addresses, bytes, t, READS); });
    } else {
        IN_ORDER({
            const char *from = reach(run, instruction, addresses, bytes, t, READS);
            for (int i = 0; i < elements; i++)
                set_register(run, instruction->operands[i], t, value_in(from + i * size, instruction->type));
        });
    }
    if (instruction->is_strong)
        tick(run);
}

void store(Run *run, const Instruction *instruction)
{
    int elements = instruction->elements, size = instruction->type.bits / 8, bytes = elements * size;
    const Addresses addresses = addresses_of(run, instruction);
    IN_ORDER({
        char *to = reach(run, instruction, addresses, bytes, t, WRITES);
        for (int i = 0; i < elements; i++) {
            int slot = instruction->operands[i];
            uint64_t value = run->kernel->slots[slot].is_wide ? ARRAY(uint64_t, i)[t] : ARRAY(uint32_t, i)[t];
            memcpy(to + i * size, &value, size);
        }
    });
    if (instruction->is_strong)
        tick(run);
}

void load_parameter(Run *run, const Instruction *instruction)
{
    int elements = instruction->elements, size = instruction->type.bits / 8;
    if (instruction->offset < 0 || (size_t)instruction->offset + elements * size > run->kernel->parameter_bytes)
        fault(run, ILLEGAL_ADDRESS, run->active.is_range ? run->active.low : run->active.threads[0],
            "reads past the end of the parameters");
    IN_ORDER({
        for (int i = 0; i < elements; i++)
            set_register(run, instruction->operands[i], t,
                value_in(run->parameters + instruction->offset + i * size, instruction->type));
    });
}
