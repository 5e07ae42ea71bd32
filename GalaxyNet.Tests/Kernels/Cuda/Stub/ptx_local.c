// Local memory: of a thread alone, with a flag for each byte that has been written.
#include "ptx_checks.h"

char *local_place(Run *run, uint64_t address, int bytes, int t, Access access)
{
    if (address > run->local_size || run->local_size - address < (size_t)bytes)
        fault(run, ILLEGAL_ADDRESS, t, "%s %d bytes of local memory at %lu, out of its %zu bytes",
            access == READS ? "reads" : "writes", bytes, address, run->local_size);
    if (address & (bytes - 1))
        fault(run, MISALIGNED_ADDRESS, t, "local memory at %lu, misaligned for %d bytes", address, bytes);
    size_t offset = (size_t)t * run->local_size + address;
    for (int i = 0; i < bytes; i++) {
        if (access == READS && !run->local_written[offset + i])
            fault(run, LAUNCH_FAILED, t, "reads local memory at %lu, which it has not written", address + i);
        run->local_written[offset + i] = 1;
    }
    return run->local + offset;
}
