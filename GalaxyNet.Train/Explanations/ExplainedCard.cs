using System.Globalization;

namespace GalaxyNet.Train;

/// <summary>One image of an <see cref="ExplainedPage"/>.</summary>
internal static class ExplainedCard
{
    private const double MostOfTheViews = 0.75;
    private const int JpegQuality = 90;

    /// <summary>Its line in the page's contents.</summary>
    public static Html Entry(Explanation explanation) => Html.Of(
        $"""
        <li><a href="#{Anchor(explanation)}">{Name(explanation)}</a>: {Words(explanation)}</li>

        """);

    /// <summary>Its answers, their spread, and where they come from.</summary>
    public static Html Of(Explanation explanation, GalaxyDataset galaxies, Occlusion occlusion)
    {
        int last = explanation.Looks[^1].Column;
        string data = Convert.ToBase64String(
            ImageFile.ToJpeg(galaxies.ToImage(explanation.Galaxy.Index), JpegQuality));
        var image = Html.Of($"""<img alt="{Name(explanation)}" src="data:image/jpeg;base64,{data}"/>""");
        return Html.Of(
            $"""
            <section class="explained" id="{Anchor(explanation)}">
            <h2>{Name(explanation)}</h2>
            <p><b>{Words(explanation)}</b> <small>{explanation.Galaxy.Predicted[last]:P0} of all volunteers would come
            to the last of these answers and give it.</small></p>
            <div class="looks"><figure><span class="stack">{image}</span>
            <figcaption>what the network gets</figcaption></figure>
            {explanation.Looks.Select(look => Look(look, explanation, image, occlusion))}</div>
            <table><thead><tr><th>question and most probable answer</th><th class="number">of those asked</th>
            <th class="number">±</th><th class="number">views that agree</th></tr></thead>
            <tbody>{explanation.Answers.Select(Row)}</tbody></table>
            <details><summary>All 37 answers, as shares of all volunteers</summary>
            {TallTree.Of(explanation.Galaxy)}</details>
            </section>

            """);
    }

    private static string Words(Explanation explanation) => AnswerShares.InWords(explanation.Galaxy.Predicted);

    private static string Name(Explanation explanation) =>
        explanation.Galaxy.Id.ToString(CultureInfo.InvariantCulture);

    private static string Anchor(Explanation explanation) => $"image-{explanation.Galaxy.Index}";

    private static Html Look(HeatMap look, Explanation explanation, Html image, Occlusion occlusion)
    {
        string map = Convert.ToBase64String(look.ToPng());
        string name = DecisionTree.AnswerNames[look.Column];
        double start = 100 * occlusion.MapStart, side = 100 * occlusion.MapSide;
        double share = AnswerShares.Of(explanation.Galaxy.Predicted, look.Column);
        return Html.Of(
            $"""
            <figure><span class="stack">{image}<img class="heat" alt="where {name} comes from"
            style="left:{start:F3}%;top:{start:F3}%;width:{side:F3}%;height:{side:F3}%"
            src="data:image/png;base64,{map}"/></span><figcaption>{name} {100 * share:F0} %
            <br/><small>{Points(look.Changes.Min())} to {Points(look.Changes.Max())} points</small></figcaption>
            </figure>
            """);
    }

    /// <summary>A change in points of percent, with its sign.</summary>
    private static string Points(double change) =>
        (100 * change).ToString("+0;-0;0", CultureInfo.InvariantCulture);

    private static Html Row(ExplainedAnswer answer)
    {
        var question = DecisionTree.QuestionOf(answer.Column);
        string kind = answer.Agreeing < MostOfTheViews * Explainer.ViewCount ? "number unsure" : "number";
        return Html.Of(
            $"""
            <tr><td><small>{question.Number}. {question.Text}</small><br/>{DecisionTree.AnswerNames[answer.Column]}
            {ErrorTable.Bar("predicted", answer.Share)}</td>
            <td class="number">{100 * answer.Share:F0} %{(answer.IsCutOff ? " (cut off)" : "")}</td>
            <td class="number">{100 * answer.Deviation:F0}</td>
            <td class="{kind}">{answer.Agreeing} of {Explainer.ViewCount}</td></tr>
            """);
    }
}
