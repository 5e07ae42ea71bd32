namespace GalaxyNet.Train;

/// <summary>The decision tree from top to bottom, for a narrow page: each question is below its answer.</summary>
internal static class TallTree
{
    private const double Width = 380;
    private const double Indent = 26;
    private const double Gap = 8; // before and after a question
    private const double LetterWidth = 8.4; // of a question's text
    private const double EdgeEnd = 4; // between a line and the question that it leads to

    /// <summary>The tree of one galaxy.</summary>
    public static Html Of(PredictedGalaxy galaxy)
    {
        var pieces = new List<Html>();
        double height = DrawAfter(galaxy, null, x: 0, y: 0, pieces);
        return Html.Of(
            $"""
            <svg class="tree tall" viewBox="0 0 {Width} {height:F0}" role="img" aria-label="{TreeMarks.Label}">
            {pieces}
            </svg>
            """);
    }

    /// <summary>Draws the questions after an answer, one below the other.</summary>
    /// <returns>The y of whatever comes next.</returns>
    private static double DrawAfter(PredictedGalaxy galaxy, string? answer, double x, double y, List<Html> pieces)
    {
        double top = y;
        foreach (var question in TreeMarks.AskedAfter(answer))
        {
            y += Gap;
            if (answer is not null)
                pieces.Add(Edge(galaxy, answer, x, top, y + (TreeMarks.LineHeight / 2)));
            y = Draw(galaxy, question, x, y, pieces);
        }
        return y;
    }

    private static double Draw(PredictedGalaxy galaxy, Question question, double x, double y, List<Html> pieces)
    {
        var lines = TreeMarks.Lines(question, (int)((Width - x) / LetterWidth));
        pieces.Add(Html.Of($"""<g class="node">{TreeMarks.QuestionText(lines, x, y)}</g>"""));
        y += (lines.Count * TreeMarks.LineHeight) + (Gap / 2);
        foreach (string name in question.ClassNames)
        {
            pieces.Add(TreeMarks.Answer(galaxy, name, x, y, Width - x));
            y = DrawAfter(galaxy, name, x + Indent, y + TreeMarks.AnswerHeight, pieces);
        }
        return y;
    }

    private static Html Edge(PredictedGalaxy galaxy, string answer, double x, double top, double end) =>
        TreeMarks.Edge(galaxy, answer, offset => FormattableString.Invariant(
            $"M{x - (Indent / 2) + offset:F1} {top - 5:F1}V{end - offset:F1}H{x - EdgeEnd:F1}"));
}
