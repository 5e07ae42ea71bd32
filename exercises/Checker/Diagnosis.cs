namespace GalaxyNet.Exercises;

/// <summary>What is wrong with a result, as far as its numbers tell.</summary>
/// <param name="Finding">What it is, without the result's name: <c>the sign is wrong</c>.</param>
/// <param name="Hint">A sentence on where to look.</param>
internal sealed record Diagnosis(string Finding, string Hint)
{
    /// <summary>Looks for a pattern in all cases where a result is wrong, the smallest first.</summary>
    /// <returns>Null if there is none.</returns>
    private delegate Diagnosis? Pattern(IReadOnlyList<Comparison> wrong);

    private static readonly Pattern[] OfShapes = [ShapePatterns.Missing, ShapePatterns.WrongShape];

    /// <summary>What can be said of any array; the surest first.</summary>
    private static readonly Pattern[] OfNumbers =
    [
        NumberPatterns.NotFinite, NumberPatterns.Unchanged, NumberPatterns.Zero, NumberPatterns.Negative,
        FactorPattern.Find, AxisPatterns.Transposed, AxisPatterns.FlippedFilter, ImagePattern.Find,
        TermPattern.Last, NumberPatterns.Exchanged,
    ];

    /// <summary>What only tells where to look.</summary>
    private static readonly Pattern[] OfPlaces =
    [
        NumberPatterns.Close, PlacePatterns.Border, PlacePatterns.LeftOut, ChannelPatterns.Added,
        ChannelPatterns.Multiplied, PlacePatterns.Some, PlacePatterns.All,
    ];

    /// <summary>Finds what explains a result in all cases where it is wrong.</summary>
    /// <param name="wrong">These cases, the smallest first; one at least.</param>
    public static Diagnosis Of(IReadOnlyList<Comparison> wrong)
    {
        if (First(OfShapes, wrong) is { } shape)
            return shape;
        var known = KnownMistake(wrong);
        if (First(OfNumbers, wrong) is { } number)
            return known is null ? number : number with { Hint = known };
        return known is null ? OfPlace(wrong) : new Diagnosis("a mistake that many people make", known);
    }

    private static Diagnosis OfPlace(IReadOnlyList<Comparison> wrong)
    {
        var place = First(OfPlaces, wrong)!;
        return CasePattern.Of(wrong) is { } cases ? place with { Hint = $"{cases} {place.Hint}" } : place;
    }

    private static Diagnosis? First(Pattern[] patterns, IReadOnlyList<Comparison> wrong) =>
        patterns.Select(each => each(wrong)).FirstOrDefault(found => found is not null);

    /// <summary>What people do wrong in this operation, if it gives what is written; several may do so.</summary>
    private static string? KnownMistake(IReadOnlyList<Comparison> wrong)
    {
        var known = OperationCatalogue.MistakesOf(wrong[0].Exercise.Name)
            .Where(mistake => wrong.All(each => each.Is(ResultOf(mistake, each))))
            .Select(mistake => mistake.Description)
            .ToList();
        return known.Count == 0 ? null : string.Join(" Or: ", known);
    }

    private static Array? ResultOf(Mistake mistake, Comparison comparison)
    {
        var trial = comparison.Trial;
        var gradients = trial.Gradients(trial.CopyArguments(), trial.OutputGradient!, mistake.Backward);
        return gradients[comparison.Result]?.Shaped([.. comparison.Expected.Extents()]);
    }
}
