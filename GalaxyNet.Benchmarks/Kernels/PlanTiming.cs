using System.Globalization;

namespace GalaxyNet.Benchmarks;

/// <summary>How long a product took with a tile and a split.</summary>
/// <param name="Engine">The tile engine.</param>
/// <param name="Operation">Layer and pass.</param>
/// <param name="Batch">Images.</param>
/// <param name="Tile">The tile's name, after <c>fast</c> where the products are those of a fast convolution.</param>
/// <param name="Parts">The parts of the depth.</param>
/// <param name="Groups">Groups of the product's launch.</param>
/// <param name="Microseconds">The time.</param>
/// <param name="Tflops">Its rate: operations of the direct sum in that time.</param>
/// <param name="Chosen">Whether it is the plan's choice.</param>
internal sealed record PlanTiming(
    string Engine,
    string Operation,
    int Batch,
    string Tile,
    int Parts,
    int Groups,
    double Microseconds,
    double Tflops,
    bool Chosen)
{
    /// <summary>The first line of a table (CSV).</summary>
    public const string Heading = "engine,operation,batch,tile,parts,groups,microseconds,tflops,chosen";

    /// <summary>The cells of a table.</summary>
    public string[] Cells =>
    [
        Engine, Operation, Text(Batch), Tile, Text(Parts), Text(Groups),
        Microseconds.ToString("F1", CultureInfo.InvariantCulture),
        Tflops.ToString("F2", CultureInfo.InvariantCulture),
        Chosen ? "yes" : "",
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
