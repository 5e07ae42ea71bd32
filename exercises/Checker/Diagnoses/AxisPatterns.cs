namespace GalaxyNet.Exercises;

/// <summary>Results whose axes go the wrong way.</summary>
internal static class AxisPatterns
{
    /// <summary>The last two axes are exchanged.</summary>
    public static Diagnosis? Transposed(IReadOnlyList<Comparison> wrong) =>
        wrong.All(each => each.Is(TransposedOf(each.Expected)))
            ? new("transposed", "Its last two indices are exchanged.")
            : null;

    /// <summary>A filter meets its pixels from the last tap to the first.</summary>
    public static Diagnosis? FlippedFilter(IReadOnlyList<Comparison> wrong)
    {
        if (wrong[0].Trial.Input("w") is not { Rank: 4 })
            return null;
        return wrong.All(each => each.Is(each.Name == "dw" ? FlippedOf(each.Expected) : WithFlippedFilters(each)))
            ? new("the filters are flipped", "The first element of a filter is taken for its last.")
            : null;
    }

    private static Array? TransposedOf(Array array)
    {
        if (array.Rank < 2 || array.GetLength(array.Rank - 1) != array.GetLength(array.Rank - 2))
            return null;
        return Moved(array, place => (place[^1], place[^2]) = (place[^2], place[^1]));
    }

    private static Array FlippedOf(Array filters) => Moved(filters, place =>
    {
        place[2] = filters.GetLength(2) - 1 - place[2];
        place[3] = filters.GetLength(3) - 1 - place[3];
    });

    private static Array? WithFlippedFilters(Comparison comparison)
    {
        var trial = comparison.Trial;
        var arguments = trial.CopyArguments();
        int filters = trial.Inputs.ToList().FindIndex(each => each.Name == "w");
        arguments[filters] = FlippedOf(arguments[filters]);
        return trial.Gradients(arguments, trial.OutputGradient!)[comparison.Result];
    }

    private static Array Moved(Array array, Action<int[]> move) => Numbers.Like(array, element =>
    {
        int[] place = Numbers.PlaceOf(array, element);
        move(place);
        return array.Elements()[Numbers.ElementAt(array, place)];
    });
}
