namespace GalaxyNet.Kernels;

/// <summary>Every operation at every shape that is checked or timed.</summary>
public static class OperationCatalogue
{
    /// <summary>All cases, grouped by operation.</summary>
    public static IReadOnlyList<OperationCase> All { get; } =
    [
        .. Conv2dCases.All,
        .. DenseCases.All,
        .. ChannelSumCases.All,
        .. ReluCases.All,
        .. MaxPool2dCases.All,
        .. ReluMaxPool2dCases.All,
        .. Conv2dReluMaxPool2dCases.All,
        .. BatchNorm2dCases.All,
        .. BatchNormReluMaxPool2dCases.All,
        .. SigmoidCases.All,
        .. TreeSoftmaxCases.All,
        .. DropoutCases.All,
        .. WeightedMseCases.All,
        .. AdamCases.All,
        .. SgdMomentumCases.All,
        .. RotationCases.All,
    ];

    /// <summary>What the benchmarks time: attempt 4's shapes, the fused passes that it runs in their place, and a sweep of sizes.</summary>
    public static IReadOnlyList<OperationCase> Timed { get; } =
    [
        .. All.Where(each => each.IsBenchmark),
        .. DenseReluCases.All,
        .. Conv2dCases.Sweep,
        .. DenseCases.Sweep,
        .. ChannelSumCases.Sweep,
        .. ReluCases.Sweep,
        .. MaxPool2dCases.Sweep,
        .. ReluMaxPool2dCases.Sweep,
        .. Conv2dReluMaxPool2dCases.Sweep,
        .. BatchNorm2dCases.Sweep,
        .. BatchNormReluMaxPool2dCases.Sweep,
        .. SigmoidCases.Sweep,
        .. TreeSoftmaxCases.Sweep,
        .. DropoutCases.Sweep,
        .. WeightedMseCases.Sweep,
        .. AdamCases.Sweep,
        .. SgdMomentumCases.Sweep,
        .. RotationCases.Sweep,
    ];
}
