using System.Runtime.CompilerServices;
using ILGPU;

namespace GalaxyNet.Benchmarks;

/// <summary>
/// The arithmetic limit of a processor: independent multiply-adds in registers, on all threads of a CPU device.
/// </summary>
internal unsafe struct FmaPeak : ISimdWork
{
    private const int Steps = 30_000_000;
    private const int Chains = 12; // more than the latency times the throughput of any processor

    /// <summary>One number of each thread, so that its chains are not optimized away.</summary>
    public ArrayView<float> Sums;

    /// <summary>GFLOP/s of float32; a multiply-add counts as two.</summary>
    public static double MeasureGflops(Device device)
    {
        using var sums = device.Allocate([device.Multiprocessors]);
        var kernel = new SimdKernel<FmaPeak>(device);
        var work = new FmaPeak { Sums = sums.Data };
        double seconds = RunTimes.Of(device, runs: 3, () => kernel.Launch(work))[0];
        return 2e-9 * Steps * Chains * device.VectorLength * device.Multiprocessors / seconds;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector x = TSimd.Broadcast(0.999f), y = TSimd.Broadcast(1e-3f);
        TVector a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int step = 0; step < Steps; step++)
        {
            a = TSimd.MultiplyAdd(a, x, y);
            b = TSimd.MultiplyAdd(b, x, y);
            c = TSimd.MultiplyAdd(c, x, y);
            d = TSimd.MultiplyAdd(d, x, y);
            e = TSimd.MultiplyAdd(e, x, y);
            f = TSimd.MultiplyAdd(f, x, y);
            g = TSimd.MultiplyAdd(g, x, y);
            h = TSimd.MultiplyAdd(h, x, y);
            i = TSimd.MultiplyAdd(i, x, y);
            j = TSimd.MultiplyAdd(j, x, y);
            k = TSimd.MultiplyAdd(k, x, y);
            l = TSimd.MultiplyAdd(l, x, y);
        }
        Sums.Pointer()[thread] = TSimd.Sum(a) + TSimd.Sum(b) + TSimd.Sum(c) + TSimd.Sum(d) + TSimd.Sum(e) + TSimd.Sum(f)
            + TSimd.Sum(g) + TSimd.Sum(h) + TSimd.Sum(i) + TSimd.Sum(j) + TSimd.Sum(k) + TSimd.Sum(l);
    }
}
