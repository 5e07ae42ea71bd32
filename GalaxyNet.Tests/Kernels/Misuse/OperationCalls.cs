namespace GalaxyNet.Tests;

/// <summary>A call of an operation's method with arguments that are right.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Arguments">The arguments.</param>
internal sealed record OperationCall(object Operation, string Method, params object[] Arguments)
{
    /// <summary>Such as <c>Conv2d.Forward</c>.</summary>
    public string Name => $"{Operation.GetType().Name}.{Method}";
}

/// <summary>
/// Every method of every operation that takes tensors, once. A backward pass follows its forward pass.
/// </summary>
internal static class OperationCalls
{
    private const int Seed = 1;

    public static IReadOnlyList<OperationCall> On(Device device) =>
    [
        .. ConvolutionAndDense(device),
        .. Poolings(device),
        .. Normalizations(device),
        .. ElementByElement(device),
        .. TheRest(device),
    ];

    private static List<OperationCall> ConvolutionAndDense(Device device)
    {
        Tensor T(params int[] extents) => Filled(device, extents);
        var dense = new Dense(device, 3, 2);
        var dropout = new Dropout(device, 0.5f);
        var step = new DropoutStep(device);
        var geometry = new Conv2dGeometry(1, 13, 10, 32, 6, 6, 1, 0); // a processor pools it in registers
        var conv = new Conv2d(device, geometry);
        var fused = new Conv2dReluMaxPool2d(device, geometry, 2);
        Tensor x = T(1, 1, 13, 10), w = T(32, 1, 6, 6), b = T(32), y = T(1, 32, 8, 5), pooled = T(1, 32, 4, 2);
        Tensor dx = T(1, 1, 13, 10), dw = T(32, 1, 6, 6), db = T(32);
        var indices = device.AllocateBuffer<byte>(pooled.Count);
        return
        [
            new(dense, nameof(Dense.Forward), T(4, 3), T(2, 3), T(2), T(4, 2)),
            new(dense, nameof(Dense.ForwardRelu), T(4, 3), T(2, 3), T(2), T(4, 2)),
            new(dense, nameof(Dense.ForwardReluDropout), T(4, 3), T(2, 3), T(2), T(4, 2), dropout, 1UL, step),
            new(dense, nameof(Dense.BackwardInput), T(4, 2), T(2, 3), T(4, 3)),
            new(dense, nameof(Dense.BackwardWeight), T(4, 3), T(4, 2), T(2, 3), T(2)),
            new(dense, nameof(Dense.Backward), T(4, 3), T(4, 2), T(2, 3), T(4, 3), T(2, 3), T(2), 2f),
            new(conv, nameof(Conv2d.Forward), x, w, b, y),
            new(conv, nameof(Conv2d.ForwardWithMoments), x, w, b, y, new ChannelMoments(device)),
            new(conv, nameof(Conv2d.BackwardInput), y, w, dx),
            new(conv, nameof(Conv2d.BackwardWeight), x, y, dw, db),
            new(conv, nameof(Conv2d.Backward), x, y, w, dx, dw, db),
            new(fused, nameof(Conv2dReluMaxPool2d.Forward), x, w, b, pooled, indices),
            new(fused, nameof(Conv2dReluMaxPool2d.Backward), x, indices, pooled, w, dx, dw, db),
            new(fused, nameof(Conv2dReluMaxPool2d.BackwardInput), indices, pooled, w, dx),
        ];
    }

    private static List<OperationCall> Poolings(Device device)
    {
        Tensor T(params int[] extents) => Filled(device, extents);
        var pool = new MaxPool2d(device, 2);
        var reluPool = new ReluMaxPool2d(device, 2);
        DeviceBuffer<byte> indices = device.AllocateBuffer<byte>(8), reluIndices = device.AllocateBuffer<byte>(8);
        return
        [
            new(pool, nameof(MaxPool2d.Forward), T(2, 1, 4, 5), T(2, 1, 2, 2), indices),
            new(pool, nameof(MaxPool2d.Backward), indices, T(2, 1, 2, 2), T(2, 1, 4, 5)),
            new(reluPool, nameof(ReluMaxPool2d.Forward), T(2, 1, 4, 5), T(2, 1, 2, 2), reluIndices),
            new(reluPool, nameof(ReluMaxPool2d.Backward), reluIndices, T(2, 1, 2, 2), T(2, 1, 4, 5)),
        ];
    }

    private static List<OperationCall> Normalizations(Device device)
    {
        Tensor T(params int[] extents) => Filled(device, extents);
        ChannelMoments Moments() => new(device);
        var norm = new BatchNorm2d(device, 3);
        var fused = new BatchNormReluMaxPool2d(device, 3, 2);
        var indices = device.AllocateBuffer<byte>(24);
        Tensor x = T(2, 3, 4, 4), y = T(2, 3, 2, 2);
        return
        [
            new(norm, nameof(norm.ForwardTraining), x, T(3), T(3), T(3), T(3), T(2, 3, 4, 4), Moments()),
            new(norm, nameof(norm.ForwardEvaluation), x, T(3), T(3), T(3), T(3), T(2, 3, 4, 4)),
            new(norm, nameof(norm.Backward), x, T(2, 3, 4, 4), T(3), T(2, 3, 4, 4), T(3), T(3)),
            new(norm, nameof(norm.BackwardEvaluation), T(2, 3, 4, 4), T(3), T(3), T(2, 3, 4, 4)),
            new(fused, nameof(fused.ForwardTraining), x, T(3), T(3), T(3), T(3), y, indices, Moments()),
            new(fused, nameof(fused.ForwardEvaluation), x, T(3), T(3), T(3), T(3), y, indices),
            new(fused, nameof(fused.Backward), x, indices, y, T(3), T(2, 3, 4, 4), T(3), T(3)),
            new(fused, nameof(fused.BackwardEvaluation), indices, y, T(3), T(3), T(2, 3, 4, 4)),
        ];
    }

    private static List<OperationCall> ElementByElement(Device device)
    {
        Tensor T() => Filled(device, [3, 5]);
        var relu = new Relu(device);
        var sigmoid = new Sigmoid(device);
        var dropout = new Dropout(device, 0.5f);
        var step = new DropoutStep(device);
        return
        [
            new(relu, nameof(Relu.Forward), T(), T()),
            new(relu, nameof(Relu.Backward), T(), T(), T()),
            new(sigmoid, nameof(Sigmoid.Forward), T(), T()),
            new(sigmoid, nameof(Sigmoid.Backward), T(), T(), T()),
            new(dropout, nameof(Dropout.Forward), T(), T(), 1UL, step),
            new(dropout, nameof(Dropout.Backward), T(), T(), 1UL, step),
            new(dropout, nameof(Dropout.BackwardRelu), T(), T(), T()),
            new(new Adam(device), nameof(Adam.Step), T(), T(), T(), T(), 1, 0.1f),
            new(new SgdMomentum(device), nameof(SgdMomentum.Step), T(), T(), T(), 0.1f),
        ];
    }

    private static List<OperationCall> TheRest(Device device)
    {
        Tensor T(params int[] extents) => Filled(device, extents);
        var tree = new TreeSoftmax(device, [new SoftmaxGroup(0, 3, SoftmaxGroup.NoParent)]);
        var shares = new TreeShares(device, [new SoftmaxGroup(0, 3, SoftmaxGroup.NoParent)]);
        var loss = new WeightedMse(device);
        var resampling = new AffineResampling(device);
        var average = new MovingAverage(device);
        var sum = new TreeSum(device);
        var means = new GlobalAveragePool2d(device);
        var images = device.AllocateBuffer<byte>(96);
        Shape shape = [2, 3, 4, 4];
        return
        [
            new(new ChannelSum(device), nameof(ChannelSum.Sum), T(2, 3, 4), T(3)),
            new(tree, nameof(TreeSoftmax.Forward), T(4, 3), T(4, 3)),
            new(tree, nameof(TreeSoftmax.Backward), T(4, 3), T(4, 3), T(4, 3), T(4, 3)),
            new(shares, nameof(TreeShares.Forward), T(4, 3), T(4, 3)),
            new(shares, nameof(TreeShares.Backward), T(4, 3), T(4, 3), T(4, 3), T(4, 3)),
            new(loss, nameof(WeightedMse.Forward), T(4, 3), T(4, 3), T(3), T(1)),
            new(loss, nameof(WeightedMse.Backward), T(4, 3), T(4, 3), T(3), T(4, 3)),
            new(loss, nameof(WeightedMse.ForwardAndBackward), T(4, 3), T(4, 3), T(3), T(1), T(4, 3)),
            new(loss, nameof(WeightedMse.ForwardAndBackwardThroughSigmoid), T(4, 3), T(4, 3), T(3), T(1), T(4, 3)),
            new(
                resampling,
                nameof(AffineResampling.Forward),
                images,
                shape,
                device.AllocateBuffer<Pose>(2),
                T(2, 3, 5, 6)),
            new(resampling, nameof(AffineResampling.Convert), images, T(2, 3, 4, 4)),
            new(average, nameof(MovingAverage.Update), T(4, 3), T(4, 3), 0.5f),
            new(sum, nameof(TreeSum.Sum), T(4, 3)),
            new(sum, nameof(TreeSum.Add), T(4, 3), T(4, 3), T(4, 3)),
            new(means, nameof(GlobalAveragePool2d.Forward), T(2, 3, 4, 5), T(2, 3)),
            new(means, nameof(GlobalAveragePool2d.Backward), T(2, 3), T(2, 3, 4, 5)),
        ];
    }

    private static Tensor Filled(Device device, int[] extents)
    {
        var shape = Shape.Create(extents);
        return device.Allocate(shape, Values.Between(0.5f, 1f)(shape, Seed));
    }
}
