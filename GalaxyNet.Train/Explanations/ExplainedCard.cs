using System.Globalization;

namespace GalaxyNet.Train;

/// <summary>One image of an <see cref="ExplainedPage"/>.</summary>
/// <param name="explanation">What there is to say of it.</param>
/// <param name="images">Tell its name, and what is wrong with it.</param>
/// <param name="notLearned">The classes of which a run was never told a vote.</param>
internal sealed class ExplainedCard(
    Explanation explanation, CroppedImages images, IReadOnlyCollection<string> notLearned)
{
    private const double MostOfThePredictions = 0.75;
    private const int JpegQuality = 90;

    private readonly string name = images.List.Images[explanation.Image].Name;
    private readonly string words = AnswerShares.InWords(explanation.Predicted);
    private readonly Look look = explanation.Look;

    /// <summary>Its line in the page's contents.</summary>
    public Html Entry => Html.Of($"""<li><a href="#{Anchor}">{name}</a>: {words}</li>{Environment.NewLine}""");

    private string Anchor => $"image-{explanation.Image}";

    /// <summary>Its answers, their spread, and where they come from.</summary>
    public Html ToHtml()
    {
        var picture = Picture();
        return Html.Of(
            $"""
            <section class="explained" id="{Anchor}">
            <h2>{name}</h2>
            {Beware()}
            <p><b>{words}</b> <small>{explanation.Predicted[look.Maps[^1].Column]:P0} of all volunteers would come
            to the last of these answers and give it.{Blind}</small></p>
            <div class="looks"><figure><span class="stack">{picture}</span>
            <figcaption>what {look.Run ?? "the network"} gets<br/><small>{look.Picture.Width} x {look.Picture.Height}
            pixels</small></figcaption></figure>
            {look.Maps.Select(map => Overlay(map, picture))}</div>
            <table><thead><tr><th>question and most probable answer</th><th class="number">of those asked</th>
            <th class="number">±</th><th class="number">predictions that agree</th></tr></thead>
            <tbody>{explanation.Answers.Select(Row)}</tbody></table>
            <details><summary>All 37 answers, as shares of all volunteers</summary>
            {Tree()}</details>
            </section>

            """);
    }

    private string Blind => explanation.BlindRuns.Count > 0
        ? $" This is without {string.Join(", ", explanation.BlindRuns)}, for which the image is dark."
        : "";

    private Html Beware() => images.Warnings[explanation.Image] is not ImageWarnings.None and var warnings
        ? Html.Of($"""<p class="beware">Beware: the image has {warnings.AfterHas()}.</p>""")
        : default;

    private Html Picture()
    {
        string data = Convert.ToBase64String(ImageFile.ToJpeg(look.Picture, JpegQuality));
        return Html.Of($"""<img alt="{name}" src="data:image/jpeg;base64,{data}"/>""");
    }

    private Html Overlay(HeatMap map, Html picture)
    {
        string data = Convert.ToBase64String(map.ToPng());
        string answer = DecisionTree.AnswerNames[map.Column];
        double start = 100 * look.Occlusion.MapStart, side = 100 * look.Occlusion.MapSide;
        double share = AnswerShares.Of(explanation.Predicted, map.Column);
        return Html.Of(
            $"""
            <figure><span class="stack">{picture}<img class="heat" alt="where {answer} comes from"
            style="left:{start:F3}%;top:{start:F3}%;width:{side:F3}%;height:{side:F3}%"
            src="data:image/png;base64,{data}"/></span><figcaption>{answer} {100 * share:F0} %
            <br/><small>{Points(map.Changes.Min())} to {Points(map.Changes.Max())} points</small></figcaption>
            </figure>
            """);
    }

    /// <summary>A change in points of percent, with its sign.</summary>
    private static string Points(double change) =>
        (100 * change).ToString("+0;-0;0", CultureInfo.InvariantCulture);

    private Html Row(ExplainedAnswer answer)
    {
        var question = DecisionTree.QuestionOf(answer.Column);
        bool isLearned = !notLearned.Contains(DecisionTree.ClassNames[answer.Column]);
        bool isSure = isLearned && answer.Agreeing >= MostOfThePredictions * explanation.Predictions;
        return Html.Of(
            $"""
            <tr><td><small>{question.Number}. {question.Text}</small><br/>{DecisionTree.AnswerNames[answer.Column]}
            {(isLearned ? "" : "(never learned)")}
            {ErrorTable.Bar("predicted", answer.Share)}</td>
            <td class="number">{100 * answer.Share:F0} %{(answer.IsCutOff ? " (cut off)" : "")}</td>
            <td class="number">{100 * answer.Deviation:F0}</td>
            <td class="{(isSure ? "number" : "number unsure")}">{answer.Agreeing} of {explanation.Predictions}</td></tr>
            """);
    }

    /// <summary>The whole tree, which shows no number of a galaxy.</summary>
    private Html Tree() =>
        TallTree.Of(new PredictedGalaxy(explanation.Image, Id: 0, explanation.Predicted, Voted: []));
}
