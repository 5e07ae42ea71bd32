namespace GalaxyNet.Exercises;

/// <summary>One result of an answer in one case, beside what it should be.</summary>
/// <param name="Exercise">The exercise.</param>
/// <param name="Trial">The case.</param>
/// <param name="Result">Which of the case's results.</param>
/// <param name="Written">What the answer gave.</param>
internal sealed record Comparison(Exercise Exercise, Trial Trial, int Result, Array? Written)
{
    private readonly Lazy<IReadOnlyList<int>> wrongElements = new(() =>
        HasShape(Written, Trial.Expected[Result]) ? Numbers.WrongElements(Written!, Trial.Expected[Result]) : []);

    /// <summary>The result's name, such as <c>dw</c>.</summary>
    public string Name => Trial.ResultNames[Result];

    /// <summary>What it should be.</summary>
    public Array Expected => Trial.Expected[Result];

    /// <summary>True if there is a result of the right shape.</summary>
    public bool IsShaped => HasShape(Written, Expected);

    /// <summary>The elements that are wrong, in row-major order; none where the shape is wrong.</summary>
    public IReadOnlyList<int> WrongElements => wrongElements.Value;

    /// <summary>True if it is what it should be.</summary>
    public bool IsRight => IsShaped && WrongElements.Count == 0;

    /// <summary>True if the answer gave just this.</summary>
    /// <param name="candidate">What some mistake would give; null if it cannot be made here.</param>
    public bool Is(Array? candidate) => candidate is not null && Numbers.AreSame(Written!, candidate);

    /// <summary>The wrong elements that are furthest from what they should be, the furthest first.</summary>
    public IReadOnlyList<int> Worst(int count) =>
        [.. WrongElements.OrderByDescending(Difference).Take(count)];

    private double Difference(int element)
    {
        double difference = Math.Abs(Written!.Elements()[element] - Expected.Elements()[element]);
        return double.IsNaN(difference) ? double.PositiveInfinity : difference;
    }

    private static bool HasShape(Array? written, Array expected) =>
        written is not null && written.Extents().SequenceEqual(expected.Extents());
}
