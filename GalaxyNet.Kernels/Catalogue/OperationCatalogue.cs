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
}
