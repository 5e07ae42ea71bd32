// Reads the text of a module: kernels, their parameters, scopes, labels and statements.
#include "ptx_read.h"
#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void refuse(Reader *reader, const char *format, ...)
{
    char what[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    snprintf(reader->program->fault, sizeof reader->program->fault, "PTX line %d, '%.120s': %s",
        reader->statement_line, reader->statement ? reader->statement : "", what);
    longjmp(reader->leave, 1);
}

bool type_of(const char *name, Type *type)
{
    if (strcmp(name, "pred") == 0) {
        *type = (Type){'p', 1};
        return true;
    }
    int bits = strchr("busf", name[0]) && name[0] ? atoi(name + 1) : 0;
    *type = (Type){name[0], bits};
    char again[16];
    snprintf(again, sizeof again, "%c%d", name[0], bits);
    return strcmp(again, name) == 0 && (bits == 8 || bits == 16 || bits == 32 || bits == 64);
}

static void skip_line(Reader *reader)
{
    reader->at += strcspn(reader->at, "\n");
}

static void skip_space(Reader *reader)
{
    for (;; reader->at++) {
        const char *at = reader->at;
        if (at[0] == '/' && at[1] == '/') {
            skip_line(reader);
            at = reader->at;
        } else if (at[0] == '/' && at[1] == '*') {
            const char *end = strstr(at + 2, "*/");
            for (; *reader->at && reader->at != end; reader->at++)
                reader->line += *reader->at == '\n';
            reader->at += end ? 1 : -1;
            continue;
        }
        reader->line += *at == '\n';
        if (!isspace((unsigned char)*at))
            return;
    }
}

static bool is_of_name(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$' || c == '%';
}

static size_t name_length(const char *text)
{
    size_t length = 0;
    while (is_of_name(text[length]))
        length++;
    return length;
}

// A word of a directive, with its dot.
static size_t directive_length(const char *text)
{
    return text[0] == '.' ? 1 + name_length(text + 1) : 0;
}

static bool starts_with(const char *text, const char *word)
{
    size_t length = strlen(word);
    return strncmp(text, word, length) == 0 && !is_of_name(text[length]);
}

// Up to a character that ends it, with one blank in place of blanks and comments.
static char *text_until(Reader *reader, const char *ends)
{
    size_t used = 0, size = 256;
    char *text = malloc(size);
    reader->statement_line = reader->line;
    reader->statement = NULL;
    while (*reader->at && !strchr(ends, *reader->at)) {
        if (used + 2 >= size)
            text = realloc(text, size *= 2);
        const char *before = reader->at;
        skip_space(reader);
        if (reader->at != before)
            text[used++] = ' ';
        else
            text[used++] = *reader->at++;
    }
    while (used && text[used - 1] == ' ')
        used--;
    char *kept = keep_text(reader->program, text, used);
    free(text);
    reader->statement = kept;
    if (!*reader->at)
        refuse(reader, "the text ends before a '%s'", ends);
    return kept;
}

static void read_parameter(Reader *reader, char *text)
{
    Kernel *kernel = reader->kernel;
    Type type = {0, 0};
    size_t alignment = 0, count = 1;
    char *rest; // two modules may be read at once
    char *word = strtok_r(text, " ", &rest);
    for (; word && word[0] == '.'; word = strtok_r(NULL, " ", &rest))
        if (strcmp(word, ".align") == 0)
            alignment = strtoul(rest, &rest, 10);
        else if (!type_of(word + 1, &type) && strcmp(word, ".param") != 0 && strcmp(word, ".ptr") != 0
            && strcmp(word, ".global") != 0)
            refuse(reader, "a parameter of an unknown kind");
    if (!word || !type.bits)
        refuse(reader, "a parameter without a type or name");
    size_t length = name_length(word);
    if (word[length] == '[')
        count = atoi(word + length + 1);
    size_t bytes = type.bits / 8 * count;
    alignment = alignment ? alignment : (size_t)type.bits / 8;
    size_t offset = (kernel->parameter_bytes + alignment - 1) / alignment * alignment;
    kernel->parameters = grow(kernel->parameters, kernel->parameter_count, sizeof *kernel->parameters);
    Symbol *symbol = symbol_add(reader, word, length, PARAMETER_NAME, type);
    symbol->index = kernel->parameter_count;
    kernel->parameters[kernel->parameter_count++] = (Parameter){symbol->name, offset, bytes};
    kernel->parameter_bytes = offset + bytes;
}

static void open_scope(Reader *reader)
{
    Scope *scope = keep_memory(reader->program, sizeof *scope);
    scope->outer = reader->scope;
    reader->scope = scope;
}

static bool read_label(Reader *reader)
{
    size_t length = name_length(reader->at);
    const char *end = reader->at + length;
    while (*end == ' ' || *end == '\t')
        end++;
    if (length == 0 || *end != ':')
        return false;
    Label *label = keep_memory(reader->program, sizeof *label);
    *label = (Label){reader->scope->labels, keep_text(reader->program, reader->at, length), reader->kernel->count};
    reader->scope->labels = label;
    reader->at = end + 1;
    return true;
}

static void read_statement(Reader *reader)
{
    char *text = text_until(reader, ";");
    reader->at++;
    if (text[0] == 0 || starts_with(text, ".pragma"))
        return;
    if (starts_with(text, ".reg") || starts_with(text, ".shared") || starts_with(text, ".local"))
        declare(reader, text);
    else if (text[0] == '.')
        refuse(reader, "an unknown directive");
    else
        decode(reader, text);
}

static void read_body(Reader *reader)
{
    int depth = 0;
    do {
        skip_space(reader);
        if (*reader->at == '{') {
            open_scope(reader);
            depth++, reader->at++;
        } else if (*reader->at == '}') {
            reader->scope = reader->scope->outer;
            depth--, reader->at++;
        } else if (starts_with(reader->at, ".loc") || starts_with(reader->at, ".file")) {
            skip_line(reader);
        } else if (!read_label(reader)) {
            read_statement(reader);
        }
    } while (depth);
}

static void resolve_jumps(Reader *reader)
{
    for (Jump *jump = reader->jumps; jump; jump = jump->next) {
        Label *label = NULL;
        for (Scope *scope = jump->scope; scope && !label; scope = scope->outer)
            for (label = scope->labels; label && strcmp(label->name, jump->name) != 0; label = label->next) {
            }
        Instruction *instruction = &reader->kernel->instructions[jump->instruction];
        reader->statement = instruction->text;
        reader->statement_line = instruction->line;
        if (!label)
            refuse(reader, "there is no label '%s'", jump->name);
        instruction->target = label->target;
    }
    reader->jumps = NULL;
}

static void read_kernel(Reader *reader)
{
    Program *program = reader->program;
    skip_space(reader);
    size_t length = name_length(reader->at);
    program->kernels = grow(program->kernels, program->count, sizeof *program->kernels);
    Kernel *kernel = reader->kernel = &program->kernels[program->count++];
    *kernel = (Kernel){.program = program, .dynamic_shared = -1, .granule_shift = 4, .global_granule_shift = 4};
    kernel->name = keep_text(program, reader->at, length);
    reader->at += length;
    skip_space(reader);
    reader->scope = reader->module;
    open_scope(reader);
    if (*reader->at == '(')
        for (reader->at++; reader->at[-1] != ')'; reader->at++) {
            skip_space(reader);
            char *text = text_until(reader, ",)");
            if (*text)
                read_parameter(reader, text);
        }
    char *performance = text_until(reader, "{"); // directives such as .maxntid
    const char *most = strstr(performance, ".maxntid");
    int extents[3] = {0, 1, 1};
    if (most && sscanf(most, ".maxntid %d , %d , %d", &extents[0], &extents[1], &extents[2]) > 0)
        kernel->most_threads = extents[0] * extents[1] * extents[2];
    for (int i = 0; i < reader->declaration_count; i++)
        declare(reader, reader->declarations[i]);
    read_body(reader);
    instruction_add(reader, NULL)->flow = EXIT; // for who runs past the end
    resolve_jumps(reader);
    find_unwritten(kernel);
}

static void read_module(Reader *reader)
{
    for (skip_space(reader); *reader->at; skip_space(reader)) {
        size_t length = directive_length(reader->at);
        reader->statement_line = reader->line;
        reader->statement = keep_text(reader->program, reader->at, strcspn(reader->at, "\n"));
        if (starts_with(reader->at, ".version") || starts_with(reader->at, ".target")
            || starts_with(reader->at, ".address_size") || starts_with(reader->at, ".file")) {
            skip_line(reader);
        } else if (starts_with(reader->at, ".visible") || starts_with(reader->at, ".weak")) {
            reader->at += length;
        } else if (starts_with(reader->at, ".shared") || starts_with(reader->at, ".extern")) {
            if (reader->declaration_count == 16)
                refuse(reader, "more than 16 variables of the module");
            reader->declarations[reader->declaration_count++] = text_until(reader, ";");
            reader->at++;
        } else if (starts_with(reader->at, ".entry")) {
            reader->at += length;
            read_kernel(reader);
        } else {
            refuse(reader, "only kernels and shared variables are understood here");
        }
    }
}

Program *program_parse(const char *ptx, char *why, size_t size)
{
    Reader reader = {.program = calloc(1, sizeof(Program)), .at = ptx, .line = 1};
    open_scope(&reader);
    reader.module = reader.scope;
    if (setjmp(reader.leave)) {
        snprintf(why, size, "%s", reader.program->fault);
        program_free(reader.program);
        return NULL;
    }
    read_module(&reader);
    return reader.program;
}

const Kernel *program_kernel(const Program *program, const char *name)
{
    for (int i = 0; i < program->count; i++)
        if (strcmp(program->kernels[i].name, name) == 0)
            return &program->kernels[i];
    return NULL;
}
