namespace GalaxyNet.Benchmarks;

/// <summary>One direction of an operation at one shape, as the suite times it.</summary>
public sealed class KernelPass
{
    private static readonly bool[] Directions = [false, true];
    private static readonly bool[] OwnKernels = [false];
    private static readonly bool[] CuBlas = [false, true];

    private readonly OperationCase operationCase;
    private readonly bool isBackward;

    private KernelPass(OperationCase operationCase, bool isBackward, bool isByCuBlas)
    {
        this.operationCase = operationCase;
        this.isBackward = isBackward;
        IsByCuBlas = isByCuBlas;
        Cost = isByCuBlas ? CuBlasPass.CostOf(operationCase, isBackward)
            : isBackward ? operationCase.BackwardCost!.Value
            : operationCase.ForwardCost;
    }

    internal string Operation => operationCase.Operation + (IsByCuBlas ? " (cuBLAS)" : "");

    internal string Direction => isBackward ? "backward" : "forward";

    internal string Description => operationCase.Description;

    internal Cost Cost { get; }

    /// <summary>Whether NVIDIA's library computes it, to compare with: see <see cref="CuBlasPass"/>.</summary>
    internal bool IsByCuBlas { get; }

    /// <summary>Whether the short mode times it: attempt 4, and the middle of the sweep.</summary>
    internal bool IsInShortMode => operationCase.Size is null or SweepSize.Medium;

    /// <summary>Attempt 4's shapes and a sweep of sizes; what is a matrix product, by cuBLAS too.</summary>
    internal static IReadOnlyList<KernelPass> All { get; } =
    [
        .. from operationCase in OperationCatalogue.Timed
           from isBackward in Directions
           where !isBackward || operationCase.BackwardCost is not null
           from isByCuBlas in CuBlasPass.CanCompute(operationCase) ? CuBlas : OwnKernels
           select new KernelPass(operationCase, isBackward, isByCuBlas),
    ];

    /// <inheritdoc/>
    public override string ToString() => $"{Operation} {Direction}, {Description}";

    /// <summary>Allocates what the pass needs on a device; a pass by cuBLAS needs cuBLAS there.</summary>
    internal IPreparedPass Prepare(Device device) => IsByCuBlas
        ? new CuBlasPass(device, operationCase, isBackward)
        : new PreparedPass(device, operationCase, isBackward);
}
