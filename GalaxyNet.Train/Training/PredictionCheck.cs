using System.Globalization;

namespace GalaxyNet.Train;

/// <summary>Something that is wrong with a network, seen from its predictions.</summary>
/// <param name="What">What is wrong, without a full stop.</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record Finding(string What, string Remedy)
{
    /// <summary>Both in a line.</summary>
    public override string ToString() => $"{What}: {Remedy}";
}

/// <summary>Looks for what went wrong in training where all that is left are the predictions.</summary>
internal static class PredictionCheck
{
    private const double Still = 1e-4; // a standard deviation over images, or a distance to 0 or 1
    private const int Named = 3;
    private const int FewImages = 10; // of which rare answers may well be as good as equal
    private const int FewSteps = 200; // in which a network may have hardly begun
    private const int Classes = DecisionTree.ClassCount;

    /// <summary>
    /// Looks for outputs that are the same for every image, for those among them that are stuck at 0 or 1 (there a
    /// sigmoid or softmax passes no gradient on), and for a network that is no better than always guessing the mean.
    /// </summary>
    /// <param name="predictions">[images, 37].</param>
    /// <param name="score">Their score.</param>
    /// <param name="guess">The score of always guessing the mean, over the same images.</param>
    /// <param name="settings">What the network was trained with: a remedy has none of it.</param>
    /// <param name="steps">How many steps it was trained for.</param>
    public static IReadOnlyList<Finding> Of(
        float[] predictions, Score score, Score guess, TrainingSettings settings, long steps)
    {
        string gentler = Gentler(settings);
        int images = predictions.Length / Classes;
        int[] constant = images < FewImages ? [] : Where(output => Deviation(predictions, output) < Still);
        int[] stuck = Array.FindAll(constant, output => IsStuck(predictions, output));
        bool mayBeTooEarly = stuck.Length == 0 && steps < FewSteps;
        var findings = new List<Finding>();
        if (constant.Length > 0)
            findings.Add(new Finding(
                $"{HowMany(constant)} the same for every one of the {images:N0} galaxies",
                mayBeTooEarly
                    ? $"{steps:N0} steps may be too few to tell; train for more --epochs, and if that does not help, "
                        + $"anew with {gentler}"
                    : $"the network no longer looks at the image there; train anew with {gentler}"));
        if (stuck.Length > 0)
            findings.Add(new Finding(
                $"{HowMany(stuck)} stuck at 0 or 1, where no gradient moves them any more",
                $"the first steps were too long; train anew with {gentler}"));
        if (score.Rmse >= guess.Rmse && guess.Rmse > 0) // nothing is better than a guess that is right
            findings.Add(new Finding(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The network is no better yet than always guessing the mean (RMSE {score.Rmse:F5}, "
                    + $"the guess {guess.Rmse:F5} on the same galaxies)"),
                findings.Count > 0 && !mayBeTooEarly
                    ? "more epochs will hardly help while outputs do not move"
                    : $"more --epochs may help, and so may {gentler}"));
        return findings;
    }

    private static int[] Where(Predicate<int> isSo) =>
        [.. Enumerable.Range(0, Classes).Where(output => isSo(output))];

    private static double Deviation(float[] predictions, int output)
    {
        int images = predictions.Length / Classes;
        double sum = 0, squares = 0;
        float first = predictions[output]; // differences from it lose fewer digits
        for (int i = output; i < predictions.Length; i += Classes)
        {
            double difference = (double)predictions[i] - first;
            sum += difference;
            squares += difference * difference;
        }
        double mean = sum / images;
        return Math.Sqrt(Math.Max(0, (squares / images) - (mean * mean)));
    }

    private static bool IsStuck(float[] predictions, int output)
    {
        float end = MathF.Round(predictions[output]);
        if (end is not (0 or 1))
            return false;
        for (int i = output; i < predictions.Length; i += Classes)
        {
            if (Math.Abs(predictions[i] - end) > Still)
                return false;
        }
        return true;
    }

    private static string HowMany(int[] outputs)
    {
        if (outputs.Length == Classes)
            return $"All {Classes} outputs are";
        string names = string.Join(", ", outputs.Take(Named).Select(DecisionTree.NameInWords));
        string more = outputs.Length > Named ? $" and {outputs.Length - Named} more" : "";
        return $"{outputs.Length} of {Classes} outputs ({names}{more}) {(outputs.Length == 1 ? "is" : "are")}";
    }

    /// <summary>Options that make the steps of training smaller, the first ones above all.</summary>
    private static string Gentler(TrainingSettings settings)
    {
        List<string> options = [];
        if (settings.WarmUp == 0)
            options.Add("--warm-up 2");
        if (settings.Schedule == LearningRateDecay.Constant)
            options.Add("--schedule cosine");
        string smaller = string.Create(
            CultureInfo.InvariantCulture, $"a smaller --learning-rate than {settings.LearningRate}");
        return options.Count == 0 ? smaller : $"{string.Join(", ", options)} or {smaller}";
    }
}
