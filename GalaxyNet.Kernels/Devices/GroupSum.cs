using System.Numerics;

namespace GalaxyNet.Kernels;

/// <summary>
/// A sum over the threads of a group, in shared memory and always in the same order.
/// Warp shuffles would be shorter, but PoCL does not give them.
/// </summary>
internal static class GroupSum
{
    /// <summary>The threads of a group on a GPU that allows them.</summary>
    public const int MaxGroupSize = 128;

    private const int SimulatorGroupSize = 32;

    /// <summary>
    /// The launch of a kernel that calls <see cref="Of"/>: so many groups, of a power of two of threads.
    /// </summary>
    public static KernelConfig Launch(Device device, int groups) => new(groups, device.Kind switch
    {
        DeviceKind.Cpu => 1,
        DeviceKind.Simulator => SimulatorGroupSize,
        _ => Math.Min(MaxGroupSize, 1 << BitOperations.Log2((uint)device.Accelerator.MaxNumThreadsPerGroup)),
    });

    /// <summary>The sum of every thread's value, the same in each. All threads of the group must call it.</summary>
    public static float Of(float value)
    {
        var partial = SharedMemory.Allocate<float>(MaxGroupSize);
        // A second sum in the same kernel may get the same memory: no thread may still be reading the first.
        Group.Barrier();
        partial[Group.IdxX] = value;
        Group.Barrier();
        for (int half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half)
                partial[Group.IdxX] += partial[Group.IdxX + half];
            Group.Barrier();
        }
        return partial[0];
    }
}
