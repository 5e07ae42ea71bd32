using System.Globalization;
using System.Text;

namespace GalaxyNet.Layers;

/// <summary>The layers of a network with their shapes and sizes; it needs no device.</summary>
public sealed class NetworkSummary
{
    /// <summary>Works out the shapes.</summary>
    /// <exception cref="ArgumentException">
    /// Two layers have the same name, or a layer cannot take what comes before it.
    /// </exception>
    public NetworkSummary(Shape inputShape, IReadOnlyList<Layer> layers)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        ArgumentNullException.ThrowIfNull(layers);
        var shapes = LayerChain.Shapes(inputShape, layers);
        Rows =
        [
            .. layers.Select((layer, i) => new LayerSummary(
                layer.Name,
                layer.Type,
                shapes[i + 1],
                layer.Parameters(shapes[i]).Sum(parameter => (long)parameter.Shape.Count))),
        ];
        FrozenCount = layers.Zip(Rows, (layer, row) => layer.IsFrozen ? row.ParameterCount : 0).Sum();
    }

    /// <summary>One row for each layer.</summary>
    public IReadOnlyList<LayerSummary> Rows { get; }

    /// <summary>The parameters of the whole network, each a number.</summary>
    public long ParameterCount => Rows.Sum(row => row.ParameterCount);

    /// <summary>Those of them that training leaves as they are: see <see cref="Layer.IsFrozen"/>.</summary>
    public long FrozenCount { get; }

    /// <summary>The numbers of the largest output of a layer, for one image.</summary>
    internal int LargestOutput => Rows.Max(row => row.OutputShape.Count);

    /// <summary>A table of the layers, with the total at its end.</summary>
    public override string ToString()
    {
        var table = new StringBuilder();
        AppendRow("layer", "type", "output", "parameters");
        foreach (var row in Rows)
            AppendRow(row.Name, row.Type, row.OutputShape.ToString(), Number(row.ParameterCount));
        AppendRow("total", "", "", Number(ParameterCount));
        if (FrozenCount > 0)
            AppendRow("of them frozen", "", "", Number(FrozenCount));
        return table.ToString();

        void AppendRow(string name, string type, string output, string parameters) =>
            table.AppendLine(CultureInfo.InvariantCulture, $"{name,-12} {type,-12} {output,-12} {parameters,12}");
    }

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>One layer of a <see cref="NetworkSummary"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its kind, such as <c>Conv2d</c>.</param>
/// <param name="OutputShape">The shape of its output for one image.</param>
/// <param name="ParameterCount">The numbers of its parameters.</param>
public sealed record LayerSummary(string Name, string Type, Shape OutputShape, long ParameterCount);
