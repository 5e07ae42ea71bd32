namespace GalaxyNet.Train;

/// <summary>What a picture is drawn on: a card that is opaque, since a page shows the file as an image.</summary>
internal static class Canvas
{
    /// <summary>The width of every picture. A phone shows it in 400 pixels, so no text is smaller than 14.</summary>
    public const double Width = 520;

    /// <summary>From the edge to what is drawn, at least.</summary>
    public const double Margin = 20;

    /// <summary>The picture as a file of its own, which needs no other and no script.</summary>
    /// <param name="title">What it shows, for those who cannot see it.</param>
    /// <param name="height">Its height.</param>
    /// <param name="content">What is drawn on it.</param>
    public static Html Of(string title, double height, params IEnumerable<Html> content) => Html.Of(
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height:F0}" width="{Width}" height="{height:F0}"
          role="img">
        <title>{title}</title>
        <style>{IllustrationStyle.Sheet}</style>
        <rect class="card" x="0.5" y="0.5" width="{Width - 1}" height="{height - 1:F0}" rx="8"/>
        {content.Select(piece => Html.Of($"{piece}\n"))}</svg>

        """);
}
