namespace GalaxyNet.Train;

/// <summary>The decision tree from left to right: a column for each step down, a box for each question.</summary>
internal static class WideTree
{
    private const double Width = 1088;
    private const double BoxWidth = 242;
    private const double ColumnStep = (Width - BoxWidth) / 3; // four columns
    private const double Padding = 9;
    private const double Gap = 16; // between boxes of a column, at least
    private const int LettersOfLine = 27;

    /// <summary>The tree of one galaxy.</summary>
    public static Html Of(PredictedGalaxy galaxy)
    {
        var boxes = new List<Box>();
        Place(boxes, parent: null);
        return Html.Of(
            $"""
            <svg class="tree wide" viewBox="0 0 {Width} {boxes.Max(box => box.Bottom) + 1:F0}" role="img"
              aria-label="{TreeMarks.Label}">
            {boxes.Select(box => EdgeTo(galaxy, box))}
            {boxes.Select(box => Draw(galaxy, box))}
            </svg>
            """);
    }

    /// <summary>Puts each question after a box beside its answer or, if that is taken, below the last one.</summary>
    private static void Place(List<Box> boxes, Box? parent)
    {
        string?[] answers = parent is null ? [null] : [.. parent.Question.ClassNames];
        foreach (string? answer in answers)
        {
            foreach (var question in TreeMarks.AskedAfter(answer))
            {
                int column = parent is null ? 0 : parent.Column + 1;
                double lowest = boxes.Where(box => box.Column == column)
                    .Select(box => box.Bottom + Gap).DefaultIfEmpty(0).Max();
                var box = new Box(question, column, parent, Math.Max(lowest, parent?.Top ?? 0));
                boxes.Add(box);
                Place(boxes, box);
            }
        }
    }

    private static Html Draw(PredictedGalaxy galaxy, Box box) => Html.Of(
        $"""
        <g class="node"><rect class="box" rx="6" x="{box.Left + 0.5:F1}" y="{box.Top + 0.5:F1}"
          width="{BoxWidth - 1}" height="{box.Bottom - box.Top:F1}"/>
        {TreeMarks.QuestionText(box.Lines, box.Left + Padding, box.Top + Padding)}
        {box.Question.ClassNames.Select((name, i) =>
            TreeMarks.Answer(galaxy, name, box.Left + Padding, box.AnswerTop(i), BoxWidth - (2 * Padding)))}</g>
        """);

    private static Html EdgeTo(PredictedGalaxy galaxy, Box box)
    {
        if (box.Parent is not { } parent)
            return default;
        string answer = box.Question.AskedAfter!;
        int index = parent.Question.ClassNames.ToList().IndexOf(answer);
        double start = parent.AnswerTop(index) + (TreeMarks.AnswerHeight / 2);
        double end = box.Top + Padding + (TreeMarks.LineHeight * box.Lines.Count / 2);
        double from = parent.Left + BoxWidth;
        return TreeMarks.Edge(galaxy, answer, offset =>
        {
            // The offset in both directions keeps the two lines side by side.
            double middle = ((from + box.Left) / 2) - (offset * Math.Sign(end - start));
            var (first, last) = (start + offset, end + offset);
            return FormattableString.Invariant(
                $"M{from:F1} {first:F1}C{middle:F1} {first:F1} {middle:F1} {last:F1} {box.Left:F1} {last:F1}");
        });
    }

    /// <summary>A question with its position.</summary>
    private sealed record Box(Question Question, int Column, Box? Parent, double Top)
    {
        public double Left => Column * ColumnStep;

        public List<string> Lines { get; } = TreeMarks.Lines(Question, LettersOfLine);

        public double Bottom => AnswerTop(Question.Answers.Length) + Padding - 3;

        public double AnswerTop(int answer) =>
            Top + Padding + (Lines.Count * TreeMarks.LineHeight) + 5 + (answer * TreeMarks.AnswerHeight);
    }
}
