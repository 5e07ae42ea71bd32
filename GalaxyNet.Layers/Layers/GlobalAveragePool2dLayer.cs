namespace GalaxyNet.Layers;

/// <summary>The mean of each channel: a row of as many numbers as there are channels.</summary>
/// <param name="Name">The layer's name.</param>
public sealed record GlobalAveragePool2dLayer(string Name) : Layer(Name)
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape inputShape)
    {
        RequireImage(inputShape);
        return [inputShape[0]];
    }

    internal override Stage CreateStage(StageContext context) => new GlobalAveragePool2dStage(this, context);

    internal override void AddTo(OnnxGraph graph)
    {
        string means = graph.Add("GlobalAveragePool", $"{Name}.means", [graph.Value]); // [batch, channels, 1, 1]
        graph.AddLayerOf("Flatten", Name, [means]);
    }
}

internal sealed class GlobalAveragePool2dStage : Stage
{
    private readonly GlobalAveragePool2d pooling;

    public GlobalAveragePool2dStage(GlobalAveragePool2dLayer layer, StageContext context)
    {
        pooling = new GlobalAveragePool2d(context.Device);
        OutputShape = layer.OutputShape(context.InputShape);
    }

    public override Tensor Forward(Tensor input, Mode mode)
    {
        var rows = OutputRows(input.Shape[0]);
        pooling.Forward(input, rows);
        return rows;
    }

    public override Tensor? Backward(Tensor outputGradient, Tensor? inputGradient)
    {
        pooling.Backward(outputGradient, inputGradient!);
        return inputGradient;
    }
}
