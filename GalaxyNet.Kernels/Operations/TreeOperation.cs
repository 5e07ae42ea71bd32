namespace GalaxyNet.Kernels;

/// <summary>
/// An operation that makes shares of the answers to a decision tree: y from x, both [batch, columns], whose columns are
/// the answers to all questions one behind the other. A thread takes a row.
/// </summary>
public abstract class TreeOperation : DisposableOperation
{
    private readonly int columns;
    private readonly DeviceBuffer<SoftmaxGroup> groups;

    private protected TreeOperation(Device device, IReadOnlyList<SoftmaxGroup> questions)
        : base(device)
    {
        columns = TreeSoftmax.CountColumns(questions);
        groups = device.AllocateBuffer<SoftmaxGroup>([.. questions]);
    }

    /// <summary>y from x, both [batch, columns].</summary>
    public void Forward(Tensor input, Tensor output)
    {
        Require(input, output);
        LaunchForward(Device.Loop(input.Shape[0]), input.Data, output.Data, groups.View, columns);
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
        LaunchBackward(
            Device.Loop(input.Shape[0]),
            input.Data,
            output.Data,
            outputGradient.Data,
            inputGradient.Data,
            groups.View,
            columns);
    }

    private protected abstract void LaunchForward(
        KernelConfig rows, Floats input, Floats output, ArrayView<SoftmaxGroup> questions, int columns);

    private protected abstract void LaunchBackward(
        KernelConfig rows,
        Floats input,
        Floats output,
        Floats outputGradient,
        Floats inputGradient,
        ArrayView<SoftmaxGroup> questions,
        int columns);

    private protected override void Free() => groups.Dispose();

    private void Require(Tensor input, Tensor output)
    {
        input.Require(Device, nameof(input));
        input.Require(Device, [input.Shape[0], columns], nameof(input));
        output.Require(Device, input.Shape, nameof(output));
    }
}
