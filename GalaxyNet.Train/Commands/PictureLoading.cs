namespace GalaxyNet.Train;

/// <summary>Loads pictures and tells the user about it.</summary>
internal static class PictureLoading
{
    /// <summary>Loads a folder in the challenge's layout: see <see cref="GalaxyDataset.LoadLabelled"/>.</summary>
    public static GalaxyDataset LoadLabelled(
        this Terminal terminal, string folder, GalaxyCrop crop, int size, bool skipBad) =>
        terminal.Load(
            "left out",
            progress => GalaxyDataset.LoadLabelled(folder, crop, size, skipBad, progress, terminal.Cancellation));

    /// <summary>Loads the pictures of a folder: see <see cref="GalaxyDataset.LoadUnlabelled"/>.</summary>
    public static GalaxyDataset LoadUnlabelled(
        this Terminal terminal, string folder, GalaxyCrop crop, int size, bool skipBad) =>
        terminal.Load(
            "answered with the mean",
            progress => GalaxyDataset.LoadUnlabelled(folder, crop, size, skipBad, progress, terminal.Cancellation));

    /// <summary>Reads the colours of labelled galaxies: see <see cref="PictureColors.Read"/>.</summary>
    /// <exception cref="UserErrorException">
    /// Labels or pictures are bad; the message names all of them. With <paramref name="skipBad"/>: nothing would be left.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static (GalaxyFolder Galaxies, PictureColors Colors) LoadColors(this Terminal terminal, string folder, bool skipBad)
    {
        var problems = new ProblemList();
        var galaxies = GalaxyFolder.Open(folder, problems);
        var (colors, good) = terminal.Track(
            "Reading pictures",
            progress => PictureColors.Read(galaxies.Pictures, problems, progress, terminal.Cancellation));
        if (!skipBad || good.Length == 0)
            problems.ThrowIfAny();
        terminal.LogSkipped(problems, "left out");
        return (galaxies.Only(good), colors);
    }

    /// <summary>Tells of a picture that no galaxy was found in, and what became of it.</summary>
    public static void LogDark(this Terminal terminal, string path, string consequence) =>
        terminal.Log($"{path}: {consequence}, for it is dark: nothing in it is above the crop's threshold");

    /// <summary>Tells of bad rows and pictures, and what became of them.</summary>
    public static void LogSkipped(this Terminal terminal, ProblemList skipped, string consequence)
    {
        if (skipped.Count > 0)
            terminal.Log($"--skip-bad: {consequence}: {skipped.Describe("bad rows and pictures")}");
    }

    private static GalaxyDataset Load(
        this Terminal terminal, string consequence, Func<ProgressReport?, GalaxyDataset> load)
    {
        var dataset = terminal.Track("Loading pictures", load);
        foreach (string path in dataset.DarkPictures)
            terminal.LogDark(path, consequence);
        if (dataset.TreeReport is { } report)
            terminal.Log(report);
        terminal.LogSkipped(dataset.Skipped, consequence);
        return dataset;
    }
}
