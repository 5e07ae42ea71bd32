namespace GalaxyNet.Train;

/// <summary>The errors by question, each with those of its answers.</summary>
internal static class ErrorTable
{
    private const double FullWidth = 100; // percent

    /// <summary>A row for each question and each class.</summary>
    public static Html Of(RunReport report)
    {
        double largest = Math.Max(report.Score.RmsePerClass.Max(), report.Guess.RmsePerClass.Max());
        return Html.Of(
            $"""
            <table class="errors"><thead><tr><th>question and answers</th><th class="number">network</th>
            <th class="number">guess</th><th></th></tr></thead><tbody>
            {DecisionTree.Questions.SelectMany(question => Rows(report, question, largest))}
            </tbody></table>
            {(report.Score.RmsePerClass.Any(double.IsNaN) ? NotKnown : default)}
            """);
    }

    private static Html NotKnown => Html.Of($"<p>A dash: of these galaxies no vote for that class is known.</p>");

    private static IEnumerable<Html> Rows(RunReport report, Question question, double largest)
    {
        int[] columns = [.. question.ClassNames.Select(DecisionTree.IndexOf)];
        var (network, guess) = (report.Score, report.Guess);
        yield return Row("question", $"{question.Number}. {question.Text}", Of(network), Of(guess), largest);
        foreach (int column in columns)
        {
            string answer = $"{DecisionTree.ClassNames[column]} {DecisionTree.AnswerNames[column]}";
            yield return Row("answer", answer, network.RmsePerClass[column], guess.RmsePerClass[column], largest);
        }

        double Of(Score score) => Math.Sqrt(columns
            .Select(column => Math.Pow(score.RmsePerClass[column], 2))
            .Where(squared => !double.IsNaN(squared))
            .DefaultIfEmpty(double.NaN)
            .Average());
    }

    private static Html Row(string kind, string name, double error, double guess, double largest) => Html.Of(
        $"""
        <tr class="{kind}"><td>{name}</td><td class="number">{error:F4}</td><td class="number">{guess:F4}</td>
        <td class="bars">{Bar("predicted", error / largest)}{Bar("guess", guess / largest)}</td></tr>
        """);

    /// <summary>A bar that takes a share of the width that it has; none if the share is NaN.</summary>
    public static Html Bar(string kind, double share) => double.IsNaN(share)
        ? default
        : Html.Of($"""<i class="bar {kind}" style="width:{FullWidth * Math.Clamp(share, 0, 1):F1}%"></i>""");
}
