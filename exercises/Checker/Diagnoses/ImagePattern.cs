namespace GalaxyNet.Exercises;

/// <summary>Results of one image, where those of all should be added up.</summary>
internal static class ImagePattern
{
    /// <summary>The last image's, or the first's.</summary>
    public static Diagnosis? Find(IReadOnlyList<Comparison> wrong)
    {
        if (wrong.All(each => each.Is(OfImage(each, isLast: true))))
            return new("that of the last image alone", "Is there a = where += should be?");
        return wrong.All(each => each.Is(OfImage(each, isLast: false)))
            ? new("that of the first image alone", "The loop over the batch ends too early, or is missing.")
            : null;
    }

    /// <summary>What comes out if nothing comes back but for one image; null where there are not several.</summary>
    private static Array? OfImage(Comparison comparison, bool isLast)
    {
        var trial = comparison.Trial;
        if (trial.OutputGradient is not { Rank: > 1 } dy || dy.GetLength(0) < 2)
            return null;
        int size = dy.Length / dy.GetLength(0);
        int image = isLast ? dy.GetLength(0) - 1 : 0;
        var alone = Numbers.Like(dy, i => i / size == image ? dy.Elements()[i] : 0);
        return trial.Gradients(trial.CopyArguments(), alone)[comparison.Result];
    }
}
