namespace GalaxyNet.Kernels;

/// <summary>
/// One operation at one shape. The gradient checks, the comparisons with the reference and the benchmarks all enumerate
/// these, so an operation that is in the <see cref="OperationCatalogue"/> gets all of them.
/// </summary>
internal sealed record OperationCase
{
    /// <summary>The operation's name, as its kernels carry it in <see cref="KernelAttribute.Operation"/>.</summary>
    public required string Operation { get; init; }

    /// <summary>What sets this case apart from the operation's others, such as <c>odd width, stride 2</c>.</summary>
    public required string Description { get; init; }

    /// <summary>The inputs and parameters, in the order in which <see cref="Reference"/> takes them.</summary>
    public required IReadOnlyList<Argument> Arguments { get; init; }

    /// <summary>The output's name in the operation's maths.</summary>
    public string OutputName { get; init; } = "y";

    /// <summary>The shape of the output; null where the operation only updates its arguments.</summary>
    public Shape? OutputShape { get; init; }

    /// <summary>The gradient of the loss with respect to the output, from a seed.</summary>
    public Func<Shape, int, float[]> OutputGradient { get; init; } = Values.Uniform;

    /// <summary>Makes the operation on a device, to work on the tensors of a run.</summary>
    public required Func<Device, CaseRun, Passes> Create { get; init; }

    /// <summary>How the passes run on a device; null for an operation that is no convolution.</summary>
    public Func<Device, Conv2dPlan>? PlanOn { get; init; }

    /// <summary>The formula that every device's results are held to.</summary>
    public required IReference Reference { get; init; }

    /// <summary>
    /// The schedule whose algorithms a large case is there to reach, without others waiting for it; null for all.
    /// </summary>
    public Schedule? Only { get; init; }

    /// <summary>Whether the case is for devices of a schedule.</summary>
    public bool IsFor(Schedule schedule) => Only is null || Only == schedule;

    /// <summary>What the forward pass does.</summary>
    public required Cost ForwardCost { get; init; }

    /// <summary>What the backward pass does; null where the operation has none.</summary>
    public Cost? BackwardCost { get; init; }

    /// <summary>True at attempt 4's shapes, which are timed; false at small and odd ones, which are checked.</summary>
    public bool IsBenchmark { get; init; }

    /// <summary>Where it stands in the sweep of sizes that is timed; null for all other cases.</summary>
    public SweepSize? Size { get; init; }

    /// <summary>The arguments that the backward pass finds the gradients of.</summary>
    public IEnumerable<Argument> Differentiable =>
        Arguments.Where(each => BackwardCost is not null && each.DifferenceStep is not null);

    /// <summary>What goes in: the arguments, and the output's gradient where there is a backward pass.</summary>
    /// <param name="seed">Argument i is made from seed + i, and the gradient from the seed after the last.</param>
    public IEnumerable<(string Name, Shape Shape, float[] Values)> Inputs(int seed)
    {
        foreach (var argument in Arguments)
            yield return (argument.Name, argument.Shape, argument.Values(argument.Shape, seed++));
        if (BackwardCost is not null)
            yield return ($"d{OutputName}", OutputShape!, OutputGradient(OutputShape!, seed));
    }

    /// <summary>The names of what comes out: <c>y</c>, <c>dx</c>, <c>p_after</c>.</summary>
    public IEnumerable<string> ResultNames =>
    [
        .. OutputShape is null ? [] : new[] { OutputName },
        .. Differentiable.Select(each => $"d{each.Name}"),
        .. Arguments.Where(each => each.IsUpdated).Select(each => $"{each.Name}_after"),
    ];

    /// <summary>What <see cref="Reference"/> computes, by the names of <see cref="ResultNames"/>.</summary>
    /// <param name="inputs">What goes in, by the names and shapes of <see cref="Inputs"/>.</param>
    public Dictionary<string, double[]> ReferenceResults(Func<string, Shape, double[]> inputs)
    {
        Array[] arguments = [.. Arguments.Select(each => inputs(each.Name, each.Shape).Shaped(each.Shape))];
        var arrays = new Dictionary<string, Array?> { [OutputName] = Reference.Forward(arguments) };
        var gradients = BackwardCost is null
            ? []
            : Reference.Backward(arguments, inputs($"d{OutputName}", OutputShape!).Shaped(OutputShape!));
        foreach (var (argument, gradient) in Arguments.Zip(gradients))
            arrays[$"d{argument.Name}"] = gradient;
        foreach (var (argument, value) in Arguments.Zip(arguments))
            arrays[$"{argument.Name}_after"] = value;
        return ResultNames.ToDictionary(name => name, name => arrays[name]!.Flat());
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Operation}: {Description}";
}

/// <summary>An input or a parameter of an <see cref="OperationCase"/>.</summary>
/// <param name="Name">Its name in the operation's maths.</param>
/// <param name="Shape">Its extents.</param>
/// <param name="Values">Its values from a seed, in row-major order.</param>
/// <param name="DifferenceStep">
/// The step of the central difference for its gradient: small where the operation curves, large where it is linear in
/// this argument (the difference is then exact, and a large step drowns the rounding). Null where there is no gradient.
/// </param>
/// <param name="IsUpdated">True where the forward pass changes it in place.</param>
internal sealed record Argument(
    string Name,
    Shape Shape,
    Func<Shape, int, float[]> Values,
    float? DifferenceStep = null,
    bool IsUpdated = false);

/// <summary>What an operation does with the tensors of a <see cref="CaseRun"/>.</summary>
/// <param name="Forward">Computes the output, and updates the arguments that the operation updates.</param>
/// <param name="Backward">Computes the gradients after <paramref name="Forward"/>; null where there are none.</param>
/// <param name="Owned">What has to be disposed afterwards.</param>
internal sealed record Passes(Action Forward, Action? Backward, params IDisposable[] Owned);

/// <summary>The least work a pass has to do.</summary>
/// <param name="Flops">Floating-point operations; a multiply-add counts as two.</param>
/// <param name="Bytes">Bytes read and written once each.</param>
internal readonly record struct Cost(double Flops, double Bytes);
