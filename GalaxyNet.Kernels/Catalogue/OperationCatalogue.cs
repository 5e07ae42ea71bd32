namespace GalaxyNet.Kernels;

/// <summary>Every operation at every shape that is checked or timed.</summary>
public static class OperationCatalogue
{
    /// <summary>All cases, grouped by operation.</summary>
    public static IReadOnlyList<OperationCase> All { get; } =
    [
        .. ReluCases.All,
    ];
}
