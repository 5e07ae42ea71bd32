// Moves, packing, and conversions between types.
#include "ptx_arithmetic.h"
#include <fenv.h>
#include <math.h>
#include <string.h>

void move_narrow(Run *run, const Instruction *instruction)
{
    uint32_t *target = ARRAY(uint32_t, 0);
    const uint32_t *a = ARRAY(uint32_t, 1);
    EACH({ target[t] = a[t]; });
}

void move_wide(Run *run, const Instruction *instruction)
{
    uint64_t *target = ARRAY(uint64_t, 0);
    const uint64_t *a = ARRAY(uint64_t, 1);
    EACH({ target[t] = a[t]; });
}

static bool is_wide(const Run *run, const Instruction *instruction, int operand)
{
    return run->kernel->slots[instruction->operands[operand]].is_wide;
}

static uint64_t value_at(const Run *run, const Instruction *instruction, int operand, int t)
{
    return is_wide(run, instruction, operand) ? ARRAY(uint64_t, operand)[t] : ARRAY(uint32_t, operand)[t];
}

static void set_at(Run *run, const Instruction *instruction, int operand, int t, uint64_t value)
{
    if (is_wide(run, instruction, operand))
        ARRAY(uint64_t, operand)[t] = value;
    else
        ARRAY(uint32_t, operand)[t] = (uint32_t)value;
}

void pack(Run *run, const Instruction *instruction)
{
    int bits = instruction->type.bits / instruction->elements;
    EACH({
        uint64_t value = 0;
        for (int i = 0; i < instruction->elements; i++)
            value |= value_at(run, instruction, 1 + i, t) << i * bits;
        set_at(run, instruction, 0, t, value);
    });
}

void unpack(Run *run, const Instruction *instruction)
{
    int bits = instruction->type.bits / instruction->elements;
    EACH({
        uint64_t value = value_at(run, instruction, instruction->elements, t);
        for (int i = 0; i < instruction->elements; i++)
            set_at(run, instruction, i, t, value >> i * bits & ((1ull << bits) - 1));
    });
}

static uint64_t window(const Instruction *instruction)
{
    return instruction->space == SHARED ? SHARED_WINDOW : instruction->space == LOCAL ? LOCAL_WINDOW : 0;
}

// cvta: an address with a state space becomes one without.
void to_window(Run *run, const Instruction *instruction)
{
    uint64_t *target = ARRAY(uint64_t, 0);
    const uint64_t *a = ARRAY(uint64_t, 1);
    EACH({ target[t] = a[t] + window(instruction); });
}

void from_window(Run *run, const Instruction *instruction)
{
    uint64_t *target = ARRAY(uint64_t, 0);
    const uint64_t *a = ARRAY(uint64_t, 1);
    EACH({ target[t] = a[t] - window(instruction); });
}

static double rounded(double x, int mode)
{
    switch (mode) {
    case 5: return nearbyint(x);
    case 6: return trunc(x);
    case 7: return floor(x);
    case 8: return ceil(x);
    default: return x;
    }
}

static uint64_t all_ones(int bits)
{
    return bits == 64 ? ~0ull : (1ull << bits) - 1;
}

// Numbers out of the type's range become its end, and what is none becomes 0.
static uint64_t integer_of(double x, Type to, int mode)
{
    x = rounded(x, mode);
    double end = ldexp(1, to.kind == 's' ? to.bits - 1 : to.bits);
    if (x != x)
        return 0;
    if (to.kind == 'u')
        return x <= 0 ? 0 : x >= end ? all_ones(to.bits) : (uint64_t)x;
    int64_t most = (int64_t)all_ones(to.bits - 1);
    return (uint64_t)(x < -end ? -most - 1 : x >= end ? most : (int64_t)x);
}

static uint64_t clamped(uint64_t value, Type from, Type to)
{
    __int128 x = from.kind == 's' ? (__int128)(int64_t)value : (__int128)value;
    __int128 high = to.kind == 's' ? (__int128)all_ones(to.bits - 1) : (__int128)all_ones(to.bits);
    __int128 low = to.kind == 's' ? -high - 1 : 0;
    return (uint64_t)(x < low ? low : x > high ? high : x);
}

static uint64_t extended(uint64_t value, Type type)
{
    value &= all_ones(type.bits);
    bool is_negative = type.kind == 's' && value >> (type.bits - 1) & 1;
    return is_negative ? value | ~all_ones(type.bits) : value;
}

static uint64_t bits_of_float(double x, Type to)
{
    uint64_t bits = 0;
    float narrow = (float)x;
    if (to.bits == 32)
        memcpy(&bits, &narrow, sizeof narrow);
    else
        memcpy(&bits, &x, sizeof x);
    return bits;
}

// Once, in the processor's rounding mode.
static uint64_t float_of_integer(uint64_t value, Type from, Type to)
{
    uint64_t bits = 0;
    volatile int64_t x = (int64_t)value;
    volatile uint64_t u = value;
    float narrow = from.kind == 's' ? (float)x : (float)u;
    double wide = from.kind == 's' ? (double)x : (double)u;
    if (to.bits == 32)
        memcpy(&bits, &narrow, sizeof narrow);
    else
        memcpy(&bits, &wide, sizeof wide);
    return bits;
}

static double float_of_bits(uint64_t value, Type from)
{
    float narrow;
    double wide;
    memcpy(&narrow, &value, sizeof narrow);
    memcpy(&wide, &value, sizeof wide);
    return from.bits == 32 ? (double)narrow : wide;
}

static uint64_t converted(uint64_t value, const Instruction *instruction)
{
    Type to = instruction->type, from = instruction->from;
    if (from.kind != 'f') {
        value = extended(value, from);
        if (to.kind == 'f')
            return float_of_integer(value, from, to);
        return extended(instruction->saturates ? clamped(value, from, to) : value, to);
    }
    volatile double x = float_of_bits(value, from);
    if (to.kind != 'f')
        return extended(integer_of(x, to, instruction->mode), to);
    double y = rounded(x, instruction->mode);
    y = !instruction->saturates ? y : y > 0 ? (y < 1 ? y : 1) : 0;
    return bits_of_float(y, to);
}

static bool is_conversion(const Instruction *instruction, Type to, Type from)
{
    return instruction->type.kind == to.kind && instruction->type.bits == to.bits && instruction->from.kind == from.kind
        && instruction->from.bits == from.bits && instruction->mode <= 1 && !instruction->saturates;
}

// Those that kernels are full of.
static bool convert_fast(Run *run, const Instruction *instruction)
{
    const Type s32 = {'s', 32}, s64 = {'s', 64}, u32 = {'u', 32}, u64 = {'u', 64}, f32 = {'f', 32};
    bool to_wide = is_wide(run, instruction, 0), from_wide = is_wide(run, instruction, 1);
    if (!to_wide && from_wide && (is_conversion(instruction, s32, s64) || is_conversion(instruction, u32, u64))) {
        EACH({ ARRAY(uint32_t, 0)[t] = (uint32_t)ARRAY(uint64_t, 1)[t]; });
    } else if (to_wide && !from_wide && is_conversion(instruction, s64, s32)) {
        EACH({ ARRAY(int64_t, 0)[t] = ARRAY(int32_t, 1)[t]; });
    } else if (to_wide && !from_wide && is_conversion(instruction, u64, u32)) {
        EACH({ ARRAY(uint64_t, 0)[t] = ARRAY(uint32_t, 1)[t]; });
    } else if (!to_wide && !from_wide && is_conversion(instruction, f32, s32)) {
        EACH({ ARRAY(float, 0)[t] = (float)ARRAY(int32_t, 1)[t]; });
    } else {
        return false;
    }
    return true;
}

void convert(Run *run, const Instruction *instruction)
{
    const int modes[] = {FE_TONEAREST, FE_TONEAREST, FE_TOWARDZERO, FE_DOWNWARD, FE_UPWARD};
    int bits = run->kernel->slots[instruction->operands[0]].type.bits;
    if (convert_fast(run, instruction))
        return;
    if (instruction->mode <= 4)
        fesetround(modes[instruction->mode]);
    EACH({
        uint64_t value = converted(value_at(run, instruction, 1, t), instruction);
        set_at(run, instruction, 0, t, value & all_ones(bits));
    });
    fesetround(FE_TONEAREST);
}
