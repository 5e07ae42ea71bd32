namespace GalaxyNet.Train;

/// <summary>Loads images and tells the user about it.</summary>
internal static class ImageLoading
{
    /// <summary>Loads a folder in the challenge's layout: see <see cref="GalaxyDataset.LoadLabeled"/>.</summary>
    public static GalaxyDataset LoadLabeled(
        this Terminal terminal, string folder, GalaxyCrop crop, int size, bool skipBad) =>
        terminal.Load(
            "left out",
            progress => GalaxyDataset.LoadLabeled(folder, crop, size, skipBad, progress, terminal.Cancellation));

    /// <summary>Loads the images of a folder: see <see cref="GalaxyDataset.LoadUnlabeled"/>.</summary>
    public static GalaxyDataset LoadUnlabeled(
        this Terminal terminal, string folder, GalaxyCrop crop, int size, bool skipBad) =>
        terminal.Load(
            "answered with the mean",
            progress => GalaxyDataset.LoadUnlabeled(folder, crop, size, skipBad, progress, terminal.Cancellation));

    /// <summary>Reads the colors of labeled galaxies: see <see cref="ImageColors.Read"/>.</summary>
    /// <exception cref="UserErrorException">
    /// Labels or images are bad; the message names all of them. With <paramref name="skipBad"/>: nothing would be left.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public static (GalaxyFolder Galaxies, ImageColors Colors) LoadColors(this Terminal terminal, string folder, bool skipBad)
    {
        var problems = new ProblemList();
        var galaxies = GalaxyFolder.Open(folder, problems);
        var (colors, good) = terminal.Track(
            "Reading images",
            progress => ImageColors.Read(galaxies.Images, problems, progress, terminal.Cancellation));
        if (!skipBad || good.Length == 0)
            problems.ThrowIfAny();
        terminal.LogSkipped(problems, "left out");
        return (galaxies.Only(good), colors);
    }

    /// <summary>Tells of an image that no galaxy was found in, and what became of it.</summary>
    public static void LogDark(this Terminal terminal, string path, string consequence) =>
        terminal.Log($"{path}: {consequence}, for it is dark: nothing in it is above the crop's threshold");

    /// <summary>Tells of bad rows and images, and what became of them.</summary>
    public static void LogSkipped(this Terminal terminal, ProblemList skipped, string consequence)
    {
        if (skipped.Count > 0)
            terminal.Log($"--skip-bad: {consequence}: {skipped.Describe("bad rows and images")}");
    }

    private static GalaxyDataset Load(
        this Terminal terminal, string consequence, Func<ProgressReport?, GalaxyDataset> load)
    {
        var dataset = terminal.Track("Loading images", load);
        foreach (string path in dataset.DarkImages)
            terminal.LogDark(path, consequence);
        if (dataset.TreeReport is { } report)
            terminal.Log(report);
        terminal.LogSkipped(dataset.Skipped, consequence);
        return dataset;
    }
}
