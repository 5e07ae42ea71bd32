// Names, and what stands for them: registers, numbers, variables, addresses.
#include "ptx_read.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { GAP = 64, DYNAMIC = 65536 }; // bytes between variables that belong to none; where a launch's own memory begins

static const char *const specials[] = {
    "%tid.x", "%tid.y", "%tid.z", "%ntid.x", "%ntid.y", "%ntid.z", "%ctaid.x", "%ctaid.y", "%ctaid.z",
    "%nctaid.x", "%nctaid.y", "%nctaid.z", "%laneid", "%warpid", "%nwarpid", "%lanemask_eq", "%lanemask_le",
    "%lanemask_lt", "%lanemask_ge", "%lanemask_gt", "%dynamic_smem_size",
};

int round_up(int number, int multiple)
{
    return (number + multiple - 1) / multiple * multiple;
}

Symbol *symbol_add(Reader *reader, const char *name, size_t length, Meaning meaning, Type type)
{
    Symbol *symbol = keep_memory(reader->program, sizeof *symbol);
    *symbol = (Symbol){.next = reader->scope->symbols, .name = keep_text(reader->program, name, length),
        .meaning = meaning, .type = type, .count = -1};
    for (Symbol *other = symbol->next; other; other = other->next)
        if (strcmp(other->name, symbol->name) == 0 && other->count == -1)
            refuse(reader, "'%s' is declared twice", symbol->name);
    reader->scope->symbols = symbol;
    return symbol;
}

static void declare_registers(Reader *reader, Type type, const char *name, size_t length)
{
    Symbol *symbol = symbol_add(reader, name, length, REGISTERS, type);
    if (name[length] == '<')
        symbol->count = atoi(name + length + 1);
    int count = symbol->count == -1 ? 1 : symbol->count;
    symbol->slots = keep_memory(reader->program, count * sizeof *symbol->slots);
    memset(symbol->slots, 0xff, count * sizeof *symbol->slots);
}

static void declare_variable(
    Reader *reader, bool is_shared, Type type, size_t alignment, const char *name, size_t length)
{
    Kernel *kernel = reader->kernel;
    Symbol *symbol = symbol_add(reader, name, length, is_shared ? SHARED_VARIABLE : LOCAL_VARIABLE, type);
    size_t bytes = type.bits / 8;
    bool is_dynamic = false;
    for (const char *extent = name + length; *extent == '['; extent = strchr(extent, ']') + 1) {
        if (!strchr(extent, ']'))
            refuse(reader, "a '[' without its ']'");
        is_dynamic |= strspn(extent + 1, " ") == strcspn(extent + 1, "]");
        bytes *= strtoul(extent + 1, NULL, 0);
    }
    Variable **variables = is_shared ? &kernel->shared : &kernel->local;
    int *count = is_shared ? &kernel->shared_count : &kernel->local_count;
    size_t *end = is_shared ? &kernel->shared_bytes : &kernel->local_bytes;
    size_t offset = round_up(*end + (*count ? GAP : 0), alignment > 16 ? alignment : 16);
    if (is_dynamic) {
        if (!is_shared || (kernel->dynamic_shared != -1))
            refuse(reader, "one variable of a launch's own size is understood, in shared memory");
        kernel->dynamic_shared = *count;
        offset = DYNAMIC;
    } else {
        *end = offset + bytes;
    }
    if (is_shared && !is_dynamic)
        kernel->static_bytes = round_up(kernel->static_bytes, alignment) + bytes;
    if (kernel->static_bytes > SHARED_BYTES || kernel->shared_bytes > DYNAMIC)
        refuse(reader, "more shared memory than a group may have");
    *variables = grow(*variables, *count, sizeof **variables);
    symbol->index = *count;
    (*variables)[(*count)++] = (Variable){symbol->name, offset, bytes};
}

void declare(Reader *reader, const char *text)
{
    Type type = {0, 0};
    size_t alignment = 0;
    bool is_register = false, is_shared = false;
    while (*(text += strspn(text, " ")) == '.') {
        size_t length = strcspn(text + 1, " .") + 1;
        char word[32];
        snprintf(word, sizeof word, "%.*s", (int)length, text);
        text += length;
        is_register |= strcmp(word, ".reg") == 0;
        is_shared |= strcmp(word, ".shared") == 0;
        if (strcmp(word, ".align") == 0)
            alignment = strtoul(text, (char **)&text, 10);
        else
            type_of(word + 1, &type);
    }
    if (!type.bits)
        refuse(reader, "a declaration of an unknown type");
    while (*text) {
        text += strspn(text, " ,");
        size_t length = strcspn(text, " ,<[");
        if (is_register)
            declare_registers(reader, type, text, length);
        else
            declare_variable(reader, is_shared, type, alignment ? alignment : (size_t)type.bits / 8, text, length);
        text += strcspn(text, ",");
    }
}

int slot_add(Reader *reader, Slot slot)
{
    Kernel *kernel = reader->kernel;
    kernel->slots = grow(kernel->slots, kernel->slot_count, sizeof *kernel->slots);
    kernel->slots[kernel->slot_count] = slot;
    return kernel->slot_count++;
}

int constant_slot(Reader *reader, uint64_t value, bool is_wide)
{
    const Kernel *kernel = reader->kernel;
    for (int i = 0; i < kernel->slot_count; i++) {
        const Slot *slot = &kernel->slots[i];
        if (slot->role == CONSTANT && slot->value == value && slot->is_wide == is_wide)
            return i;
    }
    return slot_add(reader, (Slot){.role = CONSTANT, .is_wide = is_wide, .value = value});
}

// With the number after the name of one of many.
static Symbol *find(const Reader *reader, const char *name, int *number)
{
    size_t length = strlen(name), stem = length;
    while (stem && isdigit((unsigned char)name[stem - 1]))
        stem--;
    bool is_number = stem < length && (name[stem] != '0' || stem == length - 1);
    for (Scope *scope = reader->scope; scope; scope = scope->outer)
        for (Symbol *symbol = scope->symbols; symbol; symbol = symbol->next) {
            *number = 0;
            if (symbol->count == -1 && strcmp(symbol->name, name) == 0)
                return symbol;
            *number = is_number ? atoi(name + stem) : 0;
            if (is_number && symbol->count > *number && strlen(symbol->name) == stem
                && strncmp(symbol->name, name, stem) == 0)
                return symbol;
        }
    return NULL;
}

static int register_slot(Reader *reader, Symbol *symbol, int number, const char *name, int bits)
{
    if (bits != -1 && symbol->type.bits != bits)
        refuse(reader, "'%s' has %d bits, where %d belong", name, symbol->type.bits, bits);
    int *slot = &symbol->slots[number];
    if (*slot == -1)
        *slot = slot_add(reader, (Slot){.role = REGISTER, .is_wide = symbol->type.bits == 64, .type = symbol->type,
            .name = keep_text(reader->program, name, strlen(name))});
    return *slot;
}

static int special_slot(Reader *reader, const char *text)
{
    for (size_t i = 0; i < sizeof specials / sizeof *specials; i++) {
        if (strcmp(text, specials[i]) != 0)
            continue;
        for (int slot = 0; slot < reader->kernel->slot_count; slot++)
            if (reader->kernel->slots[slot].role == SPECIAL && reader->kernel->slots[slot].value == i)
                return slot;
        return slot_add(reader, (Slot){.role = SPECIAL, .value = i});
    }
    return -1;
}

uint64_t number_of(Reader *reader, const char *text, int bits)
{
    char *end;
    uint64_t value;
    if (text[0] == '0' && strchr("fFdD", text[1]) && text[1]) {
        value = strtoull(text + 2, &end, 16);
        bool is_float = strchr("fF", text[1]);
        if (strlen(text) != (is_float ? 10 : 18) || bits != (is_float ? 32 : 64))
            refuse(reader, "'%s' is no number of %d bits", text, bits);
    } else if (strpbrk(text, ".eE") && strncmp(text, "0x", 2) != 0) {
        double number = strtod(text, &end);
        float narrow = (float)number;
        memcpy(&value, &number, sizeof value);
        if (bits == 32) {
            value = 0;
            memcpy(&value, &narrow, sizeof narrow);
        }
    } else {
        value = strtoull(text, &end, 0);
    }
    end += *end == 'U';
    if (*end || end == text)
        refuse(reader, "'%s' is not known", text);
    return bits >= 64 ? value : value & ((1ull << bits) - 1);
}

static uint64_t address_of_variable(const Reader *reader, const Symbol *symbol)
{
    const Kernel *kernel = reader->kernel;
    return symbol->meaning == SHARED_VARIABLE ? SHARED_BASE + kernel->shared[symbol->index].offset
                                              : kernel->local[symbol->index].offset;
}

int slot_of(Reader *reader, const char *text, int bits)
{
    int number, special = special_slot(reader, text);
    if (special != -1)
        return special;
    Symbol *symbol = find(reader, text, &number);
    if (symbol && symbol->meaning == REGISTERS)
        return register_slot(reader, symbol, number, text, bits);
    int wanted = bits == -1 ? 64 : bits;
    if (symbol && symbol->meaning != PARAMETER_NAME && wanted >= 32)
        return constant_slot(reader, address_of_variable(reader, symbol), wanted == 64);
    char *plus = strchr(text, '+');
    if (plus && plus > text && isalpha((unsigned char)text[0])) { // a name and a number
        char name[256];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(text, " +"), text);
        symbol = find(reader, name, &number);
        if (symbol && (symbol->meaning == SHARED_VARIABLE || symbol->meaning == LOCAL_VARIABLE)) {
            uint64_t offset = number_of(reader, plus + 1 + strspn(plus + 1, " "), 64);
            return constant_slot(reader, address_of_variable(reader, symbol) + offset, wanted == 64);
        }
    }
    uint64_t value = number_of(reader, text, wanted);
    return constant_slot(reader, wanted == 1 ? value != 0 : value, wanted == 64);
}

int slot_of_target(Reader *reader, const char *text, int bits)
{
    if (strcmp(text, "_") == 0) { // nobody reads it
        Type type = {'b', bits == -1 ? 64 : bits};
        return slot_add(reader, (Slot){.role = REGISTER, .is_wide = type.bits == 64, .type = type, .name = "_"});
    }
    int number;
    Symbol *symbol = find(reader, text, &number);
    if (!symbol || symbol->meaning != REGISTERS)
        refuse(reader, "'%s' is no register", text);
    return register_slot(reader, symbol, number, text, bits);
}

// [name], [register+4], [name-8], [4096].
void address_of(Reader *reader, char *text, Instruction *instruction)
{
    size_t length = strlen(text);
    if (length < 3 || text[0] != '[' || text[length - 1] != ']')
        refuse(reader, "'%s' is no address", text);
    char base[256];
    snprintf(base, sizeof base, "%.*s", (int)(length - 2), text + 1);
    char *sign = strpbrk(base + 1, "+-");
    instruction->offset = 0;
    if (sign) {
        bool is_negative = *sign == '-';
        char *digits = sign + 1 + strspn(sign + 1, " ");
        int64_t number = (int64_t)number_of(reader, digits, 64);
        instruction->offset = is_negative ? -number : number;
        *sign = 0;
    }
    char *name = base + strspn(base, " ");
    name[strcspn(name, " ")] = 0;
    int number;
    Symbol *symbol = find(reader, name, &number);
    if (instruction->space == PARAMETER) {
        if (!symbol || symbol->meaning != PARAMETER_NAME)
            refuse(reader, "'%s' is no parameter", name);
        instruction->offset += reader->kernel->parameters[symbol->index].offset;
        instruction->address = -1;
        return;
    }
    instruction->address = slot_of(reader, name, -1);
}
