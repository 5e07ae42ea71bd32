// What threads of a warp tell each other.
#include "ptx_arithmetic.h"
#include <string.h>

void active_bits(const Run *run, uint32_t bits[MOST_THREADS / WARP])
{
    memset(bits, 0, sizeof(uint32_t) * MOST_THREADS / WARP);
    IN_ORDER({ bits[t / WARP] |= 1u << t % WARP; });
}

static void check_members(Run *run, int t, uint32_t members, uint32_t here)
{
    if (!(members >> t % WARP & 1))
        fault(run, LAUNCH_FAILED, t, "a thread of the warp that its mask %08x does not name", members);
    if (members & ~here)
        fault(run, LAUNCH_FAILED, t, "its mask %08x names threads of the warp that are not here, which are %08x",
            members, here);
}

void shuffle(Run *run, const Instruction *instruction)
{
    uint32_t *target = ARRAY(uint32_t, 0), *found = ARRAY(uint32_t, 1), here[MOST_THREADS / WARP], copy[MOST_THREADS];
    const uint32_t *b = ARRAY(uint32_t, 3), *c = ARRAY(uint32_t, 4), *members = ARRAY(uint32_t, 5);
    active_bits(run, here);
    memcpy(copy, ARRAY(uint32_t, 2), sizeof *copy * run->threads);
    IN_ORDER({
        check_members(run, t, members[t], here[t / WARP]);
        int lane = t % WARP, by = b[t] & 31, clamp = c[t] & 31, segment = c[t] >> 8 & 31;
        int high = (lane & segment) | (clamp & ~segment), low = lane & segment, from;
        bool is_inside;
        switch (instruction->mode) {
        case 0: from = lane - by, is_inside = from >= high; break;
        case 1: from = lane + by, is_inside = from <= high; break;
        case 2: from = lane ^ by, is_inside = from <= high; break;
        default: from = low | (by & ~segment), is_inside = from <= high; break;
        }
        from = is_inside ? from : lane;
        if (!(here[t / WARP] >> from & 1))
            fault(run, LAUNCH_FAILED, t, "reads from thread %d of the warp, which is not here", from);
        target[t] = copy[t / WARP * WARP + from];
        found[t] = is_inside;
    });
}

// vote: all, any, uni and ballot.
static void vote_of(Run *run, const Instruction *instruction, int how)
{
    uint32_t *target = ARRAY(uint32_t, 0), here[MOST_THREADS / WARP], yes[MOST_THREADS / WARP] = {0};
    const uint32_t *said = ARRAY(uint32_t, 1), *members = ARRAY(uint32_t, 2);
    uint32_t negated = instruction->negated >> 1 & 1;
    active_bits(run, here);
    IN_ORDER({ yes[t / WARP] |= ((said[t] != 0) ^ negated) << t % WARP; });
    IN_ORDER({
        check_members(run, t, members[t], here[t / WARP]);
        uint32_t those = yes[t / WARP] & members[t];
        target[t] = how == 0 ? those == members[t] : how == 1 ? those != 0
                  : how == 2 ? those == members[t] || those == 0 : those;
    });
}

static void vote_all(Run *run, const Instruction *instruction) { vote_of(run, instruction, 0); }
static void vote_any(Run *run, const Instruction *instruction) { vote_of(run, instruction, 1); }
static void vote_uniform(Run *run, const Instruction *instruction) { vote_of(run, instruction, 2); }
static void vote_ballot(Run *run, const Instruction *instruction) { vote_of(run, instruction, 3); }

static void who_is_active(Run *run, const Instruction *instruction)
{
    uint32_t *target = ARRAY(uint32_t, 0), here[MOST_THREADS / WARP];
    active_bits(run, here);
    IN_ORDER({ target[t] = here[t / WARP]; });
}

static const Operation operations[] = {
    {"vote.sync.all.pred", vote_all, "ppw"}, {"vote.sync.any.pred", vote_any, "ppw"},
    {"vote.sync.uni.pred", vote_uniform, "ppw"}, {"vote.sync.ballot.b32", vote_ballot, "wpw"},
    {"activemask.b32", who_is_active, "w"},
};

const Operation *warp_operation(const char *name)
{
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
        if (strcmp(operations[i].name, name) == 0)
            return &operations[i];
    return NULL;
}
