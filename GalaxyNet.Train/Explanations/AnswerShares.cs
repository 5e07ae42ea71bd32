namespace GalaxyNet.Train;

/// <summary>
/// What share of those who are asked a question gives an answer. The 37 outputs are shares of all voters; divided by
/// the output of the answer after which the question is asked, they are what a volunteer would call the answer's share.
/// </summary>
internal static class AnswerShares
{
    private const int Nobody = -1;

    /// <summary>For each class, the class after which its question is asked.</summary>
    private static readonly int[] Before =
    [
        .. DecisionTree.Questions.SelectMany(question => question.Answers.Select(_ =>
            question.AskedAfter is { } name ? DecisionTree.IndexOf(name) : Nobody)),
    ];

    /// <summary>The share, from 0 to 1.</summary>
    /// <param name="outputs">The 37 outputs for an image.</param>
    /// <param name="column">The answer, as an index among the 37 classes.</param>
    public static double Of(ReadOnlySpan<float> outputs, int column) => Math.Clamp(Quotient(outputs, column), 0, 1);

    /// <summary>True if the outputs contradict the tree there, so that the share had to be cut off at 0 or 1.</summary>
    /// <inheritdoc cref="Of"/>
    public static bool IsCutOff(ReadOnlySpan<float> outputs, int column) =>
        Math.Abs(Quotient(outputs, column) - Of(outputs, column)) > TreeCheck.Tolerance;

    /// <summary>The most probable answer to each question that such answers lead to.</summary>
    /// <returns>Indices among the 37 classes, in the order of the questions.</returns>
    public static IReadOnlyList<int> MostProbable(ReadOnlySpan<float> outputs)
    {
        var columns = new List<int>();
        foreach (var question in DecisionTree.Questions)
        {
            bool isAsked = question.AskedAfter is not { } name || columns.Contains(DecisionTree.IndexOf(name));
            if (isAsked && MainAnswers.MostPopular(question, outputs) is { } popular)
                columns.Add(popular);
        }
        return columns;
    }

    /// <summary>The answers that best describe a galaxy's looks: <c>Smooth 81 %, in between 62 %</c>.</summary>
    public static string InWords(float[] outputs)
    {
        var words = MainAnswers.ColumnsOf(outputs).Select((column, i) =>
        {
            string name = DecisionTree.AnswerNames[column];
            return $"{(i == 0 ? name : Lower(name))} {100 * Of(outputs, column):F0}\u00a0%";
        });
        return string.Join(", ", words);
    }

    private static string Lower(string name) => string.Concat(name[..1].ToLowerInvariant(), name.AsSpan(1));

    private static double Quotient(ReadOnlySpan<float> outputs, int column)
    {
        double asked = Before[column] == Nobody ? 1 : outputs[Before[column]];
        return asked > 0 ? outputs[column] / asked : 0;
    }
}
