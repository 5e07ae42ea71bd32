// Which registers some path reads before it has written them. They, and no others, are looked at while a kernel runs.
#include "ptx_read.h"
#include <stdlib.h>
#include <string.h>

// For each place where a path may begin, the registers that all paths to it have written.
typedef struct {
    int words; // of a set
    uint64_t *sets;
    int *set_of; // of an instruction that a block begins with, or -1
    bool *is_reached;
} Flows;

static void start_blocks(const Kernel *kernel, Flows *flows)
{
    int count = 0;
    flows->set_of = malloc(sizeof *flows->set_of * (kernel->count + 1));
    for (int i = 0; i <= kernel->count; i++)
        flows->set_of[i] = -1;
    flows->set_of[0] = count++;
    for (int i = 0; i < kernel->count; i++) {
        const Instruction *instruction = &kernel->instructions[i];
        int starts[] = {instruction->target, i + 1};
        for (int each = 0; each < 2 && instruction->flow == BRANCH; each++)
            if (flows->set_of[starts[each]] == -1)
                flows->set_of[starts[each]] = count++;
    }
    flows->words = (kernel->slot_count + 63) / 64;
    flows->sets = malloc(sizeof *flows->sets * flows->words * count);
    memset(flows->sets, 0xff, sizeof *flows->sets * flows->words * count);
    flows->is_reached = calloc(count, 1);
    memset(flows->sets, 0, sizeof *flows->sets * flows->words);
    flows->is_reached[0] = true;
}

static bool has(const uint64_t *set, int slot)
{
    return set[slot / 64] >> slot % 64 & 1;
}

// Whether it has changed.
static bool join(Flows *flows, int start, const uint64_t *written)
{
    int number = flows->set_of[start];
    uint64_t *set = flows->sets + (size_t)flows->words * number;
    bool is_new = !flows->is_reached[number];
    flows->is_reached[number] = true;
    for (int i = 0; i < flows->words; i++) {
        is_new |= (set[i] & ~written[i]) != 0;
        set[i] &= written[i];
    }
    return is_new;
}

static void look_at(Kernel *kernel, const uint64_t *written, int slot)
{
    if (slot != -1 && kernel->slots[slot].role == REGISTER && !has(written, slot))
        kernel->slots[slot].is_tracked = true;
}

static void look_at_reads(Kernel *kernel, const uint64_t *written, const Instruction *instruction)
{
    for (int i = instruction->targets; i < instruction->count; i++)
        look_at(kernel, written, instruction->operands[i]);
    look_at(kernel, written, instruction->address);
    look_at(kernel, written, instruction->guard);
}

// Through one block, from the set of its start.
static bool follow(Kernel *kernel, Flows *flows, int start, bool looks, uint64_t *written)
{
    bool has_changed = false;
    memcpy(written, flows->sets + (size_t)flows->words * flows->set_of[start], sizeof *written * flows->words);
    for (int i = start; i < kernel->count; i++) {
        const Instruction *instruction = &kernel->instructions[i];
        if (i > start && flows->set_of[i] != -1)
            return join(flows, i, written) || has_changed;
        if (looks)
            look_at_reads(kernel, written, instruction);
        if (instruction->flow == BRANCH) {
            has_changed |= join(flows, instruction->target, written);
            return instruction->guard == -1 ? has_changed : join(flows, i + 1, written) || has_changed;
        }
        if (instruction->flow == EXIT && instruction->guard == -1)
            return has_changed;
        for (int each = 0; each < instruction->targets && instruction->guard == -1; each++)
            written[instruction->operands[each] / 64] |= 1ull << instruction->operands[each] % 64;
    }
    return has_changed;
}

static void count_tracked(Kernel *kernel)
{
    for (int i = 0; i < kernel->count; i++) {
        Instruction *instruction = &kernel->instructions[i];
        for (int each = 0; each < instruction->count; each++)
            instruction->tracked += kernel->slots[instruction->operands[each]].is_tracked;
        instruction->tracked += instruction->address != -1 && kernel->slots[instruction->address].is_tracked;
        instruction->tracked += instruction->guard != -1 && kernel->slots[instruction->guard].is_tracked;
    }
}

void find_unwritten(Kernel *kernel)
{
    Flows flows = {0};
    start_blocks(kernel, &flows);
    uint64_t *written = malloc(sizeof *written * (flows.words + 1));
    for (bool has_changed = true; has_changed;) {
        has_changed = false;
        for (int i = 0; i < kernel->count; i++)
            if (flows.set_of[i] != -1 && flows.is_reached[flows.set_of[i]])
                has_changed |= follow(kernel, &flows, i, false, written);
    }
    for (int i = 0; i < kernel->count; i++)
        if (flows.set_of[i] != -1 && flows.is_reached[flows.set_of[i]])
            follow(kernel, &flows, i, true, written);
    count_tracked(kernel);
    free(written), free(flows.sets), free(flows.set_of), free(flows.is_reached);
}
