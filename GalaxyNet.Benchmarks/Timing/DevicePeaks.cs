using ILGPU;

namespace GalaxyNet.Benchmarks;

/// <summary>The two limits of a device, measured: the roof that results are held against.</summary>
/// <param name="Gflops">Multiply-adds in registers and nothing else, each counted as two operations.</param>
/// <param name="GigabytesPerSecond">Copying memory: bytes read and bytes written, added up.</param>
internal sealed record DevicePeaks(double Gflops, double GigabytesPerSecond)
{
    private const int Runs = 5;
    private const int CopiedFloats = 1 << 25; // 128 MiB, more than any cache
    private const int ChainSteps = 1 << 14;
    private const int ThreadsOfGroup = 128;
    private const int GroupsPerMultiprocessor = 16;
    private const int FlopsOfStep = 2 * 16;

    /// <summary>Measures a device.</summary>
    public static DevicePeaks Measure(Device device) => new(
        MeasureGflops(device), 2e-9 * sizeof(float) * CopiedFloats / CopySeconds(device));

    /// <summary>Measures <see cref="Gflops"/> alone.</summary>
    public static double MeasureGflops(Device device) =>
        device.Kind == DeviceKind.Cpu ? FmaPeak.MeasureGflops(device) : GpuGflops(device);

    /// <summary>The rate that the roof allows for some work.</summary>
    public double RoofGflops(Cost cost) => Math.Min(Gflops, cost.Flops / cost.Bytes * GigabytesPerSecond);

    private static double CopySeconds(Device device)
    {
        using var source = device.Allocate([CopiedFloats]);
        using var target = device.Allocate([CopiedFloats]);
        if (device.Kind == DeviceKind.Cpu)
            return BestSeconds(device, () => CopyOnCpu(source, target, device.Multiprocessors));
        var copy = device.Load<ArrayView<Float4>, ArrayView<Float4>>(CopyKernel);
        return BestSeconds(
            device, () => copy(device.Loop(CopiedFloats / 4), source.Data.Cast<Float4>(), target.Data.Cast<Float4>()));
    }

    private static unsafe void CopyOnCpu(Tensor source, Tensor target, int threads)
    {
        float* from = source.Data.Pointer();
        float* to = target.Data.Pointer();
        long bytes = (long)CopiedFloats * sizeof(float) / threads;
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
            Buffer.MemoryCopy((byte*)from + (i * bytes), (byte*)to + (i * bytes), bytes, bytes));
    }

    private static void CopyKernel(ArrayView<Float4> source, ArrayView<Float4> target)
    {
        var range = LoopRange.Of((int)source.Length);
        for (int i = range.Start; i < range.End; i += range.Step)
            target[i] = source[i];
    }

    private static double GpuGflops(Device device)
    {
        int groups = GroupsPerMultiprocessor * device.Multiprocessors;
        using var sums = device.Allocate([groups * ThreadsOfGroup]);
        var chains = device.Load<ArrayView<float>, int, float>(ChainKernel);
        double seconds = BestSeconds(
            device, () => chains(new KernelConfig(groups, ThreadsOfGroup), sums.Data, ChainSteps, 0.999f));
        return 1e-9 * groups * ThreadsOfGroup * (double)ChainSteps * FlopsOfStep / seconds;
    }

    /// <summary>Sixteen chains of multiply-adds that do not wait for each other.</summary>
    private static void ChainKernel(ArrayView<float> sums, int steps, float factor)
    {
        float x = Group.IdxX;
        var constant = new Float4(x, x + 1f, x + 2f, x + 3f);
        var a = constant;
        var b = constant;
        var c = constant;
        var d = constant;
        for (int i = 0; i < steps; i++)
        {
            a = constant.PlusProduct(factor, a);
            b = constant.PlusProduct(factor, b);
            c = constant.PlusProduct(factor, c);
            d = constant.PlusProduct(factor, d);
        }
        sums[(Grid.IdxX * Group.DimX) + Group.IdxX] =
            a.X + a.Y + a.Z + a.W + b.X + b.Y + b.Z + b.W + c.X + c.Y + c.Z + c.W + d.X + d.Y + d.Z + d.W;
    }

    private static double BestSeconds(Device device, Action run) => RunTimes.Of(device, RunTimes.Count(device, Runs), run)[0];
}
