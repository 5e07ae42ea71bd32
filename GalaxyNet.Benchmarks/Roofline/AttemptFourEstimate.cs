using System.Globalization;

namespace GalaxyNet.Benchmarks;

/// <summary>The roofline of attempt 4, layer by layer, for GPUs that are not here.</summary>
internal static class AttemptFourEstimate
{
    private const int Batch = 64;

    private const string OtherWay = "bilinear"; // a step rotates its images in one way; the cubic one costs more

    // What a training step does besides the products, by the names of the catalogue's cases.
    private static readonly string[] OtherOperations =
    [
        "rotation", "relu_max_pool2d", "batch_norm_relu_max_pool2d",
        "channel_sum", "dropout", "sigmoid", "weighted_mse", "adam",
    ];

    /// <summary>Writes the table.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="entries">The kernels by name.</param>
    public static void Show(Terminal terminal, IReadOnlyDictionary<string, PtxEntry> entries)
    {
        var rows = Products(entries).Concat(Others()).ToList();
        terminal.WriteTable(
            ["layer", "pass", " MFLOP", "tile / parts", .. GpuDataSheet.All.Select(gpu => $" {gpu.Name}")],
            rows.Select(row =>
                (string[])[row.Layer, row.Pass, Text(row.Flops / 1e6), row.Tile, .. row.Estimates.Select(Text)]));
        foreach (var (i, gpu) in GpuDataSheet.All.Index())
        {
            double seconds = 1e-6 * rows.Sum(row => row.Estimates[i].Microseconds);
            terminal.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{gpu.Name}: by this estimate {1e3 * seconds:F1} ms a training step, {Batch / seconds:N0} images/s."));
        }
    }

    private static IEnumerable<Row> Products(IReadOnlyDictionary<string, PtxEntry> entries) =>
        from product in LayerProduct.OfAttemptFour(Batch)
        select new Row(
            product.Layer,
            product.Pass,
            product.Flops,
            string.Join(
                " or ", GpuDataSheet.All.Select(gpu => NameOf(RooflineEstimate.PlanOf(product, gpu))).Distinct()),
            [.. GpuDataSheet.All.Select(gpu => RooflineEstimate.Of(gpu, product, LoopOf(product, gpu, entries)))]);

    private static PtxLoop LoopOf(
        LayerProduct product, GpuDataSheet gpu, IReadOnlyDictionary<string, PtxEntry> entries)
    {
        var tile = RooflineEstimate.PlanOf(product, gpu).Tile;
        return entries[$"{product.Kernel}<Tile{tile.Rows}x{tile.Columns}>"].InnerLoop!;
    }

    private static string NameOf(TilePlan plan) =>
        $"{plan.Tile.Rows}x{plan.Tile.Columns}{(plan.Parts == 1 ? "" : $" / {plan.Parts}")}";

    private static IEnumerable<Row> Others() =>
        from operationCase in OperationCatalogue.All
        where operationCase.IsBenchmark && OtherOperations.Contains(operationCase.Operation)
            && !operationCase.Description.Contains(OtherWay, StringComparison.Ordinal)
        from pass in (string[])["forward", "backward"]
        let cost = pass == "forward" ? operationCase.ForwardCost : operationCase.BackwardCost ?? default
        where cost.Bytes > 0
        select new Row(
            operationCase.Operation,
            pass + operationCase.Description.Replace("attempt 4", "", StringComparison.Ordinal),
            cost.Flops,
            "",
            [.. GpuDataSheet.All.Select(gpu => RooflineEstimate.Of(gpu, cost))]);

    private static string Text(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Text(RooflineEstimate estimate) =>
        string.Create(CultureInfo.InvariantCulture, $"{estimate.Microseconds:F1} {estimate.Bound}");

    private sealed record Row(
        string Layer, string Pass, double Flops, string Tile, IReadOnlyList<RooflineEstimate> Estimates);
}
