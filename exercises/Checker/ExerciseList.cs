namespace GalaxyNet.Exercises;

/// <content>All exercises.</content>
internal sealed partial class Exercise
{
    /// <summary>All of them, in the order of their pages.</summary>
    public static IReadOnlyList<Exercise> All { get; } =
    [
        Of<DenseReference>("dense", 1, Dense.Backward, Solutions.Dense.Backward, (_, a, dy) => [a[0], a[1], dy]),
        OfElements<ReluReference>("relu", 2, Relu.Backward, Solutions.Relu.Backward, (_, a, dy) => [a[0], dy]),
        OfElements<SigmoidReference>(
            "sigmoid", 3, Sigmoid.Backward, Solutions.Sigmoid.Backward, (_, a, dy) => [a[0], dy]),
        Of<WeightedMseReference>(
            "weighted_mse", 4, WeightedMse.Backward, Solutions.WeightedMse.Backward, (_, a, _) => [a[0], a[1], a[2]]),
        Of<ChannelSumReference>(
            "channel_sum", 5, ChannelSum.Sum, Solutions.ChannelSum.Sum, (_, a, _) => [a[0]], arrange: WithPixels),
        Of<Conv2dReference>(
            "conv2d",
            6,
            Conv2d.Backward,
            Solutions.Conv2d.Backward,
            (r, a, dy) => [a[0], a[1], dy, r.Geometry.Stride, r.Geometry.Padding]),
        Of<MaxPool2dReference>(
            "max_pool2d", 7, MaxPool2d.Backward, Solutions.MaxPool2d.Backward, (r, a, dy) => [a[0], dy, r.Kernel]),
        Of<ReluMaxPool2dReference>(
            "relu_max_pool2d",
            8,
            ReluMaxPool2d.Backward,
            Solutions.ReluMaxPool2d.Backward,
            (r, a, dy) => [a[0], dy, r.Kernel]),
        Of<BatchNorm2dReference>(
            "batch_norm2d",
            9,
            BatchNorm2d.Backward,
            Solutions.BatchNorm2d.Backward,
            (r, a, dy) => [a[0], a[1], dy, r.Epsilon],
            r => r.IsTraining),
        Of<BatchNormReluMaxPool2dReference>(
            "batch_norm_relu_max_pool2d",
            10,
            BatchNormReluMaxPool2d.Backward,
            Solutions.BatchNormReluMaxPool2d.Backward,
            (r, a, dy) => [a[0], a[1], a[2], dy, r.Kernel, r.Epsilon],
            r => r.IsTraining),
        OfElements<DropoutReference>(
            "dropout",
            11,
            Dropout.Backward,
            Solutions.Dropout.Backward,
            (r, a, dy) => [dy, MaskOf(r, a[0].Length), r.Probability]),
        Of<TreeSoftmaxReference>(
            "tree_softmax",
            12,
            TreeSoftmax.Backward,
            Solutions.TreeSoftmax.Backward,
            (r, a, dy) => [a[0], dy, r.Questions]),
        Of<SgdMomentumReference>(
            "sgd_momentum",
            13,
            SgdMomentum.Step,
            Solutions.SgdMomentum.Step,
            (r, a, _) => [a[0], a[1], a[2], r.Momentum, r.LearningRate]),
        Of<AdamReference>(
            "adam",
            14,
            Adam.Step,
            Solutions.Adam.Step,
            (r, a, _) => [.. a, r.StepNumber, r.LearningRate, r.WeightDecay, r.Beta1, r.Beta2, r.Epsilon]),
        Of<Conv2dReluMaxPool2dReference>(
            "conv2d_relu_max_pool2d",
            17,
            Conv2dReluMaxPool2d.Backward,
            Solutions.Conv2dReluMaxPool2d.Backward,
            (r, a, dy) => [a[0], a[1], a[2], dy, r.Geometry.Stride, r.Geometry.Padding, r.Window]),
        Of<GlobalAveragePool2dReference>(
            "global_average_pool2d",
            18,
            GlobalAveragePool2d.Backward,
            Solutions.GlobalAveragePool2d.Backward,
            (_, a, dy) => [a[0], dy]),
        Of<MovingAverageReference>(
            "moving_average",
            19,
            MovingAverage.Update,
            Solutions.MovingAverage.Update,
            (r, a, _) => [a[0], a[1], r.Decay]),
        Of<TreeSharesReference>(
            "tree_shares",
            20,
            TreeShares.Backward,
            Solutions.TreeShares.Backward,
            (r, a, dy) => [a[0], dy, r.Questions]),
    ];

    private static Exercise Of<T>(
        string name,
        int page,
        Delegate student,
        Delegate solution,
        Func<T, Array[], Array?, object?[]> parameters,
        Func<T, bool>? isAsked = null,
        Func<Array, Array>? arrange = null)
        where T : class, IReference => new(
            name,
            page,
            student,
            solution,
            each => each.Reference is T reference && (isAsked is null || isAsked(reference)),
            arrange ?? (array => array),
            (reference, arguments, dy) => parameters((T)reference, arguments, dy));

    /// <summary>An operation that goes element by element, and does not ask for axes.</summary>
    private static Exercise OfElements<T>(
        string name, int page, Delegate student, Delegate solution, Func<T, Array[], Array?, object?[]> parameters)
        where T : class, IReference =>
        Of(name, page, student, solution, parameters, arrange: ArrayShapes.Flat);

    /// <summary>The same numbers with all axes after the channels as one.</summary>
    private static Array WithPixels(Array x)
    {
        var (batch, channels) = (x.GetLength(0), x.GetLength(1));
        return x.Shaped([batch, channels, x.Length / (batch * channels)]);
    }

    /// <summary>1 where an element passes, 0 where it is dropped.</summary>
    private static double[] MaskOf(DropoutReference dropout, int count)
    {
        double[] ones = [.. Enumerable.Repeat(1.0, count)];
        return Array.ConvertAll(dropout.Forward(ones), passed => passed > 0 ? 1.0 : 0);
    }
}
