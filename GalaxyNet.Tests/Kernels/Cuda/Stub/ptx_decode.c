// Decodes instructions: which handler computes them, and in which slots their operands are.
//
// More opcodes of tensor cores (ldmatrix, mma.sync of other types) belong in ptx_tensor.c, and into decode_special or,
// if they are simple, its table. Nothing that is not known is skipped.
#include "ptx_read.h"
#include <stdlib.h>
#include <string.h>

bool has_part(const Words *words, const char *name)
{
    for (int i = 1; i < words->part_count; i++)
        if (strcmp(words->parts[i], name) == 0)
            return true;
    return false;
}

Instruction *instruction_add(Reader *reader, Handler *run)
{
    Kernel *kernel = reader->kernel;
    kernel->instructions = grow(kernel->instructions, kernel->count, sizeof *kernel->instructions);
    Instruction *instruction = &kernel->instructions[kernel->count++];
    *instruction = (Instruction){.run = run, .line = reader->statement_line, .text = reader->statement, .guard = -1,
        .address = -1};
    return instruction;
}

void operand_add(Reader *reader, Instruction *instruction, int slot)
{
    if (instruction->count == MOST_OPERANDS)
        refuse(reader, "more than %d operands", MOST_OPERANDS);
    instruction->operands[instruction->count++] = slot;
}

// Splits where a character is outside of braces, and trims blanks.
static int split(Reader *reader, char *text, char at, char **words, int most)
{
    int count = 0, depth = 0;
    while (*text) {
        text += strspn(text, " ");
        if (count == most)
            refuse(reader, "more than %d parts", most);
        words[count++] = text;
        for (; *text && (depth || *text != at); text++)
            depth += (*text == '{' || *text == '[') - (*text == '}' || *text == ']');
        char *end = text;
        text += *text != 0;
        while (end > words[count - 1] && end[-1] == ' ')
            end--;
        *end = 0;
    }
    return count;
}

// The parts of {a, b}, or the text alone.
static int split_braces(Reader *reader, char *text, char **words)
{
    size_t length = strlen(text);
    if (text[0] != '{') {
        words[0] = text;
        return 1;
    }
    if (text[length - 1] != '}')
        refuse(reader, "a '{' without its '}'");
    text[length - 1] = 0;
    return split(reader, text + 1, ',', words, MOST_OPERANDS);
}

// Adds the slots of one operand, in braces or not, and says how many they are.
int operands_add(Reader *reader, Instruction *instruction, char *text, int bits, bool is_target)
{
    char *words[MOST_OPERANDS];
    int count = split_braces(reader, text, words);
    for (int i = 0; i < count; i++)
        operand_add(reader, instruction,
            is_target ? slot_of_target(reader, words[i], bits) : slot_of(reader, words[i], bits));
    instruction->targets += is_target ? count : 0;
    return count;
}

static int bits_of_shape(char shape)
{
    return shape == 'p' ? 1 : shape == 'h' ? 16 : shape == 'w' ? 32 : 64;
}

static void join(const Words *words, char *name, size_t size, const char *without)
{
    size_t used = 0;
    for (int i = 0; i < words->part_count; i++)
        if (i == 0 || strcmp(words->parts[i], without) != 0)
            used += snprintf(name + used, used < size ? size - used : 0, "%s%s", i ? "." : "", words->parts[i]);
}

static bool is_one_of(const char *word, const char *list)
{
    const char *found = strstr(list, word);
    size_t length = strlen(word);
    return found && (found == list || found[-1] == ' ') && (found[length] == ' ' || found[length] == 0);
}

static const Operation *operation_of(const Words *words)
{
    char name[128];
    bool is_arithmetic = is_one_of(words->parts[0], "add sub mul fma mad div sqrt rcp");
    join(words, name, sizeof name, is_arithmetic ? "rn" : "");
    if (strcmp(words->parts[0], "fma") == 0 && !has_part(words, "rn"))
        return NULL;
    const Operation *operation = integer_operation(name);
    operation = operation ? operation : float_operation(name);
    operation = operation ? operation : warp_operation(name);
    return operation ? operation : tensor_operation(name);
}

static char *without_sign(char *text, Instruction *instruction)
{
    if (text[0] != '!')
        return text;
    instruction->negated |= 1u << instruction->count;
    return text + 1 + strspn(text + 1, " ");
}

static void decode_operation(Reader *reader, Words *words, const Operation *operation)
{
    int count = (int)strlen(operation->shape);
    if (words->operand_count != count)
        refuse(reader, "%d operands, where %d belong", words->operand_count, count);
    Instruction *instruction = instruction_add(reader, operation->run);
    for (int i = 0; i < count; i++)
        if (words->operands[i][0] == '{' || words->operands[i][0] == '[')
            refuse(reader, "'%s' is no operand here", words->operands[i]);
    operands_add(reader, instruction, words->operands[0], bits_of_shape(operation->shape[0]), true);
    for (int i = 1; i < count; i++)
        operands_add(reader, instruction, without_sign(words->operands[i], instruction),
            bits_of_shape(operation->shape[i]), false);
    if (instruction->negated && strcmp(words->parts[0], "vote") != 0)
        refuse(reader, "a '!' is not understood here");
}

// setp.lt.and.s32 p|q, a, b, c.
static void decode_comparison(Reader *reader, Words *words)
{
    char name[128], combine = 0;
    const char *combinations[] = {"and", "or", "xor"};
    const char *without = "";
    for (int i = 0; i < 3; i++)
        if (has_part(words, combinations[i])) {
            without = combinations[i];
            combine = without[0];
        }
    join(words, name, sizeof name, without);
    const Operation *operation = comparison(name);
    if (!operation)
        refuse(reader, "an instruction that is not known");
    if (words->operand_count != (combine ? 4 : 3))
        refuse(reader, "too few or too many operands");
    Instruction *instruction = instruction_add(reader, operation->run);
    char *targets[2] = {NULL, NULL};
    int count = split(reader, words->operands[0], '|', targets, 2);
    for (int i = 0; i < 2; i++) // the first one again, where there is no second
        operand_add(reader, instruction, slot_of_target(reader, targets[i < count ? i : 0], 1));
    instruction->targets = 2;
    instruction->mode = count; // how many are wanted
    for (int i = 1; i < 3; i++)
        operands_add(reader, instruction, words->operands[i], bits_of_shape(operation->shape[i]), false);
    instruction->combine = combine;
    if (combine)
        operands_add(reader, instruction, without_sign(words->operands[3], instruction), 1, false);
}

// mov.b64 {a, b}, c packs and unpacks.
static void decode_move(Reader *reader, Words *words)
{
    Type type;
    if (words->part_count != 2 || words->operand_count != 2 || !type_of(words->parts[1], &type) || type.bits == 8)
        refuse(reader, "an instruction that is not known");
    bool is_unpacked = words->operands[0][0] == '{', is_packed = words->operands[1][0] == '{';
    Instruction *instruction = instruction_add(reader, type.bits == 64 ? move_wide : move_narrow);
    instruction->type = type;
    char *parts[MOST_OPERANDS];
    for (int side = 0; side < 2; side++) {
        bool is_split = side ? is_packed : is_unpacked;
        char copy[512];
        snprintf(copy, sizeof copy, "%s", words->operands[side]);
        int count = is_split ? split_braces(reader, copy, parts) : 1;
        if (is_split && ((count != 2 && count != 4) || type.bits / count < 16))
            refuse(reader, "that many parts are not understood");
        instruction->elements = is_split ? count : instruction->elements;
        operands_add(reader, instruction, words->operands[side], type.bits / count, side == 0);
    }
    instruction->run = is_packed ? pack : is_unpacked ? unpack : instruction->run;
    if (is_packed && is_unpacked)
        refuse(reader, "an instruction that is not known");
}

static int rounding_of(const Words *words)
{
    const char *const modes[] = {"rn", "rz", "rm", "rp", "rni", "rzi", "rmi", "rpi"};
    for (int i = 0; i < 8; i++)
        if (has_part(words, modes[i]))
            return i + 1;
    return 0;
}

static void decode_conversion(Reader *reader, Words *words)
{
    Type to, from;
    int rounding = rounding_of(words);
    bool saturates = has_part(words, "sat");
    bool is_known = words->part_count == 3 + (rounding != 0) + saturates && words->operand_count == 2
        && type_of(words->parts[words->part_count - 2], &to) && type_of(words->parts[words->part_count - 1], &from)
        && strchr("usf", to.kind) && strchr("usf", from.kind) && (to.kind != 'f' || to.bits >= 32)
        && (from.kind != 'f' || from.bits >= 32);
    if (!is_known)
        refuse(reader, "an instruction that is not known");
    bool to_integer = from.kind == 'f' && to.kind != 'f';
    bool rounds = (to.kind == 'f' && (from.kind != 'f' || to.bits < from.bits)) || to_integer;
    if (rounds != (rounding != 0) && !(to.kind == 'f' && to.bits == from.bits && rounding > 4))
        refuse(reader, "a rounding mode is missing, or not for this");
    if (rounds && (rounding > 4) != to_integer)
        refuse(reader, "a rounding mode that is not for this");
    Instruction *instruction = instruction_add(reader, convert);
    instruction->type = to;
    instruction->from = from;
    instruction->mode = rounding;
    instruction->saturates = saturates;
    operands_add(reader, instruction, words->operands[0], -1, true);
    bool is_number = strchr("-0123456789", words->operands[1][0]);
    operands_add(reader, instruction, words->operands[1], is_number ? from.bits : -1, false);
    const Slot *slots = reader->kernel->slots;
    if (slots[instruction->operands[0]].type.bits < to.bits)
        refuse(reader, "'%s' is too narrow", words->operands[0]);
    if (slots[instruction->operands[1]].role == REGISTER && slots[instruction->operands[1]].type.bits < from.bits)
        refuse(reader, "'%s' is too narrow", words->operands[1]);
}

static void decode_branch(Reader *reader, Words *words)
{
    if (words->operand_count != 1)
        refuse(reader, "a branch to one label is understood");
    instruction_add(reader, NULL)->flow = BRANCH;
    Jump *jump = keep_memory(reader->program, sizeof *jump);
    *jump = (Jump){reader->jumps, reader->kernel->count - 1, reader->scope,
        keep_text(reader->program, words->operands[0], strlen(words->operands[0]))};
    reader->jumps = jump;
}

static void decode_barrier(Reader *reader, Words *words)
{
    Instruction *instruction = instruction_add(reader, NULL);
    instruction->flow = BARRIER;
    if (words->operand_count < 1 || words->operand_count > 2 || strspn(words->operands[0], "0123456789") == 0)
        refuse(reader, "a barrier with a number is understood");
    instruction->mode = (int)number_of(reader, words->operands[0], 32);
    instruction->immediate = words->operand_count == 2 ? number_of(reader, words->operands[1], 32) : 0;
}

// shfl.sync.idx.b32 d|p, a, b, c, mask.
static void decode_shuffle(Reader *reader, Words *words)
{
    const char *const modes[] = {"up", "down", "bfly", "idx"};
    Instruction *instruction = instruction_add(reader, shuffle);
    instruction->mode = -1;
    for (int i = 0; i < 4 && words->part_count == 4; i++)
        if (strcmp(words->parts[2], modes[i]) == 0 && strcmp(words->parts[1], "sync") == 0)
            instruction->mode = i;
    if (instruction->mode == -1 || strcmp(words->parts[3], "b32") != 0 || words->operand_count != 5)
        refuse(reader, "an instruction that is not known");
    char *targets[2] = {NULL, NULL};
    int count = split(reader, words->operands[0], '|', targets, 2);
    operand_add(reader, instruction, slot_of_target(reader, targets[0], 32));
    operand_add(reader, instruction, slot_of_target(reader, count == 2 ? targets[1] : "_", 1));
    instruction->targets = 2;
    for (int i = 1; i < 5; i++)
        operands_add(reader, instruction, words->operands[i], 32, false);
}

// mma.sync d, a, b, c: of A times B, where C is added.
static void decode_matrices(Reader *reader, Words *words)
{
    const int counts[] = {4, 4, 2, 4};
    char name[128];
    join(words, name, sizeof name, "");
    if (strcmp(name, "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32") != 0 || words->operand_count != 4)
        refuse(reader, "an instruction that is not known");
    Instruction *instruction = instruction_add(reader, multiply_matrices);
    for (int i = 0; i < 4; i++) {
        int count = operands_add(reader, instruction, words->operands[i], 32, i == 0);
        if (count != counts[i])
            refuse(reader, "%d registers, where %d belong", count, counts[i]);
    }
}

static void decode_window(Reader *reader, Words *words)
{
    bool is_from = has_part(words, "to");
    Instruction *instruction = instruction_add(reader, is_from ? from_window : to_window);
    instruction->space = has_part(words, "shared") ? SHARED : has_part(words, "local") ? LOCAL
                       : has_part(words, "global") ? GLOBAL : PARAMETER;
    if (words->part_count != 3 + is_from || words->operand_count != 2 || instruction->space == PARAMETER
        || !has_part(words, "u64"))
        refuse(reader, "an instruction that is not known");
    operands_add(reader, instruction, words->operands[0], 64, true);
    operands_add(reader, instruction, words->operands[1], 64, false);
}

static bool decode_special(Reader *reader, Words *words)
{
    char name[128];
    join(words, name, sizeof name, "");
    if (is_one_of(name, "bra bra.uni"))
        decode_branch(reader, words);
    else if (is_one_of(name, "ret exit ret.uni"))
        instruction_add(reader, NULL)->flow = EXIT;
    else if (is_one_of(name, "bar.sync barrier.sync barrier.sync.aligned bar.cta.sync barrier.cta.sync"))
        decode_barrier(reader, words);
    else if (strcmp(words->parts[0], "setp") == 0)
        decode_comparison(reader, words);
    else if (strcmp(words->parts[0], "mov") == 0)
        decode_move(reader, words);
    else if (strcmp(words->parts[0], "cvt") == 0 && !has_part(words, "tf32"))
        decode_conversion(reader, words);
    else if (strcmp(words->parts[0], "cvta") == 0)
        decode_window(reader, words);
    else if (strcmp(words->parts[0], "shfl") == 0)
        decode_shuffle(reader, words);
    else if (strcmp(words->parts[0], "mma") == 0)
        decode_matrices(reader, words);
    else
        return decode_memory(reader, words);
    return true;
}

static char *decode_guard(Reader *reader, char *text, int *guard, bool *is_negated)
{
    if (*text != '@')
        return text;
    text += 1 + strspn(text + 1, " ");
    *is_negated = *text == '!';
    text += *is_negated;
    text += strspn(text, " ");
    char *end = strchr(text, ' ');
    if (!end)
        refuse(reader, "nothing after the predicate");
    *end = 0;
    *guard = slot_of(reader, text, 1);
    return end + 1;
}

void decode(Reader *reader, const char *statement)
{
    char *text = keep_text(reader->program, statement, strlen(statement));
    int guard = -1, before = reader->kernel->count;
    bool is_negated = false;
    text = decode_guard(reader, text, &guard, &is_negated);
    Words words = {0};
    char *opcode = text;
    text += strcspn(text, " ");
    if (*text)
        *text++ = 0;
    words.part_count = split(reader, opcode, '.', words.parts, MOST_PARTS);
    words.operand_count = split(reader, text, ',', words.operands, MOST_OPERANDS);
    if (words.part_count == 0)
        refuse(reader, "no instruction");
    if (!decode_special(reader, &words)) {
        const Operation *operation = operation_of(&words);
        if (!operation)
            refuse(reader, "an instruction that is not known");
        decode_operation(reader, &words, operation);
    }
    for (int i = before; i < reader->kernel->count; i++) {
        reader->kernel->instructions[i].guard = guard;
        reader->kernel->instructions[i].is_guard_negated = is_negated;
    }
}
