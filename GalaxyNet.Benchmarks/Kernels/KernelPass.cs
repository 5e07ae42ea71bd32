using GalaxyNet.Kernels;
using Device = GalaxyNet.Kernels.Device;

namespace GalaxyNet.Benchmarks;

/// <summary>One direction of an operation at one shape, as the suite times it.</summary>
public sealed class KernelPass
{
    private static readonly int[] Sides = [256, 512, 2048];
    private static readonly int[] ConvolutionChannels = [16, 32, 64, 128];
    private static readonly int[] Exponents = [12, 16, 20];
    private static readonly int[] NormalisedChannels = [16, 64];
    private static readonly bool[] Directions = [false, true];

    private readonly OperationCase operationCase;
    private readonly bool isBackward;

    private KernelPass(OperationCase operationCase, bool isBackward)
    {
        this.operationCase = operationCase;
        this.isBackward = isBackward;
        Cost = isBackward ? operationCase.BackwardCost!.Value : operationCase.ForwardCost;
    }

    internal string Operation => operationCase.Operation;

    internal string Direction => isBackward ? "backward" : "forward";

    internal string Description => operationCase.Description;

    internal Cost Cost { get; }

    /// <summary>The catalogue at attempt 4's shapes, and a sweep of sizes.</summary>
    internal static IReadOnlyList<KernelPass> All { get; } =
    [
        .. from operationCase in OperationCatalogue.All.Where(each => each.IsBenchmark).Concat(Sweep())
           from isBackward in Directions
           where !isBackward || operationCase.BackwardCost is not null
           select new KernelPass(operationCase, isBackward),
    ];

    /// <inheritdoc/>
    public override string ToString() => $"{Operation} {Direction}, {Description}";

    internal PreparedPass Prepare(Device device) => new(device, operationCase, isBackward);

    private static IEnumerable<OperationCase> Sweep() =>
    [
        .. from side in Sides select DenseCases.Case($"a square product of {side}", side, side, side),
        .. from channels in ConvolutionChannels
           select Conv2dCases.Case($"{channels} channels of 32x32, 3x3", 16, new(channels, 32, 32, channels, 3, 3, 1, 1)),
        .. from exponent in Exponents select ReluCases.Case($"2^{exponent} elements", [1 << exponent]),
        .. from channels in NormalisedChannels select BatchNorm2dCases.Case($"{channels} channels of 32x32", [16, channels, 32, 32]),
    ];
}

/// <summary>A pass with its memory on a device.</summary>
internal sealed class PreparedPass : IDisposable
{
    private const int Seed = 1;

    private readonly Device device;
    private readonly bool isBackward;
    private readonly IOperation operation;
    private readonly CaseTensors tensors;

    public PreparedPass(Device device, OperationCase operationCase, bool isBackward)
    {
        this.device = device;
        this.isBackward = isBackward;
        operation = operationCase.Create(device);
        tensors = new CaseTensors(device, operationCase, Seed);
        operation.Forward(tensors.Arguments, tensors.Output);
        Run();
    }

    /// <summary>Runs the pass and waits for the device.</summary>
    public void Run()
    {
        if (isBackward)
            operation.Backward(tensors.Arguments, tensors.Output, tensors.OutputGradient, tensors.ArgumentGradients);
        else
            operation.Forward(tensors.Arguments, tensors.Output);
        device.Synchronize();
    }

    public void Dispose()
    {
        operation.Dispose();
        tensors.Dispose();
    }
}
