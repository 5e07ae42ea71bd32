// Decodes what touches memory: ld, st, cp.async, atom and red, and fences.
#include "ptx_read.h"
#include <stdlib.h>
#include <string.h>

static const char *const ignored[] = { // who sees it, and which caches it goes through
    "weak", "cta", "gpu", "sys", "cluster", "ca", "cg", "cs", "lu", "cv", "wb", "wt", "nc",
    "L1::evict_normal", "L1::evict_unchanged", "L1::evict_first", "L1::evict_last", "L1::no_allocate",
    "L2::64B", "L2::128B", "L2::256B",
};

static const struct {
    const char *name;
    Space space;
} spaces[] = {
    {"global", GLOBAL}, {"shared", SHARED}, {"shared::cta", SHARED}, {"local", LOCAL}, {"param", PARAMETER},
};

static bool read_space(const char *part, Instruction *instruction)
{
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (strcmp(part, spaces[i].name) == 0) {
            instruction->space = spaces[i].space;
            return true;
        }
    return false;
}

static bool read_order(const char *part, Instruction *instruction)
{
    instruction->acquires |= strcmp(part, "acquire") == 0 || strcmp(part, "acq_rel") == 0;
    instruction->releases |= strcmp(part, "release") == 0 || strcmp(part, "acq_rel") == 0;
    bool is_strong = instruction->acquires || instruction->releases || strcmp(part, "volatile") == 0
        || strcmp(part, "relaxed") == 0;
    instruction->is_strong |= is_strong;
    return is_strong;
}

static bool is_ignored(const char *part)
{
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
        if (strcmp(part, ignored[i]) == 0)
            return true;
    return false;
}

// What a granule is, for whoever watches who reads and writes: as little as any instruction touches.
static void watch(Kernel *kernel, const Instruction *instruction, int bytes)
{
    int shift = __builtin_ctz(bytes);
    shift = shift > 2 ? 2 : shift;
    if (instruction->space != GLOBAL && shift < kernel->granule_shift)
        kernel->granule_shift = shift;
    if (instruction->space != SHARED && shift < kernel->global_granule_shift)
        kernel->global_granule_shift = shift;
}

static void read_modifiers(Reader *reader, const Words *words, int from, Instruction *instruction)
{
    instruction->elements = 1;
    for (int i = from; i < words->part_count; i++) {
        const char *part = words->parts[i];
        if (part[0] == 'v' && strchr("248", part[1]) && part[1] && !part[2])
            instruction->elements = part[1] - '0';
        else if (!read_space(part, instruction) && !read_order(part, instruction) && !is_ignored(part)
            && !(i == words->part_count - 1 && type_of(part, &instruction->type)))
            refuse(reader, "an instruction that is not known: '.%s'", part);
    }
    if (!instruction->type.bits || instruction->type.kind == 'p')
        refuse(reader, "an instruction that is not known");
}

static void decode_access(Reader *reader, Words *words)
{
    bool is_load = words->parts[0][0] == 'l';
    Instruction *instruction = instruction_add(reader, is_load ? load : store);
    if (words->operand_count != 2)
        refuse(reader, "%d operands, where 2 belong", words->operand_count);
    read_modifiers(reader, words, 1, instruction);
    if (instruction->space == PARAMETER) {
        instruction->run = load_parameter;
        if (!is_load)
            refuse(reader, "parameters are not written");
    }
    int bits = instruction->type.bits, bytes = bits / 8 * instruction->elements;
    address_of(reader, words->operands[is_load], instruction);
    char *value = words->operands[!is_load];
    bool is_number = !is_load && strchr("-0123456789", value[0]);
    int count = operands_add(reader, instruction, value, is_number ? bits : -1, is_load);
    if (count != instruction->elements)
        refuse(reader, "%d registers, where %d belong", count, instruction->elements);
    for (int i = 0; i < count; i++) {
        const Slot *slot = &reader->kernel->slots[instruction->operands[i]];
        if (slot->role == REGISTER && slot->type.bits < bits && slot->type.bits != 1 && strcmp(slot->name, "_") != 0)
            refuse(reader, "'%s' is too narrow", slot->name);
    }
    if (bytes > 16)
        refuse(reader, "more than 16 bytes");
    if (instruction->space != PARAMETER && instruction->space != LOCAL)
        watch(reader->kernel, instruction, bytes);
}

static void decode_copy(Reader *reader, Words *words)
{
    char *last = words->parts[words->part_count - 1];
    if (words->part_count == 3 && strcmp(last, "commit_group") == 0 && words->operand_count == 0) {
        instruction_add(reader, commit_group);
    } else if (words->part_count == 3 && strcmp(last, "wait_all") == 0 && words->operand_count == 0) {
        instruction_add(reader, wait_group)->mode = -1;
    } else if (words->part_count == 3 && strcmp(last, "wait_group") == 0 && words->operand_count == 1) {
        instruction_add(reader, wait_group)->mode = (int)number_of(reader, words->operands[0], 32);
    } else {
        bool is_level_two = has_part(words, "cg");
        int hints = has_part(words, "L2::64B") + has_part(words, "L2::128B") + has_part(words, "L2::256B");
        if (words->part_count != 5 + hints || !(is_level_two || has_part(words, "ca"))
            || !(has_part(words, "shared") || has_part(words, "shared::cta")) || !has_part(words, "global")
            || words->operand_count < 3 || words->operand_count > 4)
            refuse(reader, "an instruction that is not known");
        Instruction *instruction = instruction_add(reader, copy_async);
        instruction->space = SHARED;
        instruction->elements = (int)number_of(reader, words->operands[2], 32); // bytes
        if (instruction->elements != 16 && (is_level_two || (instruction->elements != 4 && instruction->elements != 8)))
            refuse(reader, "so many bytes cannot be copied");
        address_of(reader, words->operands[0], instruction);
        int64_t offset = instruction->offset;
        Instruction source = {.space = GLOBAL};
        address_of(reader, words->operands[1], &source);
        instruction->offset = offset;
        instruction->immediate = (uint64_t)source.offset;
        operand_add(reader, instruction, source.address);
        if (words->operand_count == 4)
            operands_add(reader, instruction, words->operands[3], 32, false);
        watch(reader->kernel, &(Instruction){.space = GENERIC}, 4);
    }
}

static const char *const atomics[] = {"add", "inc", "dec", "min", "max", "and", "or", "xor", "exch", "cas"};

static void decode_atomic(Reader *reader, Words *words)
{
    bool has_result = strcmp(words->parts[0], "atom") == 0;
    Instruction *instruction = instruction_add(reader, atomic);
    instruction->mode = -1;
    instruction->is_strong = true;
    for (int i = 1; i < words->part_count; i++)
        for (int each = 0; each < 10; each++)
            if (strcmp(words->parts[i], atomics[each]) == 0) {
                instruction->mode = each;
                words->parts[i] = "weak";
            }
    read_modifiers(reader, words, 1, instruction);
    Type type = instruction->type;
    bool is_swap = instruction->mode == 9, is_exchange = instruction->mode >= 8;
    bool is_float = type.kind == 'f', is_bits = type.kind == 'b';
    bool is_bitwise = instruction->mode >= 5;
    if (instruction->mode == -1 || instruction->elements != 1 || type.bits < 32 || instruction->space == LOCAL
        || instruction->space == PARAMETER || (is_float && instruction->mode != 0) || is_bitwise != is_bits
        || (is_exchange && !has_result) || words->operand_count != 2 + has_result + is_swap)
        refuse(reader, "an instruction that is not known");
    char **operands = words->operands;
    if (has_result)
        operands_add(reader, instruction, operands[0], type.bits, true);
    else
        operand_add(reader, instruction, slot_of_target(reader, "_", type.bits)), instruction->targets = 1;
    address_of(reader, operands[has_result], instruction);
    for (int i = 1 + has_result; i < words->operand_count; i++)
        operands_add(reader, instruction, operands[i], type.bits, false);
    watch(reader->kernel, instruction, type.bits / 8);
}

static bool is_fence(const Words *words)
{
    if (strcmp(words->parts[0], "membar") == 0)
        return words->part_count == 2;
    return strcmp(words->parts[0], "fence") == 0 && words->part_count == 3
        && (has_part(words, "acq_rel") || has_part(words, "sc"));
}

bool decode_memory(Reader *reader, Words *words)
{
    const char *name = words->parts[0];
    if (strcmp(name, "ld") == 0 || strcmp(name, "st") == 0)
        decode_access(reader, words);
    else if (strcmp(name, "cp") == 0 && words->part_count > 2 && strcmp(words->parts[1], "async") == 0)
        decode_copy(reader, words);
    else if (strcmp(name, "atom") == 0 || strcmp(name, "red") == 0)
        decode_atomic(reader, words);
    else if (is_fence(words))
        // One of a group alone orders nothing between groups.
        instruction_add(reader, fence)->mode = !has_part(words, "cta");
    else
        return false;
    return true;
}
