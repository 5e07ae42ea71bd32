namespace GalaxyNet.Exercises;

/// <summary>Results that hold one term of each sum.</summary>
internal static class TermPattern
{
    /// <summary>The last term's.</summary>
    public static Diagnosis? Last(IReadOnlyList<Comparison> wrong) =>
        wrong.All(each => each.Is(LastTerms(each)))
            ? new("the last term of each sum alone", "Is there a = where += should be?")
            : null;

    /// <summary>What comes out if each element of dy, one after the other, replaces what it should add to.</summary>
    private static Array? LastTerms(Comparison comparison)
    {
        var trial = comparison.Trial;
        if (trial.OutputGradient is not { } dy)
            return null;
        var last = Numbers.Like(comparison.Expected, _ => 0);
        for (int element = 0; element < dy.Length; element++)
        {
            var alone = Numbers.Like(dy, i => i == element ? dy.Elements()[i] : 0);
            var term = trial.Gradients(trial.CopyArguments(), alone)[comparison.Result]!;
            for (int i = 0; i < last.Length; i++)
            {
                if (term.Elements()[i] != 0)
                    last.Elements()[i] = term.Elements()[i];
            }
        }
        return last;
    }
}
