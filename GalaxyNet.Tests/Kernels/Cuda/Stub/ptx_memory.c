// Memory of the interpreter: what goes with a program is kept in blocks and freed with it.
#include "ptx.h"
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 1 << 16 };

struct Block {
    struct Block *next;
    size_t used, size;
    _Alignas(16) char bytes[];
};

void *keep_memory(Program *program, size_t bytes)
{
    bytes = (bytes + 15) & ~(size_t)15;
    struct Block *block = program->blocks;
    if (!block || block->used + bytes > block->size) {
        size_t size = bytes > BLOCK ? bytes : BLOCK;
        block = calloc(1, sizeof *block + size);
        block->size = size;
        block->next = program->blocks;
        program->blocks = block;
    }
    block->used += bytes;
    return block->bytes + block->used - bytes;
}

char *keep_text(Program *program, const char *text, size_t length)
{
    char *copy = keep_memory(program, length + 1);
    memcpy(copy, text, length);
    return copy;
}

void *grow(void *array, int count, size_t bytes_each)
{
    if (count & (count - 1))
        return array;
    return realloc(array, (count ? 2 * (size_t)count : 1) * bytes_each);
}

void program_free(Program *program)
{
    if (!program)
        return;
    for (int i = 0; i < program->count; i++) {
        Kernel *kernel = &program->kernels[i];
        free(kernel->parameters), free(kernel->instructions), free(kernel->slots);
        free(kernel->shared), free(kernel->local);
    }
    free(program->kernels);
    for (struct Block *block = program->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    free(program);
}
