// Tensor cores: mma.sync on TF32, bit for bit as on an H100 by F. A. Khattak and M. Mikaitis, "Accurate Models of
// NVIDIA Tensor Cores", arXiv:2512.07004, and their code. The terms of a sum lose what lies below the last bit that the
// largest one keeps, are added without error, and the sum is truncated again.
#include "ptx_arithmetic.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 16, COLUMNS = 8, DEPTH = 8 }; // of a product
enum { A = 4, B = 8, C = 10 }; // where its operands begin, after the result's

// Of an H100: how many products are added at once, how many bits below those of a float32 terms keep, and the least
// exponent that they are aligned to. Of an A100: 4, 1 and -132.
enum { TERMS = 8, EXTRA_BITS = 2, LEAST_EXPONENT = -133 };

enum { FLOAT_BITS = 23, TENSOR_BITS = 10, DROPPED_BITS = FLOAT_BITS - TENSOR_BITS }; // after the point
enum { OF_ZERO = -1000 }; // an exponent that is never the largest

_Static_assert(DEPTH % TERMS == 0 && TERMS <= 8 && FLOAT_BITS + EXTRA_BITS <= 25, "a sum has 31 bits and a sign");

// Numbers that are multiplied, taken apart: integers times 2^(exponent - TENSOR_BITS).
typedef struct {
    int32_t significands[DEPTH][ROWS], exponents[DEPTH][ROWS];
    double values[DEPTH][ROWS];
} Lines;

static int exponent_of(uint32_t bits)
{
    int biased = bits >> FLOAT_BITS & 255;
    return bits << 1 ? (biased ? biased : 1) - 127 : OF_ZERO;
}

static int32_t significand_of(uint32_t bits)
{
    bool is_normal = bits >> FLOAT_BITS & 255;
    int32_t magnitude = (int32_t)((bits & ((1u << FLOAT_BITS) - 1)) | (uint32_t)is_normal << FLOAT_BITS);
    return bits >> 31 ? -magnitude : magnitude;
}

static float float_of(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

// Whatever a register holds, a tensor core sees no more of it than TF32 has.
static void take_apart(uint32_t bits, Lines *lines, int depth, int line)
{
    bits &= ~0u << DROPPED_BITS;
    lines->significands[depth][line] = significand_of(bits) / (1 << DROPPED_BITS);
    lines->exponents[depth][line] = exponent_of(bits);
    lines->values[depth][line] = float_of(bits);
}

// In units of the last bit that is kept, if the term's exponent is so much less than the largest.
static inline int32_t aligned(int32_t significand, int bits, int less)
{
    int32_t magnitude = abs(significand) << (FLOAT_BITS + EXTRA_BITS - bits) >> (less < 31 ? less : 31);
    return significand < 0 ? -magnitude : magnitude;
}

static double power_of_two(int exponent)
{
    uint64_t bits = (uint64_t)(exponent + 1023) << 52;
    double power;
    memcpy(&power, &bits, sizeof power);
    return power;
}

// Toward zero. What is too large becomes infinite, as the last conversion would do with it anyway.
static float truncated(double x)
{
    if (fabs(x) < 0x1p-126)
        return (float)(trunc(x * 0x1p149) * 0x1p-149);
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    bits &= ~0ull << (52 - FLOAT_BITS);
    memcpy(&x, &bits, sizeof x);
    return (float)x;
}

// The exact sum matters only where it is no number: products of floats do not overflow in double precision.
static uint32_t result_of(int32_t sum, int largest, double exact)
{
    float result = isfinite(exact) ? truncated(sum * power_of_two(largest - FLOAT_BITS - EXTRA_BITS)) : (float)exact;
    uint32_t bits;
    memcpy(&bits, &result, sizeof bits);
    return result != result ? 0x7fffffff : bits;
}

// One row of the sums, with some depths of its row of A; the loops over columns become vectors.
static void add_products(const Lines *a, int row, const Lines *b, int first, uint32_t sums[COLUMNS])
{
    int32_t largest[COLUMNS], sum[COLUMNS];
    double exact[COLUMNS];
    for (int j = 0; j < COLUMNS; j++) {
        int exponent = exponent_of(sums[j]);
        largest[j] = exponent > LEAST_EXPONENT ? exponent : LEAST_EXPONENT;
        exact[j] = float_of(sums[j]);
    }
    for (int k = first; k < first + TERMS; k++)
        for (int j = 0; j < COLUMNS; j++) {
            int exponent = a->exponents[k][row] + b->exponents[k][j];
            largest[j] = exponent > largest[j] ? exponent : largest[j];
            exact[j] += a->values[k][row] * b->values[k][j];
        }
    for (int j = 0; j < COLUMNS; j++)
        sum[j] = aligned(significand_of(sums[j]), FLOAT_BITS, largest[j] - exponent_of(sums[j]));
    for (int k = first; k < first + TERMS; k++)
        for (int j = 0; j < COLUMNS; j++)
            sum[j] += aligned(a->significands[k][row] * b->significands[k][j], 2 * TENSOR_BITS,
                largest[j] - a->exponents[k][row] - b->exponents[k][j]);
    for (int j = 0; j < COLUMNS; j++)
        sums[j] = result_of(sum[j], largest[j], exact[j]);
}

// The matrices of a warp lie scattered over its lanes: four neighbors hold what belongs to a line of A, B or C.
static void multiply_warp(Run *run, const Instruction *instruction, int first)
{
    Lines a, b;
    uint32_t sums[ROWS][COLUMNS];
    for (int lane = 0; lane < WARP; lane++) {
        int line = lane / 4, place = lane % 4, t = first + lane;
        for (int i = 0; i < 4; i++) {
            take_apart(ARRAY(uint32_t, A + i)[t], &a, place + i / 2 * 4, line + i % 2 * 8);
            sums[line + i / 2 * 8][2 * place + i % 2] = ARRAY(uint32_t, C + i)[t];
        }
        for (int i = 0; i < 2; i++)
            take_apart(ARRAY(uint32_t, B + i)[t], &b, place + i * 4, line);
    }
    for (int row = 0; row < ROWS; row++)
        for (int k = 0; k < DEPTH; k += TERMS)
            add_products(&a, row, &b, k, sums[row]);
    for (int lane = 0; lane < WARP; lane++)
        for (int i = 0; i < 4; i++)
            ARRAY(uint32_t, i)[first + lane] = sums[lane / 4 + i / 2 * 8][lane % 4 * 2 + i % 2];
}

void multiply_matrices(Run *run, const Instruction *instruction)
{
    uint32_t here[MOST_THREADS / WARP];
    active_bits(run, here);
    for (int warp = 0; warp < MOST_THREADS / WARP; warp++) {
        if (here[warp] && ~here[warp])
            fault(run, LAUNCH_FAILED, warp * WARP + __builtin_ctz(here[warp]),
                "all threads of the warp are needed, and %08x are here", here[warp]);
        if (here[warp])
            multiply_warp(run, instruction, warp * WARP);
    }
}

// To the nearest, and of two as near, to the one farther from zero.
UNARY(round_to_tensor_float, uint32_t, uint32_t, uint32_t, uint32_t,
    x << 1 > 0xff000000 ? 0x7fffffff : (x + (1u << (DROPPED_BITS - 1))) & ~0u << DROPPED_BITS)

static const Operation operations[] = {
    {"cvt.rna.tf32.f32", round_to_tensor_float, "ww"},
};

const Operation *tensor_operation(const char *name)
{
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
        if (strcmp(operations[i].name, name) == 0)
            return &operations[i];
    return NULL;
}
