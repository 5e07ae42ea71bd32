using GalaxyNet.Kernels;

namespace GalaxyNet.Layers;

/// <summary>
/// Runs a <see cref="Conv2dLayer"/>, the <see cref="ReluLayer"/> and the <see cref="MaxPool2dLayer"/> after it as one operation: the
/// convolution's output is never written, and its gradient only where a layer before needs one.
/// </summary>
internal sealed class Conv2dReluMaxPool2dStage : Stage
{
    private readonly Conv2d convolution;
    private readonly ReluMaxPool2d pooling;
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Tensor output;
    private readonly DeviceBuffer<byte> indices;
    private readonly Tensor? convolutionGradient;
    private Tensor? input;

    private Conv2dReluMaxPool2dStage(Conv2d convolution, Conv2dLayer layer, MaxPool2dLayer pool, StageContext context)
    {
        this.convolution = Own(convolution);
        pooling = new ReluMaxPool2d(context.Device, pool.Kernel);
        weight = context.Memory.Parameter($"{layer.Name}.weight");
        bias = context.Memory.Parameter($"{layer.Name}.bias");
        var convolved = layer.OutputShape(context.InputShape);
        output = Own(context.Memory.Allocate(pool.OutputShape(convolved)));
        indices = Own(context.Device.AllocateBuffer<byte>(output.Count));
        if (context.NeedsInputGradient)
            convolutionGradient = Own(context.Memory.Allocate(convolved));
    }

    public override bool HasParameters => true;

    /// <summary>The stage, or null where the device cannot pool what this convolution makes.</summary>
    public static Stage? TryCreate(Conv2dLayer layer, MaxPool2dLayer pool, StageContext context)
    {
        if (pool.Kernel != 2)
            return null;
        var convolution = new Conv2d(context.Device, layer.Geometry(context.InputShape));
        if (convolution.CanPool)
            return new Conv2dReluMaxPool2dStage(convolution, layer, pool, context);
        convolution.Dispose();
        return null;
    }

    public override Tensor Forward(Tensor input, Pass pass)
    {
        this.input = input;
        var rows = output.FirstRows(input.Shape[0]);
        convolution.ForwardReluMaxPool(input, weight.Value, bias.Value, rows, indices);
        return rows;
    }

    public override Tensor? Backward(Tensor outputGradient, Tensor? inputGradient)
    {
        convolution.BackwardWeightPooled(input!, indices, outputGradient, weight.Gradient, bias.Gradient);
        if (inputGradient is not null)
        {
            var gradient = convolutionGradient!.FirstRows(outputGradient.Shape[0]);
            pooling.Backward(indices, outputGradient, gradient);
            convolution.BackwardInput(gradient, weight.Value, inputGradient);
        }
        return inputGradient;
    }
}
