namespace GalaxyNet.Train;

/// <summary>The decision tree for one galaxy, with predicted and voted fractions: drawn across where the page is wide, downward where it is not.</summary>
internal static class TreeDiagram
{
    /// <summary>The tree of the galaxy whose error is in the middle of all.</summary>
    public static Html Of(RunReport report)
    {
        var galaxy = report.ByError[report.ByError.Count / 2];
        return Html.Of(
            $"""
            <h2>The decision tree of galaxy {galaxy.Id}</h2>
            <div class="whole">{GalaxyCard.Image(report.Galaxies, galaxy)}
            <p>Its error, {galaxy.Rmse:F4}, is in the middle of all. Beside each answer stands the share of all voters who gave it,
            <span class="key predicted"></span> predicted / <span class="key voted"></span> voted.
            A line leads from an answer to the question that it leads to, the wider the more voters go that way.</p></div>
            {WideTree.Of(galaxy)}
            {TallTree.Of(galaxy)}
            """);
    }
}
