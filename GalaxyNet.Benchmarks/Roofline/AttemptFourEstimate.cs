using System.Globalization;

namespace GalaxyNet.Benchmarks;

/// <summary>The roofline of attempt 4, layer by layer, beside what was measured on an H200.</summary>
internal static class AttemptFourEstimate
{
    /// <summary>Writes the table.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="kernels">The kernels by name.</param>
    public static void Show(Terminal terminal, IReadOnlyDictionary<string, PtxEntry> kernels)
    {
        terminal.WriteLine("""
            An ESTIMATE, not a measurement: the microseconds of each part of a training step of attempt 4 at batch 64 if
            nothing but one limit held it up: the FMA units or tensor cores (arithmetic), the instruction schedulers
            (issue), shared memory and the cache in it (shared), or memory. Peaks and bandwidths are those of NVIDIA's
            data sheets, that of Hopper's tensor cores what mma.sync reached on an H200; how much of them kernels reach
            was measured on that H200 (2026-11-28), with tiles in C#, and is assumed of the others and of the tiles in
            assembly, on which nothing has run. Beside it the same for tiles in C#, and what that H200 measured of
            them. Issue counts a slice as the machine code has it with --ptxas, else as the PTX has. A fast convolution
            is that of its products, one for each point, and the memory traffic of the launches before and after them;
            its MFLOP are those of the direct sum. What launches cost is left out, and both gradients of a layer, where
            they are one launch, are counted as two.
            """);
        var parts = EstimatedPart.OfStep(kernels, TileEngine.Cuda, gpu => gpu.Size);
        var before = EstimatedPart.OfStep(kernels, TileEngine.CSharp, gpu => gpu.Size);
        terminal.WriteTable(
            ["layer", " MFLOP", "tile / parts", $" {GpuDataSheet.H200.Name}", "limit", " C#", " measured"],
            parts.Select(part => (string[])
            [
                part.Name,
                Text(part.Flops / 1e6),
                part.Tile,
                Text(part.On[GpuDataSheet.H200].Microseconds),
                part.On[GpuDataSheet.H200].Bound,
                Text(before.Single(each => each.Name == part.Name).On[GpuDataSheet.H200].Microseconds),
                MeasuredOnH200.Microseconds(part.Layer, part.Pass) is { } measured ? Text(measured) : "",
            ]));
        terminal.WriteLine("The same on each GPU, with what its own plan takes:");
        terminal.WriteTable(
            ["layer", .. GpuDataSheet.All.Select(gpu => $" {gpu.Name}")],
            parts.Select(part => (string[])
                [part.Name, .. GpuDataSheet.All.Select(gpu => Text(part.On[gpu].Microseconds))]));
        foreach (var gpu in GpuDataSheet.All)
            terminal.WriteLine(Total(gpu, parts));
        ShowInTf32(
            terminal,
            EstimatedPart.OfStep(kernels, TileEngine.Cuda, gpu => gpu.SizeAt(Precision.TensorFloat32)));
        terminal.WriteLine(
            $"With tiles in C# {Total(GpuDataSheet.H200, before)} By its parts, timed one by one: "
            + $"{Text(MeasuredOnH200.ImagesPerSecond)}.");
    }

    private static void ShowInTf32(Terminal terminal, IReadOnlyList<EstimatedPart> parts)
    {
        terminal.WriteTable(
            ["in TF32", "tile / parts", $" {GpuDataSheet.H200.Name}", "limit"],
            parts.Where(part => part.Tile.Length > 0).Select(part => (string[])
            [
                part.Name,
                part.Tile,
                Text(part.On[GpuDataSheet.H200].Microseconds),
                part.On[GpuDataSheet.H200].Bound,
            ]));
        foreach (var gpu in GpuDataSheet.All.Where(gpu => gpu.TensorTflops > 0))
            terminal.WriteLine(Total(gpu, parts));
    }

    private static string Total(GpuDataSheet gpu, IEnumerable<EstimatedPart> parts)
    {
        double seconds = 1e-6 * parts.Sum(part => part.On[gpu].Microseconds);
        string step = (1e3 * seconds).ToString("F1", CultureInfo.InvariantCulture);
        return $"{gpu.Name}: by this estimate {step} ms a training step, " +
            $"{Text(EstimatedPart.Batch / seconds)} images/s.";
    }

    private static string Text(double number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
