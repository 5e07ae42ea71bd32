using System.Globalization;
using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Tests;

/// <summary>What NVIDIA's assembler says is read right, and every kernel pleases it.</summary>
[TestFixture]
internal sealed class MachineCodeTests
{
    private readonly Lazy<CudaTools> tools = new(() => CudaTools.At(CudaToolkit.Real()));
    private readonly Dictionary<(string Kernel, int Sm), PtxEntry> assembled = []; // each takes a second

    [OneTimeTearDown]
    public void Close()
    {
        if (tools.IsValueCreated)
            tools.Value.Dispose();
    }

    [Test]
    public void RegistersAndMemoryAreReadFromTheLog() =>
        Assert.That(MachineCode.Read(CudaToolkit.Log), Is.EqualTo(new MachineCode(168, 96, 29440)));

    [Test]
    public void SharedMemoryIsZeroWhereTheLogHasNone() => Assert.That(
        MachineCode.Read("ptxas info    : Used 11 registers, 380 bytes cmem[0]"),
        Is.EqualTo(new MachineCode(11, 0, 0)));

    [Test]
    public void AnotherProgramsAnswerIsNoLog() => Assert.That(MachineCode.Read("usage: ls [FILE]..."), Is.Null);

    [Test]
    public void OfNestedLoopsWithTheSameArithmeticTheOuterCounts() => Assert.That(
        MachineLoop.HottestOf(CudaToolkit.MachineCode),
        Is.EqualTo(new MachineLoop(
            Instructions: 11,
            FloatMultiplyAdds: 2,
            TensorProducts: 0,
            AsyncCopies: 0,
            SharedLoads: 2,
            GlobalLoads: 2,
            LocalAccesses: 1,
            Reciprocals: 0)));

    [Test]
    public void TheTrapAtTheEndOfTheCodeIsNoLoop() => Assert.That(
        MachineLoop.HottestOf("        /*0b90*/                   BRA 0xb90;   /* 0xfffffffc00fc7947 */"), Is.Null);

    // By registers, by shared memory with 1 KB for the driver, by groups, by warps.
    [TestCase(90, 128, 168, 17152, 12)]
    [TestCase(90, 256, 128, 21504, 16)]
    [TestCase(90, 256, 129, 21504, 8)]
    [TestCase(80, 256, 64, 40 * 1024, 32)]
    [TestCase(80, 256, 64, 41 * 1024, 24)]
    [TestCase(89, 256, 64, 41 * 1024, 16)]
    [TestCase(70, 256, 64, 48 * 1024, 16)]
    [TestCase(90, 32, 32, 0, 32)]
    [TestCase(89, 32, 32, 0, 24)]
    [TestCase(90, 256, 32, 0, 64)]
    [TestCase(120, 256, 32, 0, 48)]
    [TestCase(90, 1024, 65, 0, 0, Description = "a group that is refused")]
    public void WarpsInFlightAreThoseOfTheScarcestResource(int sm, int threads, int registers, int shared, int warps) =>
        Assert.That(Multiprocessor.Of(sm).WarpsInFlight(threads, registers, shared), Is.EqualTo(warps));

    [Test]
    public void EveryArchitectureHasItsLimits() => Assert.That(
        () => PtxTarget.Architectures.Select(each => Multiprocessor.Of((10 * each.Major) + each.Minor)).ToList(),
        Throws.Nothing);

    [Test]
    public void TheMeasuredPeakIsThatOfMultiplyAdds()
    {
        var entry = Assembled(MarkedKernel.OfBenchmarks.Single(kernel => kernel.Name == "peak.Fma"), 90);
        Assert.That(entry.MachineCode!.SpilledBytes, Is.Zero);
        Assert.That(entry.MachineCode.HottestLoop!.MultiplyAddShare, Is.AtLeast(0.97));
        Assert.That(Multiprocessor.Of(90).WarpsInFlight(128, entry.MachineCode.Registers, 0), Is.EqualTo(64));
    }

    [Test, Exhaustive]
    public void EveryKernelIsAssembledAndNoneSpills([Values(80, 89, 90)] int sm)
    {
        foreach (var kernel in MarkedKernel.OfGpus.Concat(MarkedKernel.OfBenchmarks))
        {
            var entry = Assembled(kernel, sm);
            Assert.That(entry.WarpsInFlight, Is.Positive, kernel.Name);
            Assert.That(entry.MachineCode!.SpilledBytes, Is.Zero, kernel.Name);
            if (!kernel.IsBulk || IsRungOrStrided(kernel))
                continue;
            Assert.That(entry.MachineCode.HottestLoop!.LocalAccesses, Is.Zero, kernel.Name);
            Assert.That(entry.MachineCode.HottestLoop.Reciprocals, Is.Zero, kernel.Name);
        }
    }

    /// <summary>Everything in a slice counted: what brings the next, and its barrier.</summary>
    [Test, Exhaustive]
    public void KernelsInAssemblySpendTheirTimeMultiplying([Values(80, 89, 90)] int sm)
    {
        foreach (var kernel in MarkedKernel.OfGpus.Where(kernel => kernel.Attribute.Schedule == Schedule.Cuda))
        {
            if (IsOnTensorCores(kernel))
                continue;
            var entry = Assembled(kernel, sm);
            Assert.That(entry.SliceShare, Is.AtLeast(LeastShare(kernel)), kernel.Name);
            Assert.That(entry.WarpsInFlight, Is.AtLeast(8), kernel.Name);
        }
    }

    /// <summary>Nothing is multiplied twice, and a loop of two steps is unrolled once.</summary>
    [Test, Exhaustive]
    public void KernelsOnTensorCoresMultiplyThere([Values(80, 90)] int sm)
    {
        foreach (var kernel in MarkedKernel.OfGpus.Where(IsOnTensorCores))
        {
            var tile = TileEngine.ShapeOf(kernel.Tile)!;
            int multiplyAdds = tile.Rows * tile.Columns / tile.Threads * tile.SliceDepth;
            var entry = Assembled(kernel, sm);
            var loop = entry.MachineCode!.HottestLoop!;
            Assert.That(entry.WarpsInFlight, Is.AtLeast(8), kernel.Name);
            Assert.That(loop.AsyncCopies, Is.Positive, kernel.Name);
            Assert.That(loop.FloatMultiplyAdds, Is.Zero, kernel.Name);
            Assert.That(
                loop.MultiplyAdds,
                Is.EqualTo(tile.Arithmetic == TileArithmetic.Tf32x3 ? 3 * multiplyAdds : multiplyAdds),
                kernel.Name);
        }
    }

    [TestCase("dense, forward", "dense.CudaForward")]
    [TestCase("dense, both gradients", "dense.CudaBackward")]
    [TestCase("dense, both gradients, not in fours", "dense.CudaBackwardByOne")]
    [TestCase("convolution, forward", "conv2d.CudaForward")]
    [TestCase("convolution, input gradient", "conv2d.CudaBackwardInput")]
    [TestCase("convolution, weight gradient", "conv2d.CudaBackwardWeight")]
    [TestCase("fast convolution, forward", "conv2d.CudaPoints")]
    [TestCase("fast convolution, both gradients", "conv2d.CudaPointsBackward")]
    [Exhaustive]
    public void ThePageOnTheEngineInAssemblyHasItsMachineCode(string row, string name)
    {
        var cells = from tile in (string[])["128x128", "96x128", "64x128", "64x64"]
                    let entry = Assembled(MarkedKernel.OfGpus.Single(kernel => kernel.Name == $"{name}.{tile}"), 90)
                    let share = (100 * entry.SliceShare!.Value).ToString("0.0", CultureInfo.InvariantCulture)
                    select $"{share} % / {entry.MachineCode!.Registers} / {entry.WarpsInFlight}";
        Assert.That(
            File.ReadAllText(Repository.Path("GalaxyNet.Kernels", "Cuda", "README.md")),
            Does.Contain($"| {row} | {string.Join(" | ", cells)} |"));
    }

    /// <summary>
    /// Instructions of a slice, HMMA among them, shared loads for each, registers, and warps in flight.
    /// </summary>
    [TestCase("dense, forward", "dense.CudaForward")]
    [TestCase("dense, both gradients", "dense.CudaBackward")]
    [TestCase("convolution, forward", "conv2d.CudaForward")]
    [TestCase("convolution, input gradient", "conv2d.CudaBackwardInput")]
    [TestCase("convolution, weight gradient", "conv2d.CudaBackwardWeight")]
    [TestCase("fast convolution, forward", "conv2d.CudaPoints")]
    [TestCase("fast convolution, both gradients", "conv2d.CudaPointsBackward")]
    [Exhaustive]
    public void ThePageOnTensorCoresHasItsMachineCode(string row, string name)
    {
        string page = File.ReadAllText(Repository.Path("GalaxyNet.Kernels", "Cuda", "TensorCores", "README.md"));
        var rows = from arithmetic in (string[])["tf32", "3xtf32"]
                   let cells = CellsOf(name, arithmetic).ToList()
                   where cells.Count > 0
                   select $"| {row} | {string.Join(" | ", cells)} |";
        Assert.That(rows.Where(each => !page.Contains(each, StringComparison.Ordinal)), Is.Empty);
    }

    private IEnumerable<string> CellsOf(string name, string arithmetic) =>
        from tile in (string[])["128x128", "96x128", "64x128", "64x64"]
        from kernel in MarkedKernel.OfGpus
        where kernel.Name == $"{name}.{tile}-{arithmetic}"
        select Cell(Assembled(kernel, 90));

    private static string Cell(PtxEntry entry)
    {
        var loop = entry.MachineCode!.HottestLoop!;
        string loads = ((double)loop.SharedLoads / loop.TensorProducts).ToString("0.0", CultureInfo.InvariantCulture);
        return $"{loop.Instructions} / {loop.TensorProducts} / {loads} / {entry.MachineCode.Registers} / "
            + $"{entry.WarpsInFlight}";
    }

    private PtxEntry Assembled(MarkedKernel kernel, int sm)
    {
        if (!assembled.TryGetValue((kernel.Name, sm), out var entry))
        {
            entry = new PtxSurvey(new CudaArchitecture(sm / 10, sm % 10), tools.Value).Of(kernel).Entry;
            assembled.Add((kernel.Name, sm), entry);
        }
        return entry;
    }

    private static bool IsOnTensorCores(MarkedKernel kernel) =>
        TileEngine.ShapeOf(kernel.Tile) is { Arithmetic: not TileArithmetic.Float32 };

    private static double LeastShare(MarkedKernel kernel) =>
        kernel.Name.EndsWith("64x64", StringComparison.Ordinal) ? 0.80
        : kernel.Attribute.Operation == "dense" || kernel.Name.Contains("Points", StringComparison.Ordinal) ? 0.88
        : kernel.Name.Contains("Forward", StringComparison.Ordinal) ? 0.82
        : 0.80;

    // The input's gradient of a strided convolution finds its pixels by divisions: none of the networks has one.
    private static bool IsRungOrStrided(MarkedKernel kernel) =>
        kernel.Attribute.Operation == "ladder" || kernel.Name.Contains("Strided", StringComparison.Ordinal);
}
