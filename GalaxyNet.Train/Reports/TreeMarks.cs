namespace GalaxyNet.Train;

/// <summary>The parts of a drawn decision tree, as SVG. All lengths are in the drawing's own pixels.</summary>
internal static class TreeMarks
{
    /// <summary>What a drawing is, for screen readers.</summary>
    public const string Label = "The decision tree with the fraction of each answer";

    /// <summary>From one answer to the next.</summary>
    public const double AnswerHeight = 31;

    /// <summary>From one line of a question's text to the next.</summary>
    public const double LineHeight = 16;

    private const double Baseline = 13; // of a line of text, below its top
    private const double BarHeight = 4;
    private const double NumbersWidth = 82; // holds "0.00 / 0.00"
    private const double LetterWidth = 6.3; // on the average, in the widest of the fonts that browsers take
    private const double WidestEdge = 6;
    private const double ThinnestEdge = 0.75;

    /// <summary>The questions asked after an answer; with null, those that everybody is asked.</summary>
    public static IEnumerable<Question> AskedAfter(string? className) =>
        DecisionTree.Questions.Where(question => question.AskedAfter == className);

    /// <summary>A question's text in lines of limited length.</summary>
    public static List<string> Lines(Question question, int letters)
    {
        var lines = new List<string> { $"{question.Number}." };
        foreach (string word in question.Text.Split(' '))
        {
            if (lines[^1].Length + 1 + word.Length <= letters)
                lines[^1] += $" {word}";
            else
                lines.Add(word);
        }
        return lines;
    }

    /// <summary>A question's text.</summary>
    public static Html QuestionText(List<string> lines, double x, double y) => Html.Of(
        $"""
        <text class="asked">{lines.Select((line, i) => Line(line, x, y + (i * LineHeight) + Baseline))}</text>
        """);

    private static Html Line(string text, double x, double y) =>
        Html.Of($"""<tspan x="{x:F1}" y="{y:F1}">{text}</tspan>""");

    /// <summary>An answer with its fractions, predicted and, if known, voted, as numbers and as bars.</summary>
    public static Html Answer(PredictedGalaxy galaxy, string className, double x, double y, double width)
    {
        int column = DecisionTree.IndexOf(className);
        string name = DecisionTree.AnswerNames[column];
        float predicted = galaxy.Predicted[column];
        float? voted = galaxy.HasVotes ? galaxy.Voted[column] : null;
        double room = width - NumbersWidth;
        var squeeze = name.Length * LetterWidth > room // it might run into the numbers
            ? Html.Of($""" textLength="{room:F0}" lengthAdjust="spacingAndGlyphs" """)
            : default;
        double baseline = y + Baseline;
        double barTop = y + LineHeight + 1;
        return Html.Of(
            $"""
            <g class="leaf"><text x="{x:F1}" y="{baseline:F1}"{squeeze}>{name}</text>
            <text class="number" x="{x + width:F1}" y="{baseline:F1}">{predicted:F2}{Voted(voted)}</text>
            {Bar("predicted", predicted, x, barTop, width)}
            {(voted is { } share ? Bar("voted", share, x, barTop + BarHeight, width) : default)}</g>
            """);
    }

    private static Html Voted(float? voted) => voted is { } share ? Html.Of($" / {share:F2}") : default;

    /// <summary>The lines from an answer to the next question, predicted and voted, as wide as their shares.</summary>
    /// <param name="galaxy">The galaxy.</param>
    /// <param name="className">The answer.</param>
    /// <param name="path">The path of a line by its offset to the right or downward.</param>
    public static Html Edge(PredictedGalaxy galaxy, string className, Func<double, string> path)
    {
        double predicted = EdgeWidth(galaxy.Predicted[DecisionTree.IndexOf(className)]);
        float votes = galaxy.HasVotes ? galaxy.Voted[DecisionTree.IndexOf(className)] : float.NaN;
        if (float.IsNaN(votes))
            return EdgeLine("predicted", predicted, path(0));
        double voted = EdgeWidth(votes);
        return Html.Of(
            $"""
            {EdgeLine("predicted", predicted, path(-voted / 2))}
            {EdgeLine("voted", voted, path(predicted / 2))}
            """);
    }

    private static Html EdgeLine(string kind, double width, string path) =>
        Html.Of($"""<path class="edge {kind}" stroke-width="{width:F1}" d="{path}"/>""");

    private static double EdgeWidth(double fraction) => ThinnestEdge + (WidestEdge * Math.Clamp(fraction, 0, 1));

    /// <summary>A bar on its track; the track alone if the fraction is NaN.</summary>
    private static Html Bar(string kind, double fraction, double x, double y, double width) => Html.Of(
        $"""
        {Rectangle("track", x, y, width)}
        {(double.IsNaN(fraction) ? default : Rectangle(kind, x, y, Math.Max(1, width * Math.Clamp(fraction, 0, 1))))}
        """);

    private static Html Rectangle(string kind, double x, double y, double width) => Html.Of(
        $"""<rect class="{kind}" x="{x:F1}" y="{y:F1}" width="{width:F1}" height="{BarHeight - 1}"/>""");
}
