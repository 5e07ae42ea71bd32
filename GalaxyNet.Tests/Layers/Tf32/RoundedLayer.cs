using ILGPU;

namespace GalaxyNet.Tests;

/// <summary>
/// A convolution or a dense layer whose factors are rounded to TF32, as tensor cores round them: what it is given, its
/// weights and the gradient of its output. It runs on any device.
/// </summary>
/// <remarks>The sums are the device's, which rounds to nearest where tensor cores truncate.</remarks>
internal sealed record RoundedLayer(Layer Inner) : Layer(Inner.Name)
{
    public override Shape OutputShape(Shape inputShape) => Inner.OutputShape(inputShape);

    /// <summary>The layers of a network, each that multiplies rounded.</summary>
    public static IReadOnlyList<Layer> Round(IEnumerable<Layer> layers) =>
        [.. layers.Select(layer => layer is Conv2dLayer or DenseLayer ? new RoundedLayer(layer) : layer)];

    internal override IReadOnlyList<ParameterDeclaration> Parameters(Shape inputShape) => Inner.Parameters(inputShape);

    internal override Stage CreateStage(StageContext context) => new RoundedStage(Inner, context);

    internal override void AddTo(OnnxGraph graph) => Inner.AddTo(graph);

    /// <summary>The layer's own stage, on memory of which the weights are rounded.</summary>
    private sealed class RoundedStage : Stage
    {
        private readonly Stage inner;
        private readonly (Tensor Exact, Tensor Rounded) weight;
        private readonly (Tensor Exact, Tensor Copy) bias;
        private readonly Tensor input;
        private readonly Tensor outputGradient;
        private readonly Action<KernelConfig, ArrayView<float>, ArrayView<float>> round;
        private readonly Device device;

        public RoundedStage(Layer layer, StageContext context)
        {
            device = context.Device;
            var rounded = Own(new ParameterBlock(device, context.Memory.Values.Layout));
            weight = Both($"{layer.Name}.weight");
            bias = Both($"{layer.Name}.bias");
            inner = Own(layer.CreateStage(context with { Memory = context.Memory with { Values = rounded } }));
            OutputShape = inner.OutputShape;
            input = Own(context.Memory.Allocate(context.InputShape));
            outputGradient = Own(context.Memory.Allocate(layer.OutputShape(context.InputShape)));
            round = device.Load<ArrayView<float>, ArrayView<float>>(RoundKernel);

            (Tensor, Tensor) Both(string name) => (context.Memory.Values[name], rounded[name]);
        }

        public override bool Trains => true;

        public override Tensor Forward(Tensor input, Mode mode)
        {
            Round(weight.Exact, weight.Rounded);
            bias.Copy.CopyFrom(bias.Exact.ToArray());
            inner.Outputs = Outputs;
            return inner.Forward(Round(input, this.input.FirstRows(input.Shape[0])), mode);
        }

        public override Tensor? Backward(Tensor outputGradient, Tensor? inputGradient) => inner.Backward(
            Round(outputGradient, this.outputGradient.FirstRows(outputGradient.Shape[0])), inputGradient);

        private Tensor Round(Tensor from, Tensor to)
        {
            round(device.Loop(from.Count), from.Data, to.Data);
            return to;
        }

        // As cvt.rna.tf32.f32 rounds finite numbers: half a unit is added, and what is below one is cleared.
        private static void RoundKernel(ArrayView<float> from, ArrayView<float> to)
        {
            var range = LoopRange.Of(to.IntLength);
            for (int i = range.Start; i < range.End; i += range.Step)
                to[i] = Interop.IntAsFloat((Interop.FloatAsInt(from[i]) + 0x1000u) & 0xffffe000u);
        }
    }
}
