using GalaxyNet.Kernels;

namespace GalaxyNet.Layers;

/// <summary>Runs a <see cref="ReluLayer"/> and the <see cref="MaxPool2dLayer"/> after it as one operation.</summary>
internal sealed class ReluMaxPool2dStage : Stage
{
    private readonly ReluMaxPool2d pooling;
    private readonly Tensor output;
    private readonly DeviceBuffer<byte> indices;

    public ReluMaxPool2dStage(MaxPool2dLayer layer, StageContext context)
    {
        pooling = new ReluMaxPool2d(context.Device, layer.Kernel);
        output = Own(context.Memory.Allocate(layer.OutputShape(context.InputShape)));
        indices = Own(context.Device.AllocateBuffer<byte>(output.Count));
    }

    public override Tensor Forward(Tensor input, Pass pass)
    {
        var rows = output.FirstRows(input.Shape[0]);
        pooling.Forward(input, rows, indices);
        return rows;
    }

    public override Tensor? Backward(Tensor outputGradient, Tensor? inputGradient)
    {
        pooling.Backward(indices, outputGradient, inputGradient!);
        return inputGradient;
    }
}
