// How handlers are written: what an instruction computes from a thread's operands x, y and z. A register of up to 32 bits
// is stored in 32 bits, with zeros above.
#pragma once
#include "ptx_read.h"

#define STORED_p uint32_t
#define STORED_h uint32_t
#define STORED_w uint32_t
#define STORED_d uint64_t

#define ARRAY(type, number) ((type *)run->at[instruction->operands[number]])

#define UNARY(name, result, stored, operand, from, expression) \
    static void name(Run *run, const Instruction *instruction) \
    { \
        result *target = ARRAY(result, 0); \
        const from *a = ARRAY(from, 1); \
        EACH({ const operand x = (operand)a[t]; target[t] = (result)(stored)(expression); }); \
    }

#define BINARY(name, result, stored, operand, from, expression) \
    static void name(Run *run, const Instruction *instruction) \
    { \
        result *target = ARRAY(result, 0); \
        const from *a = ARRAY(from, 1), *b = ARRAY(from, 2); \
        EACH({ const operand x = (operand)a[t]; const operand y = (operand)b[t]; \
            target[t] = (result)(stored)(expression); }); \
    }

#define TERNARY(name, result, stored, operand, from, third, expression) \
    static void name(Run *run, const Instruction *instruction) \
    { \
        result *target = ARRAY(result, 0); \
        const from *a = ARRAY(from, 1), *b = ARRAY(from, 2); \
        const third *c = ARRAY(third, 3); \
        EACH({ const operand x = (operand)a[t]; const operand y = (operand)b[t]; const third z = c[t]; \
            target[t] = (result)(stored)(expression); }); \
    }

// A comparison, which is combined with a further predicate and has a second, opposite, result.
#define COMPARISON(name, operand, from, expression) \
    static void name(Run *run, const Instruction *instruction) \
    { \
        uint32_t *target = ARRAY(uint32_t, 0); \
        const from *a = ARRAY(from, 2), *b = ARRAY(from, 3); \
        if (instruction->mode == 1 && !instruction->combine) { \
            EACH({ const operand x = (operand)a[t]; const operand y = (operand)b[t]; target[t] = (expression); }); \
            return; \
        } \
        EACH({ const operand x = (operand)a[t]; const operand y = (operand)b[t]; \
            finish_comparison(run, instruction, t, (expression)); }); \
    }
