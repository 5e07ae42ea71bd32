namespace GalaxyNet.Exercises;

/// <summary>An operation whose backward pass, or whose step, is left for the reader to write.</summary>
internal sealed partial class Exercise
{
    // As many operations as the differences of a case may take: what a reader waits for is then short.
    private const double MostWork = 2e7;

    private readonly Func<OperationCase, bool> isAsked;
    private readonly Func<Array, Array> arrange;
    private readonly Func<IReference, Array[], Array?, object?[]> parameters;
    private readonly Lazy<IReadOnlyList<Trial>> trials;

    private Exercise(
        string name,
        int page,
        Delegate student,
        Delegate solution,
        Func<OperationCase, bool> isAsked,
        Func<Array, Array> arrange,
        Func<IReference, Array[], Array?, object?[]> parameters)
    {
        (Name, Page, Student, Solution) = (name, $"docs/{page:00}-{name}.md", student, solution);
        (this.isAsked, this.arrange, this.parameters) = (isAsked, arrange, parameters);
        trials = new(() => [.. Cases.Select(each => new Trial(each, arrange)).OrderBy(each => each.Size)]);
    }

    /// <summary>The operation's name in the catalogue.</summary>
    public string Name { get; }

    /// <summary>The path of its page in the study guide, from the repository's root.</summary>
    public string Page { get; }

    /// <summary>What the reader writes.</summary>
    public Delegate Student { get; }

    /// <summary>The same, solved.</summary>
    public Delegate Solution { get; }

    /// <summary>The method to write, such as <c>Dense.Backward</c>.</summary>
    public string Method => $"{Student.Method.DeclaringType!.Name}.{Student.Method.Name}";

    /// <summary>The file that it is in, from the repository's root.</summary>
    public string File => $"exercises/{Student.Method.DeclaringType!.Name}.cs";

    /// <summary>What it is checked on, the smallest first.</summary>
    public IReadOnlyList<Trial> Trials => trials.Value;

    /// <summary>The exercise of an operation.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static Exercise Named(string name)
    {
        string[] names = [.. All.Select(each => each.Name)];
        return All.FirstOrDefault(each => each.Name == name) ?? throw new UsageException(
            $"There is no exercise {Shown.Of(name)}. "
            + (NearestName.Near(name, names) is { } near ? $"Did you mean {near}?" : "The command list shows all."));
    }

    /// <summary>What the method is called with, by the names of its parameters.</summary>
    public IEnumerable<(string Name, object? Value)> NamedParametersFor(Trial trial) =>
        Solution.Method.GetParameters().Select(each => each.Name!).Zip(ParametersFor(trial, trial.CopyArguments()));

    /// <summary>What the method is called with.</summary>
    /// <param name="trial">The case.</param>
    /// <param name="arguments">Copies of its arguments, which the method may change.</param>
    public object?[] ParametersFor(Trial trial, Array[] arguments) =>
        parameters(trial.Reference, arguments, (Array?)trial.OutputGradient?.Clone());

    /// <inheritdoc/>
    public override string ToString() => Name;

    private IEnumerable<OperationCase> Cases => OperationCatalogue.All.Where(each =>
        each.Operation == Name
        && each is { IsBenchmark: false, Only: null }
        && isAsked(each)
        && each.ForwardCost.Flops * each.Differentiable.Sum(argument => argument.Shape.Count) <= MostWork);
}
