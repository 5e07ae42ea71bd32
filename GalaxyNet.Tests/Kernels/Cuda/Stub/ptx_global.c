// Global memory: where what was allocated ends, and races between threads of a group and between groups of a launch.
#include "ptx_checks.h"
#include <stdlib.h>
#include <sys/mman.h>

static const char *const verbs[] = {"reads", "writes", "updates"};

static uint64_t now = 1; // goes on from launch to launch, so that nothing has to be cleared between them

uint64_t tick(Run *run)
{
    (void)run;
    return ++now;
}

uint64_t time_now(void)
{
    return now;
}

typedef struct {
    Run *run;
    int capacity;
} List;

static void add_memory(Object *object, void *state)
{
    List *list = state;
    Run *run = list->run;
    if (run->memory_count == list->capacity)
        run->memories = realloc(run->memories, (list->capacity = 2 * list->capacity + 16) * sizeof *run->memories);
    run->memories[run->memory_count++] = (Memory){(char *)object->handle, object->bytes, object->kind, &object->shadow};
}

static int by_start(const void *a, const void *b)
{
    const Memory *left = a, *right = b;
    return left->start < right->start ? -1 : left->start > right->start;
}

void global_start(Run *run)
{
    List list = {run, 0};
    run->memory_count = 0;
    run->last_memory = -1;
    objects_visit(DEVICE_MEMORY, add_memory, &list);
    objects_visit(HOST_MEMORY, add_memory, &list);
    objects_visit(REGISTERED_MEMORY, add_memory, &list);
    qsort(run->memories, run->memory_count, sizeof *run->memories, by_start);
    run->launch_clock = tick(run);
    run->group_clocks = malloc(sizeof *run->group_clocks * run->groups);
    order_start(run);
}

void global_end(Run *run)
{
    order_end(run);
    free(run->memories);
    free(run->group_clocks);
}

void global_start_group(Run *run)
{
    run->group_clock = run->barrier_clock = tick(run);
    run->group_clocks[run->group_number] = run->group_clock;
    order_start_group(run);
}

void global_barrier(Run *run)
{
    run->barrier_clock = tick(run);
    order_barrier(run);
}

// The group of the launch that was running at a time.
unsigned group_at(const Run *run, uint64_t time)
{
    unsigned low = 0, high = run->group_number;
    while (low < high) {
        unsigned middle = low + (high - low + 1) / 2;
        if (run->group_clocks[middle] <= time)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

static const Memory *memory_before(const Run *run, const char *address)
{
    int low = 0, high = run->memory_count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (run->memories[middle].start <= address)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? &run->memories[low - 1] : NULL;
}

static inline bool is_within(const Memory *memory, const char *address, size_t bytes)
{
    size_t offset = (size_t)(address - memory->start);
    return offset < memory->bytes && memory->bytes - offset >= bytes;
}

_Noreturn static void outside(Run *run, const char *address, int bytes, int t, Access access)
{
    const Memory *memory = memory_before(run, address);
    if (was_freed(address))
        fault(run, ILLEGAL_ADDRESS, t, "%s %d bytes at %p, which has been freed", verbs[access], bytes, address);
    if (memory && (size_t)(address - memory->start) < memory->bytes + (1 << 20))
        fault(run, ILLEGAL_ADDRESS, t, "%s %d bytes at %p, which is at byte %zd of an allocation of %zu", verbs[access],
            bytes, address, address - memory->start, memory->bytes);
    fault(run, ILLEGAL_ADDRESS, t, "%s %d bytes at %p, where nothing is allocated", verbs[access], bytes, address);
}

static Memory *memory_at(Run *run, char *address, int bytes, int t, Access access)
{
    if (run->last_memory != -1 && is_within(&run->memories[run->last_memory], address, bytes))
        return &run->memories[run->last_memory];
    const Memory *memory = memory_before(run, address);
    if (!memory || !is_within(memory, address, bytes))
        outside(run, address, bytes, t, access);
    run->last_memory = (int)(memory - run->memories);
    if (!*memory->shadow) {
        size_t size = memory->bytes * sizeof(GlobalShadow);
        void *shadow = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (shadow == MAP_FAILED)
            fault(run, OUT_OF_MEMORY, t, "no memory to watch an allocation of %zu bytes", memory->bytes);
        *memory->shadow = shadow;
    }
    return &run->memories[run->last_memory];
}

_Noreturn static void race(Run *run, const char *address, int t, Access access, uint64_t word, bool is_written)
{
    uint64_t time = word >> GLOBAL_SHIFT;
    const char *other = is_written ? (word & ATOMIC ? "updates" : "writes") : "reads";
    if (time >= run->group_clock)
        fault(run, LAUNCH_FAILED, t,
            "race: %s global memory at %p, which thread %d of the group %s without a barrier between", verbs[access],
            address, (int)(word & THREAD), other);
    unsigned group = group_at(run, time);
    fault(run, LAUNCH_FAILED, t,
        "race: %s global memory at %p, which thread %d of group (%u,%u,%u) %s in the same launch", verbs[access],
        address, (int)(word & THREAD), group % run->grid[0], group / run->grid[0] % run->grid[1],
        group / run->grid[0] / run->grid[1], other);
}

// Whether what a word tells of is over for thread t.
static inline bool is_over(const Run *run, uint64_t word, int t)
{
    uint64_t time = word >> GLOBAL_SHIFT;
    if (time < run->launch_clock)
        return true;
    if (time >= run->barrier_clock)
        return (int)(word & THREAD) == t && !(word & MANY);
    return time >= run->group_clock || is_ordered(run, word, t);
}

static inline void note_read(const Run *run, GlobalShadow *granule, int t)
{
    uint64_t mine = now << GLOBAL_SHIFT | (uint64_t)t, last = granule->last_reader;
    if (granule->first_reader >> GLOBAL_SHIFT < run->launch_clock)
        granule->first_reader = mine;
    bool is_now = last >> GLOBAL_SHIFT >= run->barrier_clock;
    granule->last_reader = mine | (is_now && ((last & MANY) || ((last ^ mine) & THREAD)) ? MANY : 0);
}

static uint64_t flags_of_update(const Run *run, uint64_t before, int t)
{
    uint64_t time = before >> GLOBAL_SHIFT, flags = ATOMIC;
    if (time >= run->barrier_clock && ((before & MANY) || (int)(before & THREAD) != t))
        flags |= MANY;
    if ((before & ATOMIC) && time >= run->launch_clock && ((before & OTHERS) || time < run->group_clock))
        flags |= OTHERS;
    return flags;
}

static inline void check(Run *run, GlobalShadow *granule, const char *address, int t, Access access)
{
    uint64_t writer = granule->writer;
    bool both_atomic = access == UPDATES && (writer & ATOMIC);
    if (!is_over(run, writer, t) && !both_atomic)
        race(run, address, t, access, writer, true);
    bool is_of_others = (writer & OTHERS) && writer >> GLOBAL_SHIFT >= run->launch_clock;
    if (access != UPDATES && is_of_others && !has_come_to(run, address, t))
        fault(run, LAUNCH_FAILED, t, "race: %s global memory at %p, which other groups update in the same launch",
            verbs[access], address);
    if (access == READS) {
        note_read(run, granule, t);
        return;
    }
    if (!is_over(run, granule->first_reader, t) && granule->first_reader >> GLOBAL_SHIFT < run->group_clock)
        race(run, address, t, access, granule->first_reader, false);
    if (!is_over(run, granule->last_reader, t))
        race(run, address, t, access, granule->last_reader, false);
    granule->writer = now << GLOBAL_SHIFT | (access == UPDATES ? flags_of_update(run, writer, t) : 0) | (uint64_t)t;
}

char *global_place(Run *run, uint64_t number, int bytes, int t, Access access)
{
    char *address = (char *)number;
    if (number & (bytes - 1) && (bytes & (bytes - 1)) == 0)
        fault(run, MISALIGNED_ADDRESS, t, "%s %d bytes at %p, misaligned", verbs[access], bytes, address);
    const Memory *memory = memory_at(run, address, bytes, t, access);
    int shift = run->kernel->global_granule_shift;
    size_t offset = address - memory->start;
    GlobalShadow *granule = *memory->shadow + (offset >> shift);
    const GlobalShadow *last = *memory->shadow + ((offset + bytes - 1) >> shift);
    for (; granule <= last; granule++)
        check(run, granule, address, t, access);
    return address;
}
