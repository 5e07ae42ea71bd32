using ILGPU;

namespace GalaxyNet.Benchmarks;

/// <summary>The two limits of a device, measured: the roof that results are held against.</summary>
/// <param name="Gflops">Multiply-adds in registers and nothing else, each counted as two operations.</param>
/// <param name="GigabytesPerSecond">Copying memory: bytes read and bytes written, added up.</param>
internal sealed record DevicePeaks(double Gflops, double GigabytesPerSecond)
{
    private const int Runs = 5;
    private const int CopiedFloats = 1 << 25; // 128 MiB, more than any cache
    private const int ChainSteps = 1 << 10;
    private const int ThreadsOfGroup = 128;
    private const int GroupsPerMultiprocessor = 16;

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

    [Kernel("peak", Schedule.Shared)]
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
        var chains = device.Load<ArrayView<float>, int, float>(FmaChains.FmaKernel);
        double seconds = BestSeconds(
            device, () => chains(new KernelConfig(groups, ThreadsOfGroup), sums.Data, ChainSteps, 0.999f));
        return 1e-9 * groups * ThreadsOfGroup * (double)ChainSteps * FmaChains.FlopsOfStep / seconds;
    }

    private static double BestSeconds(Device device, Action run) =>
        RunTimes.Of(device, RunTimes.Count(device, Runs), run)[0];
}
