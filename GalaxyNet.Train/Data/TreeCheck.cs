using System.Globalization;

namespace GalaxyNet.Train;

/// <summary>
/// Looks for rows of a label file that contradict the decision tree: the answers to a question should add up to the
/// class after which it is asked. Rounding alone puts some of the survey's own rows a little off, so they are used.
/// A question of which an answer is not known cannot be checked.
/// </summary>
/// <param name="path">The label file.</param>
internal sealed class TreeCheck(string path)
{
    /// <summary>How far a sum may be off.</summary>
    public const float Tolerance = 0.01f;

    private const float Rounding = 1e-5f; // of sums of float32 numbers with six digits

    private int rows;
    private float largest;
    private string worst = "";

    /// <summary>What was found, as a line; null if all rows are sound.</summary>
    public string? Report => rows == 0
        ? null
        : $"{path}: rows that break the decision tree by more than {Tolerance}, used as they are: {rows:N0}; {worst}";

    /// <summary>Checks one row.</summary>
    /// <param name="row">The 37 fractions; NaN where one is not known.</param>
    /// <param name="line">The number of its line.</param>
    public void Look(ReadOnlySpan<float> row, long line)
    {
        bool breaks = false;
        foreach (var question in DecisionTree.Questions)
        {
            float sum = 0;
            foreach (string name in question.ClassNames)
                sum += row[DecisionTree.IndexOf(name)];
            float wanted = question.AskedAfter is { } earlier ? row[DecisionTree.IndexOf(earlier)] : 1;
            float difference = Math.Abs(sum - wanted); // NaN, which is never too large, where one is unknown
            breaks |= difference > Tolerance + Rounding;
            if (difference > largest)
                (largest, worst) = (difference, Describe(question, sum, wanted, line));
        }
        if (breaks)
            rows++;
    }

    private static string Describe(Question question, float sum, float wanted, long line) => string.Create(
        CultureInfo.InvariantCulture,
        $"the worst is line {line}, where the answers to question {question.Number} add up to {sum:F3} "
        + $"instead of {(question.AskedAfter is { } earlier ? $"the {wanted:F3} of {earlier}" : "1")}");
}
