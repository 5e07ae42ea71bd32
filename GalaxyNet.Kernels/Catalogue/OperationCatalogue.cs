namespace GalaxyNet.Kernels;

/// <summary>Every operation at every shape that is checked or timed.</summary>
internal static class OperationCatalogue
{
    private static readonly Entry[] Entries =
    [
        new("conv2d", Conv2dCases.All, Conv2dCases.Sweep, Conv2dCases.Of, Conv2dMistakes.All),
        new("dense", DenseCases.All, DenseCases.Sweep, DenseCases.Of, DenseMistakes.All),
        new("channel_sum", ChannelSumCases.All, ChannelSumCases.Sweep, ChannelSumCases.Of),
        new("relu", ReluCases.All, ReluCases.Sweep, ReluCases.Of, ReluMistakes.All),
        new("max_pool2d", MaxPool2dCases.All, MaxPool2dCases.Sweep, MaxPool2dCases.Of, MaxPool2dMistakes.All),
        new(
            "relu_max_pool2d",
            ReluMaxPool2dCases.All,
            ReluMaxPool2dCases.Sweep,
            ReluMaxPool2dCases.Of,
            ReluMaxPool2dMistakes.All),
        new(
            "conv2d_relu_max_pool2d",
            Conv2dReluMaxPool2dCases.All,
            Conv2dReluMaxPool2dCases.Sweep,
            Conv2dReluMaxPool2dCases.Of,
            Conv2dReluMaxPool2dMistakes.All),
        new(
            "batch_norm2d",
            BatchNorm2dCases.All,
            BatchNorm2dCases.Sweep,
            BatchNorm2dCases.Of,
            BatchNorm2dMistakes.All),
        new(
            "batch_norm_relu_max_pool2d",
            BatchNormReluMaxPool2dCases.All,
            BatchNormReluMaxPool2dCases.Sweep,
            BatchNormReluMaxPool2dCases.Of,
            BatchNormReluMaxPool2dMistakes.All),
        new(
            "global_average_pool2d",
            GlobalAveragePool2dCases.All,
            GlobalAveragePool2dCases.Sweep,
            GlobalAveragePool2dCases.Of,
            GlobalAveragePool2dMistakes.All),
        new("sigmoid", SigmoidCases.All, SigmoidCases.Sweep, SigmoidCases.Of, SigmoidMistakes.All),
        new("tree_softmax", TreeSoftmaxCases.All, TreeSoftmaxCases.Sweep, TreeSoftmaxCases.Of, TreeSoftmaxMistakes.All),
        new("tree_shares", TreeSharesCases.All, TreeSharesCases.Sweep, TreeSharesCases.Of, TreeSharesMistakes.All),
        new("dropout", DropoutCases.All, DropoutCases.Sweep, DropoutCases.Of, DropoutMistakes.All),
        new("weighted_mse", WeightedMseCases.All, WeightedMseCases.Sweep, WeightedMseCases.Of, WeightedMseMistakes.All),
        new("adam", AdamCases.All, AdamCases.Sweep, AdamCases.Of),
        new("sgd_momentum", SgdMomentumCases.All, SgdMomentumCases.Sweep, SgdMomentumCases.Of),
        new("moving_average", MovingAverageCases.All, MovingAverageCases.Sweep, MovingAverageCases.Of),
        new("tree_sum", TreeSumCases.All, TreeSumCases.Sweep, TreeSumCases.Of),
        new(
            "affine_resampling", AffineResamplingCases.All, AffineResamplingCases.Sweep, AffineResamplingCases.Of),
    ];

    /// <summary>All cases, grouped by operation.</summary>
    public static IReadOnlyList<OperationCase> All { get; } = [.. Entries.SelectMany(each => each.All)];

    /// <summary>
    /// What the benchmarks time: attempt 4's shapes, the fused passes that it runs instead, and a sweep of sizes.
    /// </summary>
    public static IReadOnlyList<OperationCase> Timed { get; } =
    [
        .. All.Where(each => each.IsBenchmark),
        .. DenseReluCases.All,
        .. Entries.SelectMany(each => each.Sweep),
    ];

    /// <summary>What goes wrong in an operation's backward pass when people write it.</summary>
    /// <param name="operation">Its name.</param>
    public static IReadOnlyList<Mistake> MistakesOf(string operation) =>
        [.. Entries.Where(each => each.Operation == operation).SelectMany(each => each.Mistakes)];

    /// <summary>An operation with somebody else's shapes, settings and numbers.</summary>
    /// <param name="operation">Its name.</param>
    /// <param name="values">What the operation's cases ask for, and all its arguments.</param>
    /// <exception cref="NotSupportedException">There is no such operation.</exception>
    public static OperationCase Create(string operation, ICaseValues values)
    {
        var entry = Entries.FirstOrDefault(each => each.Operation == operation)
            ?? throw new NotSupportedException($"The catalogue has no operation '{operation}'.");
        var created = entry.Of(values);
        return created with
        {
            Arguments = [.. created.Arguments.Select(each => each with { Values = Given(each.Name) })],
            OutputGradient = Given($"d{created.OutputName}"),
        };

        Func<Shape, int, float[]> Given(string name) =>
            (shape, _) => Array.ConvertAll(values.Numbers(name, shape), value => (float)value);
    }

    /// <summary>The cases of one operation.</summary>
    /// <param name="Operation">Its name.</param>
    /// <param name="All">Those that are checked, and those of attempt 4.</param>
    /// <param name="Sweep">Those of other sizes, which are only timed.</param>
    /// <param name="Of">Makes one of the shapes and settings that somebody names.</param>
    /// <param name="Mistakes">What goes wrong in its backward pass, if it has one.</param>
    private sealed record Entry(
        string Operation,
        IEnumerable<OperationCase> All,
        IEnumerable<OperationCase> Sweep,
        Func<ICaseValues, OperationCase> Of,
        params IEnumerable<Mistake> Mistakes);
}
