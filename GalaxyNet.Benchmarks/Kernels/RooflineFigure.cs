using System.Globalization;
using ScottPlot;

namespace GalaxyNet.Benchmarks;

/// <summary>
/// Every result under the roof of the device: its rate over its operations a byte, on logarithmic axes.
/// </summary>
internal static class RooflineFigure
{
    private const int Width = 1600;
    private const int Height = 1000;
    private const int RoofPoints = 100;

    /// <summary>Draws the results.</summary>
    /// <param name="path">The PNG file.</param>
    /// <param name="device">The device's name.</param>
    /// <param name="results">At least one.</param>
    /// <exception cref="OutputException">The path cannot be written.</exception>
    public static void Write(string path, string device, IReadOnlyList<KernelResult> results)
    {
        using var plot = FigureFont.CreatePlot();
        var peaks = results[0].Peaks;
        double least = results.Min(IntensityOf) / 2;
        double most = Math.Max(results.Max(IntensityOf), peaks.Gflops / peaks.GigabytesPerSecond) * 2;
        double[] roof =
            [.. Enumerable.Range(0, RoofPoints).Select(i => least * Math.Pow(most / least, i / (RoofPoints - 1.0)))];
        var line = plot.Add.ScatterLine(
            Logarithms(roof), Logarithms(roof.Select(x => Math.Min(peaks.Gflops, x * peaks.GigabytesPerSecond))));
        line.LegendText = string.Create(
            CultureInfo.InvariantCulture,
            $"measured peak: {peaks.Gflops:F0} GFLOP/s, {peaks.GigabytesPerSecond:F0} GB/s");
        line.Color = Colors.Black;
        line.LineWidth = 2;
        var colors = new ScottPlot.Palettes.Category20();
        foreach (var (i, operation) in results.GroupBy(result => result.Pass.Operation).Index())
        {
            foreach (var pass in operation.GroupBy(result => result.Pass.Direction))
            {
                var points = plot.Add.ScatterPoints(
                    Logarithms(pass.Select(IntensityOf)), Logarithms(pass.Select(result => result.Gflops)));
                points.LegendText = $"{operation.Key} {pass.Key}";
                points.Color = colors.GetColor(i);
                points.MarkerShape = pass.Key == "forward" ? MarkerShape.FilledCircle : MarkerShape.OpenCircle;
                points.MarkerLineWidth = 3;
                points.MarkerSize = 12;
            }
        }
        plot.Title(device, size: 26);
        plot.XLabel("operations for each byte", size: 20);
        plot.YLabel("GFLOP/s", size: 20);
        plot.Axes.Bottom.TickGenerator = PowersOfTen();
        plot.Axes.Left.TickGenerator = PowersOfTen();
        plot.Axes.Bottom.TickLabelStyle.FontSize = 18;
        plot.Axes.Left.TickLabelStyle.FontSize = 18;
        plot.ShowLegend(Edge.Right);
        plot.SaveFigure(path, Width, Height);
    }

    private static double IntensityOf(KernelResult result) => result.Pass.Cost.Flops / result.Pass.Cost.Bytes;

    private static double[] Logarithms(IEnumerable<double> values) => [.. values.Select(Math.Log10)];

    private static ScottPlot.TickGenerators.NumericAutomatic PowersOfTen() => new()
    {
        IntegerTicksOnly = true,
        LabelFormatter = exponent => Math.Pow(10, exponent).ToString("0.######", CultureInfo.InvariantCulture),
    };
}
