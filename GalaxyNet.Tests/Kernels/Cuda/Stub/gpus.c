// The GPUs that there may be, and what they say of themselves.
#include "stub.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GIBIBYTE ((size_t)1 << 30)

static Gpu h100 = {"NVIDIA H100 80GB HBM3", 9, 0, 132, 2048, 233472, 232448, 80 * GIBIBYTE, 0};
static Gpu rtx2060 = {"NVIDIA GeForce RTX 2060", 7, 5, 30, 1024, 65536, 65536, 6 * GIBIBYTE, 0};
static Gpu small_memory = {"NVIDIA GeForce RTX 2060", 7, 5, 30, 1024, 65536, 65536, GIBIBYTE / 8, 0};
static Gpu old_gpu = {"NVIDIA GeForce GTX 480", 2, 0, 15, 1536, 49152, 49152, GIBIBYTE, 0};

static const struct {
    const char *name;
    Gpu *gpus[3];
} machines[] = {
    {"h100", {&h100}},
    {"rtx2060", {&rtx2060}},
    {"two", {&h100, &rtx2060}},
    {"small-memory", {&small_memory}},
    {"old-gpu", {&old_gpu}},
    {"old-driver", {&rtx2060}},
};

static const char *machine(void)
{
    const char *name = getenv("GALAXYNET_STUB_GPU");
    return name ? name : "h100";
}

static bool is_machine(const char *name)
{
    return strcmp(machine(), name) == 0;
}

Gpu *gpu_of(int device)
{
    for (size_t i = 0; i < sizeof machines / sizeof *machines; i++)
        if (is_machine(machines[i].name))
            return device == 0 || device == 1 ? machines[i].gpus[device] : NULL;
    return NULL;
}

// GALAXYNET_STUB_GPU=init-802 is a driver that fails so.
CUDA cuInit(unsigned flags)
{
    int error = 0;
    sscanf(machine(), "init-%d", &error);
    return flags ? INVALID_VALUE : (Error)error;
}

CUDA cuDriverGetVersion(int *version)
{
    *version = is_machine("old-driver") ? 8000 : 13000;
    return SUCCESS;
}

CUDA cuDeviceGetCount(int *count)
{
    for (*count = 0; gpu_of(*count); ++*count) {
    }
    return SUCCESS;
}

CUDA cuDeviceGet(int *device, int ordinal)
{
    *device = ordinal;
    return gpu_of(ordinal) ? SUCCESS : INVALID_DEVICE;
}

CUDA cuDeviceGetName(char *name, int length, int device)
{
    if (!gpu_of(device))
        return INVALID_DEVICE;
    snprintf(name, length, "%s", gpu_of(device)->name);
    return SUCCESS;
}

CUDA cuDeviceTotalMem_v2(size_t *bytes, int device)
{
    if (!gpu_of(device))
        return INVALID_DEVICE;
    *bytes = gpu_of(device)->memory;
    return SUCCESS;
}

static int attribute_of(const Gpu *gpu, int attribute, int device)
{
    switch (attribute) {
    case 1: case 2: case 3: return 1024; // threads of a group, in all and along x and y
    case 4: return 64; // and along z
    case 5: return 2147483647; // groups of a grid along x
    case 6: case 7: return 65535; // and along y and z
    case 8: return SHARED_BYTES; // bytes of shared memory of a group
    case 9: return 65536; // bytes of constants
    case 10: return 32; // threads of a warp
    case 11: return 2147483647; // bytes of a pitch
    case 12: case 82: return 65536; // registers of a group, and of a multiprocessor
    case 13: return 1980000; // kHz
    case 16: return gpu->multiprocessors;
    case 19: case 83: case 90: case 91: return 1; // maps host memory, manages memory, preempts, takes host pointers
    case 33: return device + 1; // PCI bus
    case 36: return 2619000; // kHz of the memory
    case 37: return 5120; // bits of its bus
    case 38: return 50 << 20; // bytes of cache
    case 39: return gpu->threads_per_multiprocessor;
    case 40: return 3; // copy engines
    case 75: return gpu->major;
    case 76: return gpu->minor;
    case 81: return gpu->shared_per_multiprocessor;
    case 97: return gpu->shared_opt_in;
    default: return 0;
    }
}

CUDA cuDeviceGetAttribute(int *value, int attribute, int device)
{
    if (!gpu_of(device))
        return INVALID_DEVICE;
    *value = attribute_of(gpu_of(device), attribute, device);
    return SUCCESS;
}

CUDA cuDeviceCanAccessPeer(int *can_access, int device, int peer)
{
    *can_access = 0;
    return gpu_of(device) && gpu_of(peer) ? SUCCESS : INVALID_DEVICE;
}

CUDA cuDeviceGetP2PAttribute(int *value, int attribute, int device, int peer)
{
    (void)attribute;
    *value = 0;
    return gpu_of(device) && gpu_of(peer) ? SUCCESS : INVALID_DEVICE;
}
