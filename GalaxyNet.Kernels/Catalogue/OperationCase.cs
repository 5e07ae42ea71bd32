namespace GalaxyNet.Kernels;

/// <summary>
/// One operation at one shape. The gradient checks, the comparisons between devices and the benchmarks all enumerate these,
/// so an operation that is in the <see cref="OperationCatalogue"/> gets all of them.
/// </summary>
public sealed record OperationCase
{
    /// <summary>The operation's name, as its kernels carry it in <see cref="KernelAttribute.Operation"/>.</summary>
    public required string Operation { get; init; }

    /// <summary>What sets this case apart from the operation's others, such as <c>odd width, stride 2</c>.</summary>
    public required string Description { get; init; }

    /// <summary>The inputs and parameters, in the order in which <see cref="IOperation"/> takes them.</summary>
    public required IReadOnlyList<Argument> Arguments { get; init; }

    /// <summary>The shape of the output.</summary>
    public required Shape OutputShape { get; init; }

    /// <summary>Makes the operation on a device.</summary>
    public required Func<Device, IOperation> Create { get; init; }

    /// <summary>How the passes run on a device; null for an operation that is no convolution.</summary>
    internal Func<Device, Conv2dPlan>? PlanOn { get; init; }

    /// <summary>The formula that every device's results are held to.</summary>
    internal IReference? Reference { get; init; }

    /// <summary>
    /// The schedule whose algorithms a large case is there to reach, without others waiting for it; null for all.
    /// </summary>
    internal Schedule? Only { get; init; }

    /// <summary>Whether the case is for devices of a schedule.</summary>
    internal bool IsFor(Schedule schedule) => Only is null || Only == schedule;

    /// <summary>What the forward pass does.</summary>
    public required Cost ForwardCost { get; init; }

    /// <summary>What the backward pass does; null where the operation has none.</summary>
    public Cost? BackwardCost { get; init; }

    /// <summary>True at the shapes of attempt 4, which are timed; false at the small and odd shapes, which are checked.</summary>
    public bool IsBenchmark { get; init; }

    /// <summary>Its place in the sweep of sizes that is timed; null for a case of attempt 4 or one that is checked.</summary>
    public SweepSize? Size { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Operation}: {Description}";
}

/// <summary>How large a case of the sweep is.</summary>
public enum SweepSize
{
    /// <summary>Too small to keep a device busy: what a launch costs.</summary>
    Small,

    /// <summary>In between.</summary>
    Medium,

    /// <summary>Too large for most caches.</summary>
    Large,
}

/// <summary>An input or a parameter of an <see cref="OperationCase"/>.</summary>
/// <param name="Name">Its name in the operation's maths.</param>
/// <param name="Shape">Its extents.</param>
/// <param name="Values">Its values from a seed, in row-major order.</param>
/// <param name="DifferenceStep">
/// The step of the central difference for its gradient: small where the operation curves, large where it is linear in this argument
/// (the difference is then exact, and a large step drowns the rounding). Null where no gradient is defined.
/// </param>
public sealed record Argument(string Name, Shape Shape, Func<Shape, int, float[]> Values, float? DifferenceStep);

/// <summary>The least work a pass has to do.</summary>
/// <param name="Flops">Floating-point operations; a multiply-add counts as two.</param>
/// <param name="Bytes">Bytes read and written once each.</param>
public readonly record struct Cost(double Flops, double Bytes);

/// <summary>An operation under the catalogue's uniform signature.</summary>
public interface IOperation : IDisposable
{
    /// <summary>Computes the output from the arguments.</summary>
    void Forward(IReadOnlyList<Tensor> arguments, Tensor output);

    /// <summary>
    /// Computes the gradient of every differentiable argument after <see cref="Forward"/>;
    /// the entries of <paramref name="argumentGradients"/> that belong to the others are null.
    /// </summary>
    void Backward(
        IReadOnlyList<Tensor> arguments, Tensor output, Tensor outputGradient, IReadOnlyList<Tensor?> argumentGradients);
}
