namespace GalaxyNet.Train;

/// <summary>A galaxy's image with the answers that are furthest off.</summary>
internal static class GalaxyCard
{
    private const int Answers = 4;
    private const int JpegQuality = 90;

    /// <summary>The card of one galaxy.</summary>
    public static Html Of(GalaxyDataset galaxies, PredictedGalaxy galaxy)
    {
        var furthest = Enumerable.Range(0, DecisionTree.ClassCount)
            .Where(column => !float.IsNaN(galaxy.Voted[column]))
            .OrderByDescending(column => MathF.Abs(galaxy.Predicted[column] - galaxy.Voted[column]))
            .Take(Answers);
        return Html.Of(
            $"""
            <div class="card">{Image(galaxies, galaxy)}
            <div><b>{galaxy.Id}</b> <small>RMSE {galaxy.Rmse:F4}</small>
            {furthest.Select(column => Answer(galaxy, column))}</div></div>
            """);
    }

    /// <summary>The image as the network sees it, embedded in the page.</summary>
    public static Html Image(GalaxyDataset galaxies, PredictedGalaxy galaxy)
    {
        int size = galaxies.Size;
        string data = Convert.ToBase64String(ImageFile.ToJpeg(galaxies.ToImage(galaxy.Index), JpegQuality));
        return Html.Of(
            $"""<img width="{size}" height="{size}" alt="galaxy {galaxy.Id}" src="data:image/jpeg;base64,{data}"/>""");
    }

    /// <summary>One answer with both fractions as numbers and bars.</summary>
    public static Html Answer(PredictedGalaxy galaxy, int column) => Html.Of(
        $"""
        <div class="both"><span>{DecisionTree.AnswerNames[column]}</span>
        <span class="number">{galaxy.Predicted[column]:F2} / {galaxy.Voted[column]:F2}</span>
        <span class="bars">{ErrorTable.Bar("predicted", galaxy.Predicted[column])}
        {ErrorTable.Bar("voted", galaxy.Voted[column])}</span></div>
        """);
}
