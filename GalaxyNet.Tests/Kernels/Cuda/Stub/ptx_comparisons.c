// Comparisons: setp.
#include "ptx_arithmetic.h"
#include <math.h>
#include <string.h>

static bool combined(bool a, bool b, int combine)
{
    return combine == 'a' ? a && b : combine == 'o' ? a || b : combine == 'x' ? a != b : a;
}

static void finish_comparison(Run *run, const Instruction *instruction, int t, bool is_so)
{
    bool other = instruction->combine && (ARRAY(uint32_t, 4)[t] != 0) != (instruction->negated >> 4 & 1);
    ARRAY(uint32_t, 1)[t] = combined(!is_so, other, instruction->combine);
    ARRAY(uint32_t, 0)[t] = combined(is_so, other, instruction->combine); // last, for without a second they are one
}

#define ORDERED(n, T, from) \
    COMPARISON(eq_##n, T, from, x == y) COMPARISON(ne_##n, T, from, x != y) COMPARISON(lt_##n, T, from, x < y) \
    COMPARISON(le_##n, T, from, x <= y) COMPARISON(gt_##n, T, from, x > y) COMPARISON(ge_##n, T, from, x >= y)

ORDERED(s16, int16_t, uint32_t)
ORDERED(u16, uint16_t, uint32_t)
ORDERED(s32, int32_t, uint32_t)
ORDERED(u32, uint32_t, uint32_t)
ORDERED(s64, int64_t, uint64_t)
ORDERED(u64, uint64_t, uint64_t)

// Of floats ne too is false with a NaN, and those with a u are true.
#define FLOATS(n, T) \
    COMPARISON(eq_##n, T, T, x == y) COMPARISON(ne_##n, T, T, x < y || x > y) COMPARISON(lt_##n, T, T, x < y) \
    COMPARISON(le_##n, T, T, x <= y) COMPARISON(gt_##n, T, T, x > y) COMPARISON(ge_##n, T, T, x >= y) \
    COMPARISON(equ_##n, T, T, !(x < y || x > y)) COMPARISON(neu_##n, T, T, x != y) \
    COMPARISON(ltu_##n, T, T, !(x >= y)) COMPARISON(leu_##n, T, T, !(x > y)) \
    COMPARISON(gtu_##n, T, T, !(x <= y)) COMPARISON(geu_##n, T, T, !(x < y)) \
    COMPARISON(num_##n, T, T, x == x && y == y) COMPARISON(nan_##n, T, T, x != x || y != y)

FLOATS(f32, float)
FLOATS(f64, double)

#define ONE(how, n, run, c) {"setp." #how "." #n, run, "p" #c #c}
#define LIST(n, c) \
    ONE(eq, n, eq_##n, c), ONE(ne, n, ne_##n, c), ONE(lt, n, lt_##n, c), ONE(le, n, le_##n, c), ONE(gt, n, gt_##n, c), \
    ONE(ge, n, ge_##n, c),
#define LIST_BITS(bits, c) \
    ONE(eq, b##bits, eq_u##bits, c), ONE(ne, b##bits, ne_u##bits, c), ONE(lo, u##bits, lt_u##bits, c), \
    ONE(ls, u##bits, le_u##bits, c), ONE(hi, u##bits, gt_u##bits, c), ONE(hs, u##bits, ge_u##bits, c),
#define LIST_UNORDERED(n, c) \
    ONE(equ, n, equ_##n, c), ONE(neu, n, neu_##n, c), ONE(ltu, n, ltu_##n, c), ONE(leu, n, leu_##n, c), \
    ONE(gtu, n, gtu_##n, c), ONE(geu, n, geu_##n, c), ONE(num, n, num_##n, c), ONE(nan, n, nan_##n, c),

static const Operation operations[] = {
    LIST(s16, h) LIST(u16, h) LIST(s32, w) LIST(u32, w) LIST(s64, d) LIST(u64, d) LIST(f32, w) LIST(f64, d)
    LIST_BITS(16, h) LIST_BITS(32, w) LIST_BITS(64, d) LIST_UNORDERED(f32, w) LIST_UNORDERED(f64, d)
};

const Operation *comparison(const char *name)
{
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
        if (strcmp(operations[i].name, name) == 0)
            return &operations[i];
    return NULL;
}
