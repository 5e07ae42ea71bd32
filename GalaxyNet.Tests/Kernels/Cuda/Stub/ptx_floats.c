// Floating-point arithmetic, and comparisons of everything.
#include "ptx_arithmetic.h"
#include <math.h>
#include <string.h>

static uint32_t bits_of(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

// Of a number and a NaN it is the number, and -0 is less than 0.
#define LESSER(type, is_less) \
    (x != x ? y : y != y ? x : x == y ? (signbit(is_less ? x : y) ? x : y) : (is_less ? x < y : x > y) ? x : y)

#define FLOATS(X) X(f32, float, f, w) X(f64, double, , d)

// fmaf rounds once: gcc makes vectors of it where the machine has the instruction.
#define DEFINE(n, T, s, c) \
    BINARY(add_##n, T, T, T, T, x + y) \
    BINARY(sub_##n, T, T, T, T, x - y) \
    BINARY(mul_##n, T, T, T, T, x * y) \
    BINARY(div_##n, T, T, T, T, x / y) \
    BINARY(min_##n, T, T, T, T, LESSER(T, true)) \
    BINARY(max_##n, T, T, T, T, LESSER(T, false)) \
    TERNARY(fma_##n, T, T, T, T, T, fma##s(x, y, z)) \
    UNARY(abs_##n, T, T, T, T, fabs##s(x)) \
    UNARY(neg_##n, T, T, T, T, -x) \
    UNARY(sqrt_##n, T, T, T, T, sqrt##s(x)) \
    UNARY(rcp_##n, T, T, T, T, 1 / x) \
    BINARY(copysign_##n, T, T, T, T, copysign##s(y, x)) \
    UNARY(is_finite_##n, uint32_t, uint32_t, T, T, isfinite(x) != 0) \
    UNARY(is_infinite_##n, uint32_t, uint32_t, T, T, isinf(x) != 0) \
    UNARY(is_nan_##n, uint32_t, uint32_t, T, T, x != x) \
    UNARY(is_number_##n, uint32_t, uint32_t, T, T, x == x) \
    UNARY(is_normal_##n, uint32_t, uint32_t, T, T, isnormal(x) != 0) \
    UNARY(is_subnormal_##n, uint32_t, uint32_t, T, T, fpclassify(x) == FP_SUBNORMAL)
FLOATS(DEFINE)

static float flushed(float x)
{
    return (bits_of(x) & 0x7f800000) == 0 ? copysignf(0, x) : x;
}

// What a GPU approximates, rounded to the nearest.
#define APPROXIMATE(name, expression) \
    static inline float name##_of(float x) { return expression; } \
    UNARY(name, float, float, float, float, name##_of(x)) \
    UNARY(name##_ftz, float, float, float, float, flushed(name##_of(flushed(x))))
APPROXIMATE(exp2_approximate, exp2f(x))
APPROXIMATE(log2_approximate, log2f(x))
APPROXIMATE(sin_approximate, sinf(x))
APPROXIMATE(cos_approximate, cosf(x))
APPROXIMATE(rcp_approximate, 1 / x)
APPROXIMATE(sqrt_approximate, sqrtf(x))
APPROXIMATE(rsqrt_approximate, (float)(1 / sqrt((double)x)))
UNARY(tanh_approximate, float, float, float, float, tanhf(x))
UNARY(rsqrt_f64, double, double, double, double, 1 / sqrt(x))

#define LIST(n, T, s, c) \
    {"add." #n, add_##n, #c #c #c}, {"sub." #n, sub_##n, #c #c #c}, {"mul." #n, mul_##n, #c #c #c}, \
    {"div." #n, div_##n, #c #c #c}, {"min." #n, min_##n, #c #c #c}, {"max." #n, max_##n, #c #c #c}, \
    {"fma." #n, fma_##n, #c #c #c #c}, {"mad." #n, fma_##n, #c #c #c #c}, {"abs." #n, abs_##n, #c #c}, \
    {"neg." #n, neg_##n, #c #c}, {"sqrt." #n, sqrt_##n, #c #c}, {"rcp." #n, rcp_##n, #c #c}, \
    {"copysign." #n, copysign_##n, #c #c #c}, {"testp.finite." #n, is_finite_##n, "p" #c}, \
    {"testp.infinite." #n, is_infinite_##n, "p" #c}, {"testp.notanumber." #n, is_nan_##n, "p" #c}, \
    {"testp.number." #n, is_number_##n, "p" #c}, {"testp.normal." #n, is_normal_##n, "p" #c}, \
    {"testp.subnormal." #n, is_subnormal_##n, "p" #c},
#define LIST_APPROXIMATE(name, run) {name ".approx.f32", run, "ww"}, {name ".approx.ftz.f32", run##_ftz, "ww"},

static const Operation operations[] = {
    FLOATS(LIST)
    LIST_APPROXIMATE("ex2", exp2_approximate) LIST_APPROXIMATE("lg2", log2_approximate)
    LIST_APPROXIMATE("sin", sin_approximate) LIST_APPROXIMATE("cos", cos_approximate)
    LIST_APPROXIMATE("rcp", rcp_approximate) LIST_APPROXIMATE("sqrt", sqrt_approximate)
    LIST_APPROXIMATE("rsqrt", rsqrt_approximate)
    {"tanh.approx.f32", tanh_approximate, "ww"}, {"rsqrt.approx.f64", rsqrt_f64, "dd"},
    {"div.approx.f32", div_f32, "www"}, {"div.full.f32", div_f32, "www"},
};

const Operation *float_operation(const char *name)
{
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
        if (strcmp(operations[i].name, name) == 0)
            return &operations[i];
    return NULL;
}
