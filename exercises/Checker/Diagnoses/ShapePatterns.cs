namespace GalaxyNet.Exercises;

/// <summary>Results that cannot be compared.</summary>
internal static class ShapePatterns
{
    /// <summary>Nothing was returned.</summary>
    public static Diagnosis? Missing(IReadOnlyList<Comparison> wrong) =>
        wrong.FirstOrDefault(each => each.Written is null) is { } missing
            ? new("null", $"It should be an array of the shape {Numbers.ShapeOf(missing.Expected)}.")
            : null;

    /// <summary>The extents are others.</summary>
    public static Diagnosis? WrongShape(IReadOnlyList<Comparison> wrong)
    {
        if (wrong.FirstOrDefault(each => !each.IsShaped) is not { } first)
            return null;
        return new(
            $"the shape is {Numbers.ShapeOf(first.Written!)} where it should be {Numbers.ShapeOf(first.Expected)}",
            HintOn(first));
    }

    private static string HintOn(Comparison wrong)
    {
        int[] extents = wrong.Written!.Extents();
        int other = Enumerable.Range(0, wrong.Trial.Expected.Count)
            .FirstOrDefault(i => i != wrong.Result && wrong.Trial.Expected[i].Extents().SequenceEqual(extents), -1);
        if (wrong.Expected.Extents().Reverse().SequenceEqual(extents))
            return "It is transposed.";
        if (other >= 0)
            return $"This is the shape of {wrong.Trial.ResultNames[other]}: are the results in the wrong order?";
        if (wrong.Expected.Extents().Order().SequenceEqual(extents.Order()))
            return "The extents are right, but in another order: are two indices exchanged?";
        return wrong.Trial.HasGradients
            ? $"A gradient has the shape of what it belongs to: {wrong.Name} that of {wrong.Name[1..]}."
            : "The comment of the method says what comes out.";
    }
}
