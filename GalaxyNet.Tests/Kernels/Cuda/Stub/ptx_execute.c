// Runs a group. Threads that part go on one after the other, always those that are furthest behind in the text, and so
// they meet again by themselves.
#include "ptx_checks.h"
#include <string.h>

enum { MOST_STEPS = 100000000 }; // of a group, before it counts as one that does not end

#define WAITING 0x80000000u // on top of where a thread waits at a barrier
#define EXITED 0xffffffffu

static void set_active(Run *run, const uint16_t *threads, int count)
{
    int low = count ? threads[0] : 0, high = count ? threads[count - 1] + 1 : 0;
    run->active = (Active){high - low == count, low, high, count, threads};
}

static bool is_everyone(const Run *run)
{
    return run->active.count == run->threads;
}

static void set_pc(Run *run, uint32_t pc)
{
    IN_ORDER({ run->pc[t] = pc; });
}

// Those of the active threads for which the guard holds, as the active ones; those before are returned.
static Active keep_guarded(Run *run, const Instruction *instruction)
{
    Active before = run->active;
    const uint32_t *guard = run->at[instruction->guard];
    uint16_t *lanes = run->lanes[1];
    int count = 0;
    IN_ORDER({
        lanes[count] = (uint16_t)t;
        count += (guard[t] != 0) != instruction->is_guard_negated;
    });
    if (count != before.count)
        set_active(run, lanes, count);
    return before;
}

static void check_registers(Run *run, const Instruction *instruction, int slot)
{
    const uint8_t *is_written = run->is_written[slot];
    if (!is_written)
        return;
    IN_ORDER({
        if (!is_written[t])
            fault(run, LAUNCH_FAILED, t, "reads register %s, which it has not written", run->kernel->slots[slot].name);
    });
    (void)instruction;
}

static void check_reads(Run *run, const Instruction *instruction)
{
    for (int i = instruction->targets; i < instruction->count; i++)
        check_registers(run, instruction, instruction->operands[i]);
    if (instruction->address != -1)
        check_registers(run, instruction, instruction->address);
}

static void note_writes(Run *run, const Instruction *instruction)
{
    for (int i = 0; i < instruction->targets; i++) {
        uint8_t *is_written = run->is_written[instruction->operands[i]];
        if (is_written)
            IN_ORDER({ is_written[t] = 1; });
    }
}

static void execute(Run *run, const Instruction *instruction)
{
    if (!instruction->tracked) {
        instruction->run(run, instruction);
        return;
    }
    check_reads(run, instruction);
    instruction->run(run, instruction);
    note_writes(run, instruction);
}

static void barrier(Run *run)
{
    shared_barrier(run);
    global_barrier(run);
}

static void check_barrier(Run *run, const Instruction *instruction)
{
    if (instruction->immediate && instruction->immediate != (uint64_t)run->threads)
        fault(run, LAUNCH_FAILED, 0, "a barrier for %lu of the group's %d threads is not understood",
            instruction->immediate, run->threads);
}

// From one place on until threads part, wait, exit, or come to where others are.
static void run_from(Run *run, uint32_t pc, uint32_t next, int *steps)
{
    const Instruction *instructions = run->kernel->instructions;
    while (pc != next) {
        const Instruction *instruction = run->now = &instructions[pc];
        if (--*steps < 0)
            fault(run, LAUNCH_TIMEOUT, run->active.low, "the group does not end");
        if (instruction->guard == -1 && instruction->flow == PLAIN) {
            execute(run, instruction);
            pc++;
            continue;
        }
        if (instruction->guard != -1 && instruction->tracked)
            check_registers(run, instruction, instruction->guard);
        Active before = instruction->guard == -1 ? run->active : keep_guarded(run, instruction);
        bool is_split = run->active.count != before.count, is_none = run->active.count == 0;
        if (instruction->flow == PLAIN || is_none) {
            if (!is_none)
                execute(run, instruction);
            run->active = before;
            pc++;
        } else if (instruction->flow == BRANCH && !is_split) {
            pc = (uint32_t)instruction->target;
            if (pc > next)
                break;
        } else if (instruction->flow == BARRIER && is_everyone(run)) {
            check_barrier(run, instruction);
            barrier(run);
            pc++;
        } else {
            Active those = run->active;
            run->active = before;
            set_pc(run, pc + 1);
            run->active = those;
            check_barrier(run, instruction->flow == BARRIER ? instruction : &(Instruction){.immediate = 0});
            set_pc(run, instruction->flow == BRANCH ? (uint32_t)instruction->target
                : instruction->flow == BARRIER ? pc | WAITING : EXITED);
            return;
        }
    }
    set_pc(run, pc);
}

static int count_at(const Run *run, uint32_t pc, int *first)
{
    int count = 0;
    for (int t = run->threads - 1; t >= 0; t--)
        if (run->pc[t] == pc) {
            count++;
            *first = t;
        }
    return count;
}

// Everyone waits or has exited: at one barrier, or something is wrong.
static void release_barrier(Run *run, uint32_t where)
{
    int first = 0, waiting = count_at(run, where, &first), other = 0;
    run->now = &run->kernel->instructions[where & ~WAITING];
    int exited = count_at(run, EXITED, &other);
    if (exited)
        fault(run, LAUNCH_FAILED, first, "%d threads wait at the barrier, and %d, thread %d first, have exited",
            waiting, exited, other);
    for (int t = 0; t < run->threads && waiting != run->threads; t++)
        if (run->pc[t] != where)
            fault(run, LAUNCH_FAILED, first,
                "%d threads wait at the barrier, and others, thread %d first, at that of line %d", waiting, t,
                run->kernel->instructions[run->pc[t] & ~WAITING].line);
    barrier(run);
    for (int t = 0; t < run->threads; t++)
        run->pc[t] = (where & ~WAITING) + 1;
}

void group_run(Run *run)
{
    int steps = MOST_STEPS;
    memset(run->pc, 0, sizeof *run->pc * run->threads);
    for (;;) {
        uint32_t lowest = EXITED, next = EXITED;
        for (int t = 0; t < run->threads; t++)
            lowest = run->pc[t] < lowest ? run->pc[t] : lowest;
        if (lowest == EXITED)
            return;
        if (lowest & WAITING) {
            release_barrier(run, lowest);
            continue;
        }
        int count = 0;
        for (int t = 0; t < run->threads; t++) {
            uint32_t pc = run->pc[t];
            run->lanes[0][count] = (uint16_t)t;
            count += pc == lowest;
            next = pc != lowest && pc < next ? pc : next;
        }
        set_active(run, run->lanes[0], count);
        run_from(run, lowest, next, &steps);
    }
}
