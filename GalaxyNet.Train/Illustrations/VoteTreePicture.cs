namespace GalaxyNet.Train;

/// <summary>One path down the decision tree, on which the shares multiply.</summary>
internal static class VoteTreePicture
{
    private const double BoxWidth = 158;
    private const double BoxHeight = 110;
    private const double BoxStep = BoxWidth + 6;
    private const double Padding = 8;
    private const double FirstLine = 88; // the baseline of the first question
    private const double LineHeight = 20;
    private const double Gap = 48; // from an answer down to the baseline of the next question
    private const int LettersOfLine = 54;

    private static readonly string[] Followed = ["Class1.2", "Class2.2", "Class4.1"];

    /// <summary>A network's sums for the answers on the path, as if of a spiral galaxy; all others are 0.</summary>
    public static IReadOnlyDictionary<string, double> Sums { get; } = new Dictionary<string, double>
    {
        ["Class1.1"] = 0.5,
        ["Class1.2"] = 1.5,
        ["Class1.3"] = -2.8,
        ["Class2.1"] = -1.2,
        ["Class2.2"] = 0.7,
        ["Class4.1"] = 1.1,
        ["Class4.2"] = 0.1,
        ["Class10.1"] = 0.1,
        ["Class10.2"] = 0.7,
        ["Class10.3"] = -0.3,
    };

    /// <summary>Each answer's share of all votes, by <see cref="TreeSoftmaxReference"/>.</summary>
    public static double[] Shares { get; } =
        [.. new TreeSoftmaxReference(DecisionTree.SoftmaxGroups).Forward(Input()).Cast<double>()];

    /// <summary>Draws it.</summary>
    public static Html Draw()
    {
        var pieces = new List<Html>
        {
            Legend(32, Html.Of($"{Marks.Symbol("x")}: the network's sum; {Marks.Symbol("p")}: share of those asked")),
            Legend(52, Html.Of($"{Marks.Symbol("y")}: share of all voters, also the length of the bar")),
        };
        double y = FirstLine;
        foreach (var question in Questions)
        {
            var lines = TreeMarks.Lines(question, LettersOfLine);
            pieces.AddRange(lines.Select((line, i) => Marks.Text(
                new Place(Canvas.Margin, y + (i * LineHeight)), line, "small strong")));
            y += ((lines.Count - 1) * LineHeight) + 10;
            pieces.AddRange(Answers(question, y));
            y += BoxHeight + Gap;
        }
        return Canvas.Of(
            "A path of four questions down the decision tree: at each, the softmax's shares of the answers are "
            + "multiplied by the share of the answer that led to the question",
            y - Gap + Canvas.Margin,
            pieces);
    }

    private static IEnumerable<Question> Questions =>
        DecisionTree.Questions.Where(question => Sums.ContainsKey(question.ClassNames.First()));

    private static double[,] Input() => Matrix.Of(
        1, DecisionTree.ClassCount, (_, column) => Sums.GetValueOrDefault(DecisionTree.ClassNames[column]));

    private static Html Legend(double y, Html text) => Marks.Text(new Place(Canvas.Margin, y), text, "small");

    private static IEnumerable<Html> Answers(Question question, double top)
    {
        double left = (Canvas.Width - (question.Answers.Length * BoxStep) + BoxStep - BoxWidth) / 2;
        return question.ClassNames.SelectMany(
            (name, i) => Answer(name, question, new Place(left + (i * BoxStep), top)));
    }

    private static IEnumerable<Html> Answer(string name, Question question, Place corner)
    {
        bool isFollowed = Followed.Contains(name);
        int column = DecisionTree.IndexOf(name);
        double barWidth = (BoxWidth - (2 * Padding)) * Shares[column];
        yield return Marks.Rectangle(corner, BoxWidth, BoxHeight, isFollowed ? "box-first" : "box", round: 6);
        yield return Marks.Text(corner + (Padding, 20), DecisionTree.AnswerNames[column], "small");
        yield return Marks.Text(corner + (Padding, 42), ShareOfAsked(name, question), "small");
        yield return Marks.Text(corner + (Padding, 62), Product(name, question), "small");
        yield return Marks.Text(corner + (Padding + 10, 82), $"= {Marks.Number(ShareOf(name))}", "small strong");
        yield return Marks.Rectangle(corner + (Padding, BoxHeight - 18), barWidth, 8, "full-first");
        if (isFollowed)
            yield return Marks.Arrow(corner + (BoxWidth / 2, BoxHeight), corner + (BoxWidth / 2, BoxHeight + Gap - 18));
    }

    private static Html ShareOfAsked(string name, Question question)
    {
        var (x, p) = (Marks.Symbol("x"), Marks.Symbol("p"));
        return Html.Of($"{x} = {Marks.Number(Sums[name])}, {p} = {Marks.Number(Asked(name, question))}");
    }

    private static Html Product(string name, Question question) => question.AskedAfter is not { } parent
        ? Html.Of($"{Marks.Symbol("y")} = {Marks.Symbol("p")}")
        : Html.Of($"{Marks.Symbol("y")} = {Marks.Number(ShareOf(parent))} · {Marks.Number(Asked(name, question))}");

    private static double Asked(string name, Question question) =>
        ShareOf(name) / (question.AskedAfter is { } parent ? ShareOf(parent) : 1);

    private static double ShareOf(string name) => Shares[DecisionTree.IndexOf(name)];
}
