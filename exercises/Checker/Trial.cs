namespace GalaxyNet.Exercises;

/// <summary>A case of the catalogue that an answer is tried on, in float64, with what should come out.</summary>
internal sealed class Trial
{
    private const int Seed = 1000;

    private readonly OperationCase operationCase;
    private readonly int[] results; // which arguments the results belong to

    /// <summary>Draws the inputs, and finds the results.</summary>
    /// <param name="operationCase">The case.</param>
    /// <param name="arrange">Brings an input to the rank that the exercise has it in.</param>
    public Trial(OperationCase operationCase, Func<Array, Array> arrange)
    {
        this.operationCase = operationCase;
        Array[] inputs =
        [
            .. operationCase.Inputs(Seed).Select(each =>
                arrange(Array.ConvertAll(each.Values, value => (double)value).Shaped(each.Shape))),
        ];
        int count = operationCase.Arguments.Count;
        Arguments = inputs[..count];
        OutputGradient = inputs.ElementAtOrDefault(count);
        results = [.. Enumerable.Range(0, count).Where(IsResult)];
        (ResultNames, Expected) = Results();
    }

    /// <summary>What sets it apart from the operation's other cases.</summary>
    public string Description => operationCase.Description;

    /// <summary>The operation, in float64.</summary>
    public IReference Reference => operationCase.Reference;

    /// <summary>The operation's inputs.</summary>
    public IReadOnlyList<Array> Arguments { get; }

    /// <summary>The gradient with respect to the output; null where nothing is differentiated.</summary>
    public Array? OutputGradient { get; }

    /// <summary>What comes out, such as <c>dx</c>.</summary>
    public IReadOnlyList<string> ResultNames { get; }

    /// <summary>What should come out: gradients are found by differences of the forward pass.</summary>
    public IReadOnlyList<Array> Expected { get; }

    /// <summary>True where gradients are to be found, and no sum or step.</summary>
    public bool HasGradients => OutputGradient is not null;

    /// <summary>True where arguments are changed in place.</summary>
    public bool IsStep => operationCase.OutputShape is null;

    /// <summary>How many numbers go in.</summary>
    public int Size => Inputs.Sum(each => each.Values.Length);

    /// <summary>What goes in, by its name.</summary>
    public IEnumerable<(string Name, Array Values)> Inputs
    {
        get
        {
            foreach (var (argument, values) in operationCase.Arguments.Zip(Arguments))
                yield return (argument.Name, values);
            if (OutputGradient is not null)
                yield return ($"d{operationCase.OutputName}", OutputGradient);
        }
    }

    /// <summary>The input of a name; null if there is none.</summary>
    public Array? Input(string name) => Inputs.FirstOrDefault(each => each.Name == name).Values;

    /// <summary>Copies of the arguments, which may be changed.</summary>
    public Array[] CopyArguments() => [.. Arguments.Select(each => (Array)each.Clone())];

    /// <summary>Of an array for each argument, those of <see cref="ResultNames"/>.</summary>
    public Array?[] ResultsOf(IReadOnlyList<Array?> arrays) => [.. results.Select(each => arrays[each])];

    /// <summary>The results of the reference, or of a backward pass in its place, on other numbers.</summary>
    public Array?[] Gradients(Array[] arguments, Array outputGradient, BackwardPass? backward = null) => ResultsOf(
        backward is null
            ? Reference.Backward(arguments, outputGradient)
            : backward(Reference, arguments, outputGradient));

    private bool IsResult(int argument)
    {
        var each = operationCase.Arguments[argument];
        return OutputGradient is null ? each.IsUpdated : each.DifferenceStep is not null;
    }

    private (string[] Names, Array[] Arrays) Results()
    {
        string[] names = [.. results.Select(each => operationCase.Arguments[each].Name)];
        if (HasGradients)
            return ([.. names.Select(each => $"d{each}")], [.. results.Select(each => Differences.Of(this, each))]);
        var arguments = CopyArguments();
        return Reference.Forward(arguments) is { } output
            ? ([operationCase.OutputName], [output])
            : (names, [.. results.Select(each => arguments[each])]);
    }
}
