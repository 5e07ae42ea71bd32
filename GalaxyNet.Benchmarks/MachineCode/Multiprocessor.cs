namespace GalaxyNet.Benchmarks;

/// <summary>What one multiprocessor of an architecture has for the groups that run on it at the same time.</summary>
/// <remarks>
/// From the table "Technical Specifications per Compute Capability" of the CUDA programming guide. In what portions
/// registers and shared memory are given out, the guide does not say; that is from NVIDIA's cuda_occupancy.h.
/// </remarks>
/// <param name="Sm">The compute capability, such as 90.</param>
/// <param name="Warps">The most warps of 32 threads.</param>
/// <param name="Groups">The most groups.</param>
/// <param name="SharedBytes">Shared memory.</param>
internal sealed record Multiprocessor(int Sm, int Warps, int Groups, int SharedBytes)
{
    private const int Registers = 65536;
    private const int RegistersOfPortion = 256;
    private const int ThreadsOfWarp = 32;
    private const int Schedulers = 4; // each with a quarter of the registers

    private static readonly IReadOnlyList<Multiprocessor> All =
    [
        new(70, 64, 32, 96 * 1024),
        new(80, 64, 32, 164 * 1024),
        new(89, 48, 24, 100 * 1024),
        new(90, 64, 32, 228 * 1024),
        new(120, 48, 24, 100 * 1024),
    ];

    private int SharedBytesOfPortion => Sm < 80 ? 256 : 128;

    /// <summary>What the driver takes of shared memory for each group.</summary>
    private int SharedBytesOfDriver => Sm < 80 ? 0 : 1024;

    /// <summary>That of an architecture which <see cref="PtxTarget.Architectures"/> has.</summary>
    public static Multiprocessor Of(int sm) => All.Single(each => each.Sm == sm);

    /// <summary>The warps that can be in flight, if nothing but a kernel's groups is there.</summary>
    /// <param name="threads">Threads of a group.</param>
    /// <param name="registers">Registers of a thread.</param>
    /// <param name="sharedBytes">Shared memory of a group.</param>
    public int WarpsInFlight(int threads, int registers, int sharedBytes)
    {
        int warpsOfGroup = Rounding.CeilingDivide(threads, ThreadsOfWarp);
        int registersOfWarp = Rounding.RoundUp(registers * ThreadsOfWarp, RegistersOfPortion);
        int groupsByRegisters = Registers / Schedulers / registersOfWarp * Schedulers / warpsOfGroup;
        int sharedOfGroup = Rounding.RoundUp(sharedBytes + SharedBytesOfDriver, SharedBytesOfPortion);
        int groupsByShared = sharedOfGroup == 0 ? Groups : SharedBytes / sharedOfGroup;
        int groups = new[] { groupsByRegisters, groupsByShared, Groups, Warps / warpsOfGroup }.Min();
        return groups * warpsOfGroup;
    }
}
