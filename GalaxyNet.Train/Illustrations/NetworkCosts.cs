using System.Text.Json;

namespace GalaxyNet.Train;

/// <summary>What a layer of a network costs for one image.</summary>
/// <param name="Layer">Its name; the loss is the last.</param>
/// <param name="Operation">What the catalogue calls it; empty for flatten, which computes nothing.</param>
/// <param name="Output">The shape of its output.</param>
/// <param name="Parameters">The numbers of its parameters.</param>
/// <param name="Forward">The operations of its forward pass; a multiply-add counts as two.</param>
/// <param name="Backward">Those of its backward pass.</param>
internal sealed record LayerCost(
    string Layer, string Operation, Shape Output, long Parameters, double Forward, double Backward)
{
    /// <summary>The operations of a training step.</summary>
    public double Operations => Forward + Backward;
}

/// <summary>What the layers of attempt 4 cost, as the catalogue of operations counts it.</summary>
internal static class NetworkCosts
{
    /// <summary>One for each layer and, at the end, one for the loss.</summary>
    public static IReadOnlyList<LayerCost> OfAttempt4 { get; } = [.. Layers()];

    private static IEnumerable<LayerCost> Layers()
    {
        var network = GalaxyZooNetworks.Attempt(4);
        var input = network.InputShape;
        foreach (var row in network.Summary.Rows)
        {
            var cost = Of(row.Name, OperationOf(row.Type), input, row.OutputShape, row.ParameterCount);
            // Of the two gradients of the same cost that the catalogue takes, nobody wants that of the image.
            yield return ReferenceEquals(input, network.InputShape) ? cost with { Backward = cost.Backward / 2 } : cost;
            input = row.OutputShape;
        }
        yield return Of("loss", "weighted_mse", input, output: [1], parameters: 0);
    }

    private static LayerCost Of(string layer, string operation, Shape input, Shape output, long parameters)
    {
        var cases = OperationCatalogue.All.Where(each => each.Operation == operation).ToList();
        if (cases.Count == 0)
            return new LayerCost(layer, "", output, parameters, 0, 0);
        var example = cases.Find(each => each.Description == $"attempt 4, {layer}")
            ?? cases.MaxBy(each => each.Arguments[0].Shape.Count)!;
        // The operations without a case of this layer cost so much for each element of the input.
        double share = (double)input.Count / example.Arguments[0].Shape.Count;
        return new LayerCost(
            layer,
            operation,
            output,
            parameters,
            example.ForwardCost.Flops * share,
            example.BackwardCost!.Value.Flops * share);
    }

    /// <summary>The name of a layer's operation in the catalogue: <c>max_pool2d</c> for <c>MaxPool2d</c>.</summary>
    private static string OperationOf(string type) => JsonNamingPolicy.SnakeCaseLower.ConvertName(type);
}
