namespace GalaxyNet.Train;

/// <summary>The decision tree for one galaxy, with predicted and voted fractions.</summary>
internal static class TreeDiagram
{
    /// <summary>The tree of the galaxy whose error is in the middle of all.</summary>
    public static Html Of(RunReport report)
    {
        var galaxy = report.ByError[report.ByError.Count / 2];
        return Html.Of(
            $"""
            <h2>The decision tree of galaxy {galaxy.Id}</h2>
            <p>Its error, {galaxy.Rmse:F4}, is in the middle of all. Each answer with the share of all voters who gave it:
            <span class="key predicted"></span> predicted / <span class="key voted"></span> voted. A question stands under the answer that leads to it.</p>
            <div class="whole">{GalaxyCard.Picture(report.Galaxies, galaxy)}</div>
            {Questions(galaxy, askedAfter: null)}
            """);
    }

    private static Html Questions(PredictedGalaxy galaxy, string? askedAfter)
    {
        var questions = DecisionTree.Questions.Where(question => question.AskedAfter == askedAfter);
        return Html.Of($"""<div class="tree">{questions.Select(question => Branch(galaxy, question))}</div>""");
    }

    private static Html Branch(PredictedGalaxy galaxy, Question question) => Html.Of(
        $"""
        <div class="branch"><b>{question.Number}. {question.Text}</b>
        {question.ClassNames.Select(name => Answer(galaxy, name))}</div>
        """);

    private static Html Answer(PredictedGalaxy galaxy, string className)
    {
        var answer = GalaxyCard.Answer(galaxy, DecisionTree.IndexOf(className));
        return DecisionTree.Questions.Any(question => question.AskedAfter == className)
            ? Html.Of($"{answer}{Questions(galaxy, className)}")
            : answer;
    }
}
