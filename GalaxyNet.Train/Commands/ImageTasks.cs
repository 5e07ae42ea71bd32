namespace GalaxyNet.Train;

/// <summary>What commands do with images of any name, and what they say about them.</summary>
internal static class ImageTasks
{
    private const int Named = 3;

    /// <summary>Loads images: see <see cref="CroppedImages.Load"/>.</summary>
    /// <param name="terminal">Shows the progress, and what there is to say about the images.</param>
    /// <param name="list">Which images.</param>
    /// <param name="plan">Gives their crop and size.</param>
    /// <param name="shards">Into what the images are dealt.</param>
    /// <exception cref="UserErrorException">
    /// They do not fit into memory, or another process has other images.
    /// </exception>
    public static CroppedImages Load(
        this Terminal terminal, ImageList list, TrainingPlan plan, Shards shards)
    {
        var form = new CropForm(plan.Crop, plan.Size);
        using var crops = new CropCache(CropCache.UserFolder, form);
        using var checks = new CropCache(CropCache.UserFolder, ImageChecks.Form);
        var images = terminal.Track("Loading images", progress => CroppedImages.Load(
            list, form, crops, checks, shards, progress, terminal.Cancellation));
        if ((crops.Problem ?? checks.Problem) is { } problem)
            terminal.Log(problem);
        // What loading left would stay, unused, beside the memory that the network is about to take.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return images;
    }

    /// <summary>A line for each kind of warning, with the first images that have it.</summary>
    public static void LogWarnings(this Terminal terminal, CroppedImages images)
    {
        foreach (var (warning, sentence) in ImageWarningsInWords.Sentences)
        {
            string[] paths =
            [
                .. from i in Enumerable.Range(0, images.Count)
                   where images.Warnings[i].HasFlag(warning) && !images.IsDark(i)
                   select images.List.Images[i].Path,
            ];
            if (paths.Length > 0)
                terminal.Log($"Warning: {paths.Length:N0} of {images.Count:N0} have {sentence}: {Some(paths)}");
        }
    }

    /// <summary>A line about images in which no galaxy was found, and what became of them.</summary>
    public static void LogDark(this Terminal terminal, IReadOnlyList<NamedImage> dark, string consequence)
    {
        if (dark.Count > 0)
            terminal.Log(
                $"{Some([.. dark.Select(image => image.Path)])}: {consequence}, because nothing there is above the "
                + "crop's threshold");
    }

    private static string Some(string[] paths) => paths.Length <= Named
        ? string.Join(", ", paths)
        : $"{string.Join(", ", paths.Take(Named))} and {paths.Length - Named:N0} more";
}
