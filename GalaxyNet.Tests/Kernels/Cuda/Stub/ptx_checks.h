// What watches memory while a kernel runs: who last read and wrote each granule, and when.
#pragma once
#include "ptx.h"

// In the words about a granule, below the time: which thread, whether by an atomic instruction, whether several did.
enum { THREAD = 1023, ATOMIC = 1024, MANY = 2048, TIME_SHIFT = 12 };

// And of global memory, whether other groups of the launch did, all by atomic instructions.
enum { OTHERS = 4096, GLOBAL_SHIFT = 13 };

// Words about shared memory with time 0: memory of no variable, and a copy under way. Time 1 is before the first group.
enum { NOWHERE = 0, UNDER_WAY = ATOMIC, UNWRITTEN = 1 << TIME_SHIFT };

typedef struct GlobalShadow {
    uint64_t writer, first_reader, last_reader; // in the launch
} GlobalShadow;

typedef enum { READS, WRITES, UPDATES } Access;

// ptx_shared.c
void shared_start(Run *run);
void shared_start_group(Run *run);
void shared_barrier(Run *run);
char *shared_place(Run *run, uint64_t address, int bytes, int t, Access access);
_Noreturn void shared_fault(Run *run, uint32_t granule, int t, Access access);
_Noreturn void shared_misplaced(Run *run, uint64_t address, int bytes, int t, const char *does);

// ptx_local.c
char *local_place(Run *run, uint64_t address, int bytes, int t, Access access);

// ptx_global.c
void global_start(Run *run);
void global_end(Run *run);
void global_start_group(Run *run);
void global_barrier(Run *run);
char *global_place(Run *run, uint64_t address, int bytes, int t, Access access);
unsigned group_at(const Run *run, uint64_t time);
uint64_t tick(Run *run); // the next time
uint64_t time_now(void);

// ptx_order.c
void order_start(Run *run);
void order_end(Run *run);
void order_start_group(Run *run);
void order_barrier(Run *run);
void order_fence(Run *run, int t);
void order_release(Run *run, const void *at, int t, bool is_store);
void order_acquire(Run *run, const void *at, int t);
bool is_ordered(const Run *run, uint64_t word, int t); // whether what another group did is known to be done
bool has_come_to(const Run *run, const void *at, int t); // after others, so that it knows what they did there

typedef uint32_t Four __attribute__((vector_size(16), aligned(4)));

// Whether several threads have read four granules since the last barrier, so that nobody has written them since then,
// and nobody may: another reader changes nothing. Most reads of products are such.
static inline bool are_read_by_many(const uint32_t *readers, uint32_t many)
{
    return (readers[0] >= many) & (readers[1] >= many) & (readers[2] >= many) & (readers[3] >= many);
}

// Where the addresses of an instruction are.
typedef struct {
    const uint64_t *wide;
    const uint32_t *narrow; // if not wide
    uint64_t offset;
} Addresses;

static inline Addresses addresses_of(const Run *run, const Instruction *instruction)
{
    const void *addresses = run->at[instruction->address];
    bool is_wide = run->kernel->slots[instruction->address].is_wide;
    return (Addresses){is_wide ? addresses : NULL, addresses, (uint64_t)instruction->offset};
}

static inline uint64_t address_at(Addresses addresses, int t)
{
    return (addresses.wide ? addresses.wide[t] : addresses.narrow[t]) + addresses.offset;
}

static inline Space space_of(uint64_t *address)
{
    Space space = *address & SHARED_WINDOW ? SHARED : *address & LOCAL_WINDOW ? LOCAL : GLOBAL;
    *address &= ~WINDOWS;
    return space;
}

static inline char *place(Run *run, const Instruction *instruction, uint64_t address, int bytes, int t, Access access)
{
    Space space = instruction->space == GENERIC ? space_of(&address) : instruction->space;
    return space == SHARED ? shared_place(run, address, bytes, t, access)
         : space == LOCAL ? local_place(run, address, bytes, t, access)
                          : global_place(run, address, bytes, t, access);
}
