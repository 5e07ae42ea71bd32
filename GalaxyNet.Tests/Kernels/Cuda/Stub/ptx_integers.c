// Integer arithmetic and bits.
#include "ptx_arithmetic.h"
#include <string.h>

#pragma GCC diagnostic ignored "-Wtype-limits" // what is written for all types compares unsigned ones with 0 too

typedef __int128 int128_t;
typedef unsigned __int128 uint128_t;

// Where PTX leaves the result open, it is all ones, as GPUs have it.
#define QUOTIENT(type, unsigned_type) \
    static type quotient_##type(type x, type y) \
    { \
        return y == 0 ? (type)-1 : (type)-1 < 0 && y == (type)-1 ? (type)(0 - (unsigned_type)x) : (type)(x / y); \
    } \
    static type remainder_##type(type x, type y) \
    { \
        return y == 0 ? x : (type)-1 < 0 && y == (type)-1 ? 0 : (type)(x % y); \
    }

QUOTIENT(int16_t, uint16_t)
QUOTIENT(uint16_t, uint16_t)
QUOTIENT(int64_t, uint64_t)
QUOTIENT(uint64_t, uint64_t)

// In float64, which holds these quotients to the last bit, and of which a vector is divided at once.
static inline int32_t quotient_int32_t(int32_t x, int32_t y)
{
    int64_t quotient = (int64_t)((double)x / (double)(y == 0 ? 1 : y));
    return y == 0 ? -1 : (int32_t)(uint32_t)quotient;
}

static inline int32_t remainder_int32_t(int32_t x, int32_t y)
{
    return (int32_t)((uint32_t)x - (uint32_t)(y == 0 ? 0 : quotient_int32_t(x, y)) * (uint32_t)y);
}

static inline uint32_t quotient_uint32_t(uint32_t x, uint32_t y)
{
    return y == 0 ? UINT32_MAX : (uint32_t)(int64_t)((double)x / (double)(y == 0 ? 1 : y));
}

static inline uint32_t remainder_uint32_t(uint32_t x, uint32_t y)
{
    return x - (y == 0 ? 0 : quotient_uint32_t(x, y)) * y;
}

// What each type has: its name in PTX, its own and an unsigned type, the shape's letter, twice its width.
#define TYPES(X) \
    X(s16, int16_t, uint16_t, h, int32_t) \
    X(u16, uint16_t, uint16_t, h, uint32_t) \
    X(s32, int32_t, uint32_t, w, int64_t) \
    X(u32, uint32_t, uint32_t, w, uint64_t) \
    X(s64, int64_t, uint64_t, d, int128_t) \
    X(u64, uint64_t, uint64_t, d, uint128_t)

#define WIDENED(X) \
    X(s16, int16_t, uint16_t, h, int32_t, uint32_t, w) \
    X(u16, uint16_t, uint16_t, h, uint32_t, uint32_t, w) \
    X(s32, int32_t, uint32_t, w, int64_t, uint64_t, d) \
    X(u32, uint32_t, uint32_t, w, uint64_t, uint64_t, d)

#define BITS(X) X(b16, uint16_t, h) X(b32, uint32_t, w) X(b64, uint64_t, d) X(pred, uint32_t, p)

#define DEFINE(n, T, U, c, W) \
    BINARY(add_##n, STORED_##c, U, U, STORED_##c, x + y) \
    BINARY(sub_##n, STORED_##c, U, U, STORED_##c, x - y) \
    BINARY(multiply_low_##n, STORED_##c, U, U, STORED_##c, (STORED_##c)x * (STORED_##c)y) \
    BINARY(multiply_high_##n, STORED_##c, U, T, STORED_##c, ((W)x * (W)y) >> (8 * sizeof(T))) \
    TERNARY(mad_low_##n, STORED_##c, U, U, STORED_##c, STORED_##c, (STORED_##c)x * (STORED_##c)y + z) \
    TERNARY(mad_high_##n, STORED_##c, U, T, STORED_##c, STORED_##c, (U)(((W)x * (W)y) >> (8 * sizeof(T))) + z) \
    BINARY(divide_##n, STORED_##c, U, T, STORED_##c, quotient_##T(x, y)) \
    BINARY(remainder_##n, STORED_##c, U, T, STORED_##c, remainder_##T(x, y)) \
    BINARY(min_##n, STORED_##c, U, T, STORED_##c, x < y ? x : y) \
    BINARY(max_##n, STORED_##c, U, T, STORED_##c, x > y ? x : y) \
    UNARY(negative_##n, STORED_##c, U, U, STORED_##c, (U)0 - x) \
    UNARY(absolute_##n, STORED_##c, U, T, STORED_##c, x < 0 ? (U)0 - (U)x : (U)x)

#define DEFINE_WIDE(n, T, U, c, W, UW, C) \
    BINARY(multiply_wide_##n, STORED_##C, UW, T, STORED_##c, (W)x * (W)y) \
    TERNARY(mad_wide_##n, STORED_##C, UW, T, STORED_##c, STORED_##C, (UW)((W)x * (W)y) + z)

#define DEFINE_BITS(n, U, c) \
    BINARY(and_##n, STORED_##c, U, U, STORED_##c, x & y) \
    BINARY(or_##n, STORED_##c, U, U, STORED_##c, x | y) \
    BINARY(xor_##n, STORED_##c, U, U, STORED_##c, x ^ y)

TYPES(DEFINE)
WIDENED(DEFINE_WIDE)
BITS(DEFINE_BITS)
UNARY(not_b16, uint32_t, uint16_t, uint16_t, uint32_t, ~x)
UNARY(not_b32, uint32_t, uint32_t, uint32_t, uint32_t, ~x)
UNARY(not_b64, uint64_t, uint64_t, uint64_t, uint64_t, ~x)
UNARY(not_pred, uint32_t, uint32_t, uint32_t, uint32_t, x ^ 1)
UNARY(is_zero_b32, uint32_t, uint32_t, uint32_t, uint32_t, x == 0)

// By a number of 32 bits, of which more than there are bits shift everything out.
#define SHIFT(name, T, U, stored, expression) \
    static void name(Run *run, const Instruction *instruction) \
    { \
        stored *target = ARRAY(stored, 0); \
        const stored *a = ARRAY(stored, 1); \
        const uint32_t *b = ARRAY(uint32_t, 2); \
        EACH({ const uint32_t most = 8 * sizeof(T) - 1; \
            const T x = (T)a[t]; const uint32_t y = b[t] > most ? most : b[t]; \
            const bool is_out = b[t] > most; target[t] = (U)(expression); }); \
    }
#define SHIFTS(bits, unsigned_type, signed_type, stored) \
    SHIFT(shift_left_b##bits, unsigned_type, unsigned_type, stored, is_out ? 0 : x << y) \
    SHIFT(shift_right_u##bits, unsigned_type, unsigned_type, stored, is_out ? 0 : x >> y) \
    SHIFT(shift_right_s##bits, signed_type, unsigned_type, stored, is_out ? x >> most : x >> y)

SHIFTS(16, uint16_t, int16_t, uint32_t)
SHIFTS(32, uint32_t, int32_t, uint32_t)
SHIFTS(64, uint64_t, int64_t, uint64_t)

static uint64_t reversed(uint64_t x, int bits)
{
    uint64_t result = 0;
    for (int i = 0; i < bits; i++)
        result |= (x >> i & 1) << (bits - 1 - i);
    return result;
}

// Position and length of a field are the low bytes of what says them.
static uint64_t extracted(uint64_t x, uint32_t at, uint32_t length, int bits, bool is_signed)
{
    at &= 255, length &= 255;
    int sign_at = (int)at + (int)length - 1 < bits - 1 ? (int)at + (int)length - 1 : bits - 1;
    bool sign = is_signed && length > 0 && (x >> sign_at & 1);
    uint64_t result = 0;
    for (int i = 0; i < bits; i++)
        result |= (uint64_t)(i < (int)length && (int)at + i < bits ? x >> (at + i) & 1 : sign) << i;
    return result;
}

static uint64_t inserted(uint64_t field, uint64_t into, uint32_t at, uint32_t length, int bits)
{
    at &= 255, length &= 255;
    for (int i = 0; i < (int)length && (int)at + i < bits; i++)
        into = (into & ~(1ull << (at + i))) | (field >> i & 1) << (at + i);
    return into;
}

static uint32_t permuted(uint32_t low, uint32_t high, uint32_t selector)
{
    uint64_t bytes = (uint64_t)high << 32 | low;
    uint32_t result = 0;
    for (int i = 0; i < 4; i++) {
        uint32_t pick = selector >> 4 * i & 15, byte = bytes >> 8 * (pick & 7) & 255;
        byte = pick & 8 ? (byte & 128 ? 255 : 0) : byte; // its sign alone
        result |= byte << 8 * i;
    }
    return result;
}

static uint32_t looked_up(uint32_t x, uint32_t y, uint32_t z, uint32_t table)
{
    uint32_t result = 0;
    for (int i = 0; i < 8; i++)
        if (table >> i & 1)
            result |= (i & 4 ? x : ~x) & (i & 2 ? y : ~y) & (i & 1 ? z : ~z);
    return result;
}

static uint32_t highest_bit(uint64_t x, int bits, bool is_signed)
{
    if (is_signed && x >> (bits - 1) & 1)
        x = ~x & (bits == 64 ? ~0ull : (1ull << bits) - 1);
    return x ? 63 - (uint32_t)__builtin_clzll(x) : UINT32_MAX;
}

#define FUNNEL(wraps) uint32_t n = wraps ? z & 31 : z > 32 ? 32 : z
UNARY(population_b32, uint32_t, uint32_t, uint32_t, uint32_t, __builtin_popcount(x))
UNARY(population_b64, uint32_t, uint32_t, uint64_t, uint64_t, __builtin_popcountll(x))
UNARY(leading_b32, uint32_t, uint32_t, uint32_t, uint32_t, x ? __builtin_clz(x) : 32)
UNARY(leading_b64, uint32_t, uint32_t, uint64_t, uint64_t, x ? __builtin_clzll(x) : 64)
UNARY(reverse_b32, uint32_t, uint32_t, uint32_t, uint32_t, reversed(x, 32))
UNARY(reverse_b64, uint64_t, uint64_t, uint64_t, uint64_t, reversed(x, 64))
UNARY(highest_u32, uint32_t, uint32_t, uint32_t, uint32_t, highest_bit(x, 32, false))
UNARY(highest_s32, uint32_t, uint32_t, uint32_t, uint32_t, highest_bit(x, 32, true))
UNARY(highest_u64, uint32_t, uint32_t, uint64_t, uint64_t, highest_bit(x, 64, false))
UNARY(highest_s64, uint32_t, uint32_t, uint64_t, uint64_t, highest_bit(x, 64, true))
TERNARY(permute_b32, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t, permuted(x, y, z))
TERNARY(funnel_left_wrap, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t,
    ({ FUNNEL(true); (uint32_t)((((uint64_t)y << 32 | x) << n) >> 32); }))
TERNARY(funnel_left_clamp, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t,
    ({ FUNNEL(false); (uint32_t)((((uint128_t)y << 32 | x) << n) >> 32); }))
TERNARY(funnel_right_wrap, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t,
    ({ FUNNEL(true); (uint32_t)(((uint64_t)y << 32 | x) >> n); }))
TERNARY(funnel_right_clamp, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t,
    ({ FUNNEL(false); (uint32_t)(((uint64_t)y << 32 | x) >> n); }))

#define FIELD(name, stored, bits, is_signed) \
    static void name(Run *run, const Instruction *instruction) \
    { \
        stored *target = ARRAY(stored, 0); \
        const stored *a = ARRAY(stored, 1); \
        const uint32_t *at = ARRAY(uint32_t, 2), *length = ARRAY(uint32_t, 3); \
        EACH({ target[t] = (stored)extracted(a[t], at[t], length[t], bits, is_signed); }); \
    }
FIELD(extract_u32, uint32_t, 32, false)
FIELD(extract_s32, uint32_t, 32, true)
FIELD(extract_u64, uint64_t, 64, false)
FIELD(extract_s64, uint64_t, 64, true)

#define INSERT(name, stored, bits) \
    static void name(Run *run, const Instruction *instruction) \
    { \
        stored *target = ARRAY(stored, 0); \
        const stored *field = ARRAY(stored, 1), *into = ARRAY(stored, 2); \
        const uint32_t *at = ARRAY(uint32_t, 3), *length = ARRAY(uint32_t, 4); \
        EACH({ target[t] = (stored)inserted(field[t], into[t], at[t], length[t], bits); }); \
    }
INSERT(insert_b32, uint32_t, 32)
INSERT(insert_b64, uint64_t, 64)

static void look_up_b32(Run *run, const Instruction *instruction)
{
    uint32_t *target = ARRAY(uint32_t, 0);
    const uint32_t *a = ARRAY(uint32_t, 1), *b = ARRAY(uint32_t, 2), *c = ARRAY(uint32_t, 3);
    const uint32_t *table = ARRAY(uint32_t, 4);
    EACH({ target[t] = looked_up(a[t], b[t], c[t], table[t]); });
}

static void select_w(Run *run, const Instruction *instruction)
{
    uint32_t *target = ARRAY(uint32_t, 0);
    const uint32_t *a = ARRAY(uint32_t, 1), *b = ARRAY(uint32_t, 2), *chosen = ARRAY(uint32_t, 3);
    EACH({ target[t] = chosen[t] ? a[t] : b[t]; });
}

static void select_d(Run *run, const Instruction *instruction)
{
    uint64_t *target = ARRAY(uint64_t, 0);
    const uint64_t *a = ARRAY(uint64_t, 1), *b = ARRAY(uint64_t, 2);
    const uint32_t *chosen = ARRAY(uint32_t, 3);
    EACH({ target[t] = chosen[t] ? a[t] : b[t]; });
}

#define LIST(n, T, U, c, W) \
    {"add." #n, add_##n, #c #c #c}, {"sub." #n, sub_##n, #c #c #c}, {"mul.lo." #n, multiply_low_##n, #c #c #c}, \
    {"mul.hi." #n, multiply_high_##n, #c #c #c}, {"mad.lo." #n, mad_low_##n, #c #c #c #c}, \
    {"mad.hi." #n, mad_high_##n, #c #c #c #c}, {"div." #n, divide_##n, #c #c #c}, \
    {"rem." #n, remainder_##n, #c #c #c}, \
    {"min." #n, min_##n, #c #c #c}, {"max." #n, max_##n, #c #c #c}, {"neg." #n, negative_##n, #c #c}, \
    {"abs." #n, absolute_##n, #c #c},
#define LIST_WIDE(n, T, U, c, W, UW, C) \
    {"mul.wide." #n, multiply_wide_##n, #C #c #c}, {"mad.wide." #n, mad_wide_##n, #C #c #c #C},
#define LIST_BITS(n, U, c) \
    {"and." #n, and_##n, #c #c #c}, {"or." #n, or_##n, #c #c #c}, {"xor." #n, xor_##n, #c #c #c}, \
    {"not." #n, not_##n, #c #c},
#define LIST_SHIFTS(bits, c) \
    {"shl.b" #bits, shift_left_b##bits, #c #c "w"}, {"shr.b" #bits, shift_right_u##bits, #c #c "w"}, \
    {"shr.u" #bits, shift_right_u##bits, #c #c "w"}, {"shr.s" #bits, shift_right_s##bits, #c #c "w"},
#define LIST_SELECT(bits, c, run) \
    {"selp.b" #bits, run, #c #c #c "p"}, {"selp.u" #bits, run, #c #c #c "p"}, {"selp.s" #bits, run, #c #c #c "p"},

static const Operation operations[] = {
    TYPES(LIST) WIDENED(LIST_WIDE) BITS(LIST_BITS) LIST_SHIFTS(16, h) LIST_SHIFTS(32, w) LIST_SHIFTS(64, d)
    LIST_SELECT(16, h, select_w) LIST_SELECT(32, w, select_w) LIST_SELECT(64, d, select_d)
    {"selp.f32", select_w, "wwwp"}, {"selp.f64", select_d, "dddp"}, {"cnot.b32", is_zero_b32, "ww"},
    {"popc.b32", population_b32, "ww"}, {"popc.b64", population_b64, "wd"}, {"clz.b32", leading_b32, "ww"},
    {"clz.b64", leading_b64, "wd"}, {"brev.b32", reverse_b32, "ww"}, {"brev.b64", reverse_b64, "dd"},
    {"bfind.u32", highest_u32, "ww"}, {"bfind.s32", highest_s32, "ww"}, {"bfind.u64", highest_u64, "wd"},
    {"bfind.s64", highest_s64, "wd"}, {"prmt.b32", permute_b32, "wwww"}, {"lop3.b32", look_up_b32, "wwwww"},
    {"shf.l.wrap.b32", funnel_left_wrap, "wwww"}, {"shf.l.clamp.b32", funnel_left_clamp, "wwww"},
    {"shf.r.wrap.b32", funnel_right_wrap, "wwww"}, {"shf.r.clamp.b32", funnel_right_clamp, "wwww"},
    {"bfe.u32", extract_u32, "wwww"}, {"bfe.s32", extract_s32, "wwww"},
    {"bfe.u64", extract_u64, "ddww"}, {"bfe.s64", extract_s64, "ddww"}, {"bfi.b32", insert_b32, "wwwww"},
    {"bfi.b64", insert_b64, "dddww"},
};

const Operation *integer_operation(const char *name)
{
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
        if (strcmp(operations[i].name, name) == 0)
            return &operations[i];
    return NULL;
}
