using System.Runtime.Intrinsics;
using ILGPU.IR.Intrinsics;

namespace GalaxyNet.Kernels;

/// <summary>
/// The body of a kernel of the CPU schedule: a struct that holds the kernel's arguments, and what each thread does with
/// them.
/// </summary>
/// <remarks>
/// ILGPU's CPU device calls a kernel's own .NET method, and its compiler looks no further than a method marked
/// <see cref="IntrinsicImplementationAttribute"/>. Below <see cref="SimdKernel.Execute"/> everything .NET has may
/// therefore be used: pointers, and vectors of the device's width.
/// </remarks>
internal interface ISimdWork
{
    /// <summary>Does the part of thread number <paramref name="thread"/> of <paramref name="threads"/>.</summary>
    void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged;
}

/// <summary>Launches <see cref="ISimdWork"/>: a kernel of one thread, joined by the <see cref="ThreadTeam"/>.</summary>
internal sealed class SimdKernel<TWork>
    where TWork : struct, ISimdWork
{
    private readonly Action<KernelConfig, TWork, VectorRegisters, long> launch;
    private readonly VectorRegisters registers;
    private readonly ThreadTeam? team;

    /// <summary>Prepares launches on a CPU device; on any other nothing is compiled, and a launch fails.</summary>
    public SimdKernel(Device device)
    {
        launch = device.Load<TWork, VectorRegisters, long>(SimdKernel.Launch);
        registers = device.Registers;
        team = device.Team;
    }

    /// <summary>Runs the work on all threads and returns when the last is done.</summary>
    public void Launch(TWork work)
    {
        if (team!.IsInJoinedLaunch)
            SimdKernel.Execute(work, registers, team.Handle);
        else
            launch(new KernelConfig(1, 1), work, registers, team.Handle);
    }
}

/// <summary>The kernel that every <see cref="ISimdWork"/> runs in.</summary>
internal static class SimdKernel
{
    public static void Launch<TWork>(TWork work, VectorRegisters registers, long team)
        where TWork : struct, ISimdWork =>
        Execute(work, registers, team);

    [IntrinsicImplementation]
    public static void Execute<TWork>(TWork work, VectorRegisters registers, long handle)
        where TWork : struct, ISimdWork
    {
        var team = ThreadTeam.From(handle);
        team.Run(thread => RunPart(work, registers, thread, team.Count));
    }

    private static void RunPart<TWork>(TWork work, VectorRegisters registers, int thread, int threads)
        where TWork : struct, ISimdWork
    {
        if (registers == VectorRegisters.Avx512)
            work.Run<Simd512, Vector512<float>>(thread, threads);
        else if (registers == VectorRegisters.Avx2)
            work.Run<Simd256, Vector256<float>>(thread, threads);
        else if (registers == VectorRegisters.Neon)
            work.Run<Simd128<Registers32>, Vector128<float>>(thread, threads);
        else
            work.Run<Simd128<Registers16>, Vector128<float>>(thread, threads);
    }
}
