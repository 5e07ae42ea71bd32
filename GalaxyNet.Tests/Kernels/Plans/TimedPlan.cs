using System.Globalization;

namespace GalaxyNet.Tests;

/// <summary>A tile and a split that a product was timed with: a row of h200.csv.</summary>
/// <param name="Operation">Layer and pass, such as <c>conv2 weight</c>.</param>
/// <param name="Batch">Images.</param>
/// <param name="Tile">The tile's name.</param>
/// <param name="Parts">The parts of the depth.</param>
/// <param name="Groups">Groups of the launch.</param>
/// <param name="Microseconds">The time, adding the parts included.</param>
internal sealed record TimedPlan(
    string Operation, int Batch, string Tile, int Parts, int Groups, double Microseconds)
{
    /// <summary>All rows.</summary>
    public static IReadOnlyList<TimedPlan> Read() =>
    [
        .. from line in File.ReadLines(Repository.Path("GalaxyNet.Tests", "Kernels", "Plans", "h200.csv"))
           where !line.StartsWith('#') && !line.StartsWith("version", StringComparison.Ordinal)
           let cells = line.Split(',')
           select new TimedPlan(
               cells[1], Number(cells[2]), cells[3], Number(cells[4]), Number(cells[5]),
               double.Parse(cells[6], CultureInfo.InvariantCulture)),
    ];

    /// <summary>What the rows of a product are called.</summary>
    public static string OperationOf(LayerProduct product) =>
        $"{product.Layer} {product.Pass.Split(' ')[0]}";

    private static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
}
