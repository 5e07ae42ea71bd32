// Atomic instructions, and fences.
#include "ptx_arithmetic.h"
#include "ptx_checks.h"
#include <string.h>

enum { ADD, INCREMENT, DECREMENT, MINIMUM, MAXIMUM, AND, OR, XOR, EXCHANGE, COMPARE_AND_SWAP };

static uint64_t float_sum(uint64_t x, uint64_t y, int bits)
{
    uint64_t sum = 0;
    if (bits == 32) {
        float a, b;
        memcpy(&a, &x, sizeof a), memcpy(&b, &y, sizeof b);
        a += b;
        memcpy(&sum, &a, sizeof a);
    } else {
        double a, b;
        memcpy(&a, &x, sizeof a), memcpy(&b, &y, sizeof b);
        a += b;
        memcpy(&sum, &a, sizeof a);
    }
    return sum;
}

static int64_t as_signed(uint64_t x, int bits)
{
    return bits == 32 ? (int32_t)x : (int64_t)x;
}

static uint64_t updated(const Instruction *instruction, uint64_t old, uint64_t y, uint64_t z)
{
    Type type = instruction->type;
    bool is_less = type.kind == 's' ? as_signed(old, type.bits) < as_signed(y, type.bits) : old < y;
    switch (instruction->mode) {
    case ADD: return type.kind == 'f' ? float_sum(old, y, type.bits) : old + y;
    case INCREMENT: return old >= y ? 0 : old + 1;
    case DECREMENT: return old == 0 || old > y ? y : old - 1;
    case MINIMUM: return is_less ? old : y;
    case MAXIMUM: return is_less ? y : old;
    case AND: return old & y;
    case OR: return old | y;
    case XOR: return old ^ y;
    case EXCHANGE: return y;
    default: return old == y ? z : old;
    }
}

static uint64_t operand_at(const Run *run, const Instruction *instruction, int operand, int t)
{
    return instruction->type.bits == 64 ? ARRAY(uint64_t, operand)[t] : ARRAY(uint32_t, operand)[t];
}

void atomic(Run *run, const Instruction *instruction)
{
    int bytes = instruction->type.bits / 8;
    const Addresses addresses = addresses_of(run, instruction);
    IN_ORDER({
        if (instruction->releases)
            order_fence(run, t);
        char *at = place(run, instruction, address_at(addresses, t), bytes, t, UPDATES);
        uint64_t old = 0;
        memcpy(&old, at, bytes);
        uint64_t y = operand_at(run, instruction, 1, t);
        uint64_t new = updated(instruction, old, y, instruction->count > 2 ? operand_at(run, instruction, 2, t) : 0);
        memcpy(at, &new, bytes);
        if (bytes == 8)
            ARRAY(uint64_t, 0)[t] = old;
        else
            ARRAY(uint32_t, 0)[t] = (uint32_t)old;
        order_acquire(run, at, t);
        order_release(run, at, t, false);
        if (instruction->acquires)
            order_fence(run, t);
    });
    tick(run);
}

void fence(Run *run, const Instruction *instruction)
{
    if (instruction->mode) { // one of a group alone orders nothing between groups
        IN_ORDER({ order_fence(run, t); });
        tick(run);
    }
}
