// What the parser of PTX and the decoder of instructions share.
#pragma once
#include "ptx.h"

typedef enum { REGISTERS, SHARED_VARIABLE, LOCAL_VARIABLE, PARAMETER_NAME } Meaning;

// A name, or with a count of its own the names from name0 on.
typedef struct Symbol {
    struct Symbol *next;
    char *name;
    Meaning meaning;
    Type type;
    int count; // of name<count>, or -1
    int *slots; // of registers that are used, else -1
    int index; // of a variable or parameter
} Symbol;

typedef struct Label {
    struct Label *next;
    char *name;
    int target;
} Label;

typedef struct Scope {
    struct Scope *outer;
    Symbol *symbols;
    Label *labels;
} Scope;

typedef struct Jump {
    struct Jump *next;
    int instruction;
    Scope *scope;
    char *name;
} Jump;

typedef struct {
    Program *program;
    Kernel *kernel;
    const char *at;
    int line;
    Scope *scope, *module;
    Jump *jumps;
    const char *statement; // the one that is read
    int statement_line;
    char *declarations[16]; // of the module, for each kernel
    int declaration_count;
    jmp_buf leave;
} Reader;

// An opcode at its dots, and operands at their commas.
typedef struct {
    char *parts[MOST_PARTS];
    int part_count;
    char *operands[MOST_OPERANDS];
    int operand_count;
} Words;

// What the table of simple instructions says: how they are called and, for each operand, how wide its register is.
typedef struct {
    const char *name;
    Handler *run;
    const char *shape; // p, h, w, d: a predicate, 16, 32, 64 bits
} Operation;

// ptx_parse.c
_Noreturn void refuse(Reader *reader, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool type_of(const char *name, Type *type);

// ptx_names.c
int round_up(int number, int multiple);
void declare(Reader *reader, const char *text); // .reg, .shared or .local
Symbol *symbol_add(Reader *reader, const char *name, size_t length, Meaning meaning, Type type);
int slot_of(Reader *reader, const char *text, int bits); // of a register, number or name; -1 bits: of any width
int slot_of_target(Reader *reader, const char *text, int bits);
int constant_slot(Reader *reader, uint64_t value, bool is_wide);
int slot_add(Reader *reader, Slot slot);
void address_of(Reader *reader, char *text, Instruction *instruction);
uint64_t number_of(Reader *reader, const char *text, int bits);

// ptx_decode.c
void decode(Reader *reader, const char *text);
Instruction *instruction_add(Reader *reader, Handler *run);
void operand_add(Reader *reader, Instruction *instruction, int slot);
bool has_part(const Words *words, const char *name);

// ptx_decode_memory.c
bool decode_memory(Reader *reader, Words *words); // whether it is one of them

// ptx_registers.c
void find_unwritten(Kernel *kernel);

// The tables, and handlers that need decoding of their own.
const Operation *integer_operation(const char *name);
const Operation *float_operation(const char *name);
const Operation *comparison(const char *name);
const Operation *warp_operation(const char *name);
const Operation *tensor_operation(const char *name);
Handler move_narrow, move_wide, pack, unpack, convert, to_window, from_window;
Handler load, store, load_parameter, copy_async, commit_group, wait_group, fence, atomic;
Handler shuffle, vote, active_mask, multiply_matrices;
int operands_add(Reader *reader, Instruction *instruction, char *text, int bits, bool is_target); // says how many
