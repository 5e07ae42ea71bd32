namespace GalaxyNet.Kernels;

/// <summary>
/// An operation that makes shares of the answers to a decision tree: y from x, both [batch, columns], whose columns are
/// the answers to all questions one behind the other. A thread takes a row.
/// </summary>
public abstract class TreeOperation : DisposableOperation
{
    private readonly int columns;
    private readonly DeviceBuffer<SoftmaxGroup> groups;
    private readonly Action<KernelConfig, Floats, Floats, ArrayView<SoftmaxGroup>, int> forward;
    private readonly Action<KernelConfig, Floats, Floats, Floats, Floats, ArrayView<SoftmaxGroup>, int> backward;

    /// <param name="device">Where to run; a kernel is compiled when it is first launched.</param>
    /// <param name="questions">The questions, in the order of their columns.</param>
    /// <param name="forward">The kernel that finds y from x.</param>
    /// <param name="backward">The kernel that finds dx from x, y and dy.</param>
    private protected TreeOperation(
        Device device,
        IReadOnlyList<SoftmaxGroup> questions,
        Action<Floats, Floats, ArrayView<SoftmaxGroup>, int> forward,
        Action<Floats, Floats, Floats, Floats, ArrayView<SoftmaxGroup>, int> backward)
        : base(device)
    {
        columns = TreeSoftmax.CountColumns(questions);
        groups = device.AllocateBuffer<SoftmaxGroup>([.. questions]);
        this.forward = device.Load(forward);
        this.backward = device.Load(backward);
    }

    /// <summary>y from x, both [batch, columns].</summary>
    public void Forward(Tensor input, Tensor output)
    {
        Require(input, output);
        forward(Device.Loop(input.Shape[0]), input.Data, output.Data, groups.View, columns);
    }

    /// <summary>
    /// dx from x, y and dy, all [batch, columns]; <paramref name="inputGradient"/> may be
    /// <paramref name="outputGradient"/>.
    /// </summary>
    public void Backward(Tensor input, Tensor output, Tensor outputGradient, Tensor inputGradient)
    {
        Require(input, output);
        outputGradient.Require(Device, input.Shape, nameof(outputGradient));
        inputGradient.Require(Device, input.Shape, nameof(inputGradient));
        backward(
            Device.Loop(input.Shape[0]),
            input.Data,
            output.Data,
            outputGradient.Data,
            inputGradient.Data,
            groups.View,
            columns);
    }

    private protected override void Free() => groups.Dispose();

    private void Require(Tensor input, Tensor output)
    {
        input.Require(Device, nameof(input));
        input.Require(Device, [input.Shape[0], columns], nameof(input));
        output.Require(Device, input.Shape, nameof(output));
    }
}
