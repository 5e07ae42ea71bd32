// What orders groups: writes, a fence and an atomic instruction in one group, and in another an atomic instruction that
// comes to the same address later, a fence, and what then reads. A barrier passes on what a thread knows to its group.
#include "ptx_checks.h"
#include <stdlib.h>
#include <string.h>

// What one group had done, and made known, when it came to an address.
typedef struct {
    unsigned group;
    int thread;
    uint64_t time; // of the instruction
    uint64_t fenced_of_all; // what any thread of the group did before this
    uint64_t fenced_of_thread; // and the thread itself, up to this
    uint64_t barrier; // and others before it, if they had a fence of their own after it:
    const uint64_t *fenced_of_each;
} Release;

typedef struct Place {
    struct Place *next;
    const void *at;
    Release *releases;
    int count, first; // the first one since a store
} Place;

// That a thread has come to a place, where so many had released.
typedef struct {
    const Place *place;
    int first, count, thread;
    uint64_t time, fenced; // when a fence of its own followed, or 0
} Acquire;

typedef struct Snapshot {
    struct Snapshot *next;
    uint64_t times[];
} Snapshot;

enum { BUCKETS = 4096 };

struct Order {
    Place *places[BUCKETS];
    uint64_t own[MOST_THREADS]; // the last fence of each thread of the group
    uint64_t all[MOST_THREADS]; // the barrier before it
    uint64_t group; // the latest of these that a barrier has passed on
    bool has_fences, is_snapshot_new;
    Snapshot *snapshots;
    Acquire *acquires;
    int acquire_count;
};

void order_start(Run *run)
{
    run->order = calloc(1, sizeof *run->order);
}

void order_end(Run *run)
{
    struct Order *order = run->order;
    for (int i = 0; i < BUCKETS; i++)
        for (Place *place = order->places[i], *next; place; place = next) {
            next = place->next;
            free(place->releases);
            free(place);
        }
    for (Snapshot *each = order->snapshots, *next; each; each = next) {
        next = each->next;
        free(each);
    }
    free(order->acquires);
    free(order);
}

void order_start_group(Run *run)
{
    struct Order *order = run->order;
    if (order->has_fences) {
        memset(order->own, 0, sizeof order->own);
        memset(order->all, 0, sizeof order->all);
    }
    order->group = 0;
    order->has_fences = order->is_snapshot_new = false;
    free(order->acquires);
    order->acquires = NULL;
    order->acquire_count = 0;
}

void order_barrier(Run *run)
{
    struct Order *order = run->order;
    for (int t = 0; t < run->threads && order->has_fences; t++)
        order->group = order->all[t] > order->group ? order->all[t] : order->group;
}

void order_fence(Run *run, int t)
{
    struct Order *order = run->order;
    order->own[t] = time_now();
    order->all[t] = run->barrier_clock;
    order->has_fences = true;
    order->is_snapshot_new = false;
    for (int i = 0; i < order->acquire_count; i++)
        if (order->acquires[i].thread == t && !order->acquires[i].fenced)
            order->acquires[i].fenced = time_now();
}

static Place *place_at(struct Order *order, const void *at)
{
    Place **bucket = &order->places[(uintptr_t)at / 4 % BUCKETS];
    for (Place *place = *bucket; place; place = place->next)
        if (place->at == at)
            return place;
    Place *place = calloc(1, sizeof *place);
    *place = (Place){*bucket, at, NULL, 0, 0};
    return *bucket = place;
}

static const uint64_t *snapshot(Run *run)
{
    struct Order *order = run->order;
    if (!order->is_snapshot_new) {
        Snapshot *each = malloc(sizeof *each + sizeof *each->times * run->threads);
        memcpy(each->times, order->own, sizeof *each->times * run->threads);
        each->next = order->snapshots;
        order->snapshots = each;
        order->is_snapshot_new = true;
    }
    return order->snapshots->times;
}

// A store, unlike an atomic instruction, ends what others had released there.
void order_release(Run *run, const void *at, int t, bool is_store)
{
    struct Order *order = run->order;
    Place *place = order->has_fences || is_store ? place_at(order, at) : NULL;
    if (!place)
        return;
    if (is_store)
        place->first = place->count;
    if (!order->has_fences)
        return;
    place->releases = grow(place->releases, place->count, sizeof *place->releases);
    place->releases[place->count++] = (Release){run->group_number, t, time_now(),
        order->all[t] > order->group ? order->all[t] : order->group, order->own[t], run->barrier_clock, snapshot(run)};
}

void order_acquire(Run *run, const void *at, int t)
{
    struct Order *order = run->order;
    const Place *place = order->places[(uintptr_t)at / 4 % BUCKETS];
    for (; place && place->at != at; place = place->next) {
    }
    if (!place || !place->count)
        return;
    order->acquires = grow(order->acquires, order->acquire_count, sizeof *order->acquires);
    order->acquires[order->acquire_count++] = (Acquire){place, place->first, place->count, t, time_now(), 0};
}

static bool covers(const Release *release, uint64_t word)
{
    uint64_t time = word >> GLOBAL_SHIFT;
    int thread = word & THREAD;
    if (time < release->fenced_of_all || ((word & ATOMIC) && time <= release->time))
        return true;
    if (thread == release->thread)
        return time <= release->fenced_of_thread;
    return time < release->barrier && time <= release->fenced_of_each[thread];
}

// A fence of the thread, or before a barrier of any, must follow what it came to.
static bool is_known(const Run *run, const Acquire *acquire, int t)
{
    const struct Order *order = run->order;
    if (acquire->fenced && (acquire->thread == t || acquire->fenced < run->barrier_clock))
        return true;
    return order->all[t] > acquire->time || order->group > acquire->time;
}

bool is_ordered(const Run *run, uint64_t word, int t)
{
    const struct Order *order = run->order;
    unsigned group = group_at(run, word >> GLOBAL_SHIFT);
    for (int i = order->acquire_count - 1; i >= 0; i--) {
        const Acquire *acquire = &order->acquires[i];
        if (!is_known(run, acquire, t))
            continue;
        for (int each = acquire->count - 1; each >= acquire->first; each--)
            if (acquire->place->releases[each].group == group && covers(&acquire->place->releases[each], word))
                return true;
    }
    return false;
}

bool has_come_to(const Run *run, const void *at, int t)
{
    const struct Order *order = run->order;
    for (int i = 0; i < order->acquire_count; i++)
        if (order->acquires[i].place->at == at && is_known(run, &order->acquires[i], t))
            return true;
    return false;
}
