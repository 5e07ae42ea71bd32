namespace GalaxyNet.Layers;

/// <summary>A convolution with square filters and a bias.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="OutChannels">The number of filters.</param>
/// <param name="Kernel">Rows and columns of a filter.</param>
/// <param name="Padding">Zeros on each side.</param>
/// <param name="Stride">The distance between neighboring windows.</param>
public sealed record Conv2dLayer(string Name, int OutChannels, int Kernel, int Padding = 0, int Stride = 1)
    : Layer(Name)
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape inputShape)
    {
        var geometry = Geometry(inputShape);
        return [geometry.OutChannels, geometry.OutHeight, geometry.OutWidth];
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<ParameterDeclaration> Parameters(Shape inputShape)
    {
        var geometry = Geometry(inputShape);
        return ParameterDeclaration.WeightAndBias(Name, geometry.WeightShape, geometry.WindowSize);
    }

    internal override Stage CreateStage(StageContext context) => new Conv2dStage(this, context);

    internal override void AddTo(OnnxGraph graph) => graph.AddLayer(
        "Conv",
        Name,
        [$"{Name}.weight", $"{Name}.bias"],
        OnnxAttribute.Integers("kernel_shape", Kernel, Kernel),
        OnnxAttribute.Integers("pads", Padding, Padding, Padding, Padding),
        OnnxAttribute.Integers("strides", Stride, Stride));

    internal Conv2dGeometry Geometry(Shape inputShape)
    {
        RequireImage(inputShape);
        return new Conv2dGeometry(
            inputShape[0], inputShape[1], inputShape[2], OutChannels, Kernel, Kernel, Stride, Padding);
    }
}

internal sealed class Conv2dStage : Stage
{
    private readonly Conv2d convolution;
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly ChannelMoments? moments;
    private readonly bool overwritesInput;
    private Tensor? input;

    public Conv2dStage(Conv2dLayer layer, StageContext context)
    {
        convolution = Own(new Conv2d(context.Device, layer.Geometry(context.InputShape)));
        weight = context.Memory.Parameter(layer, "weight");
        bias = context.Memory.Parameter(layer, "bias");
        moments = context.OutputMoments;
        // A GPU computes both gradients in one call, which reads the input to its end.
        overwritesInput = context.MayOverwriteInput && context.Device.Schedule == Schedule.Cpu;
        OutputShape = layer.OutputShape(context.InputShape);
        Trains = !layer.IsFrozen;
    }

    public override bool Trains { get; }

    public override GradientMemory InputGradientMemory =>
        overwritesInput ? GradientMemory.Input : GradientMemory.Separate;

    public override Tensor Forward(Tensor input, Mode mode)
    {
        this.input = input;
        var rows = OutputRows(input.Shape[0]);
        if (moments is not null && mode == Mode.Training)
            convolution.ForwardWithMoments(input, weight.Value, bias.Value, rows, moments);
        else
            convolution.Forward(input, weight.Value, bias.Value, rows);
        return rows;
    }

    public override Tensor? Backward(Tensor outputGradient, Tensor? inputGradient)
    {
        if (Trains && inputGradient is not null && !overwritesInput)
        {
            convolution.Backward(
                input!, outputGradient, weight.Value, inputGradient, weight.Gradient, bias.Gradient);
            return inputGradient;
        }
        if (Trains)
            convolution.BackwardWeight(input!, outputGradient, weight.Gradient, bias.Gradient);
        if (inputGradient is not null)
            convolution.BackwardInput(outputGradient, weight.Value, inputGradient);
        return inputGradient;
    }
}
