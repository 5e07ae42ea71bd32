using System.Globalization;
using Tensorboard;

namespace GalaxyNet.Train;

/// <summary>A few of the scored galaxies, with what the network predicts and what the volunteers voted.</summary>
/// <param name="galaxies">All galaxies.</param>
/// <param name="scored">Those that are scored; the first ones are shown.</param>
internal sealed class PredictedSample(GalaxyDataset galaxies, int[] scored)
{
    private const int Count = 6;
    private const int Classes = DecisionTree.ClassCount;

    private readonly Shown[] all =
    [
        .. scored.Take(Count).Select(galaxy => new Shown(
            galaxies.Ids[galaxy], galaxies.ToImage(galaxy), galaxies.Target(galaxy).ToArray())),
    ];

    /// <summary>A picture of each galaxy, and a table of their main answers.</summary>
    /// <param name="predictions">For all scored galaxies: [scored, 37].</param>
    public IReadOnlyList<Summary.Types.Value> With(float[] predictions)
    {
        var pictures = new Summary.Types.Value[all.Length];
        AllCores.Run(all.Length, i => pictures[i] = PictureOf(all[i], PredictedFor(i).Span));
        var rows = all.Select((galaxy, i) =>
            $"| {galaxy.Id} | {InWords(PredictedFor(i).Span)} | {InWords(galaxy.Voted)} |");
        string table = string.Join(
            '\n', ["| galaxy | the network predicts | the volunteers voted |", "|---|---|---|", .. rows]);
        return [.. pictures, SummaryValue.Text("galaxies/answers", table)];

        ReadOnlyMemory<float> PredictedFor(int i) => predictions.AsMemory(i * Classes, Classes);
    }

    private static Summary.Types.Value PictureOf(Shown galaxy, ReadOnlySpan<float> predicted) => SummaryValue.Picture(
        $"galaxies/{galaxy.Id}", AnswerBars.Draw(galaxy.Image, predicted, galaxy.Voted), AnswerBars.Description);

    private static string InWords(ReadOnlySpan<float> votes) => string.Join(
        ", ",
        MainAnswers.Of(votes)
            .Select(answer => string.Create(CultureInfo.InvariantCulture, $"{answer.Name} {100 * answer.Share:F0} %"))
            .DefaultIfEmpty("unknown"));

    private sealed record Shown(long Id, Image Image, float[] Voted);
}
