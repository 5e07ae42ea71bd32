namespace GalaxyNet.Train;

/// <summary>What takes a while in several commands: it shows a progress bar and names whatever is left out.</summary>
internal static class LongTasks
{
    /// <summary>Loads galaxies: see <see cref="GalaxyDataset.Load"/>.</summary>
    /// <param name="terminal">Shows the progress.</param>
    /// <param name="galaxies">The files.</param>
    /// <param name="plan">Gives their crop and size.</param>
    /// <param name="skipBad">True to leave out what is bad.</param>
    /// <param name="shards">Into what the images are dealt.</param>
    public static GalaxyDataset Load(
        this Terminal terminal, GalaxyFolder galaxies, TrainingPlan plan, bool skipBad, Shards? shards = null)
    {
        using var cache = new CropCache(CropCache.UserFolder, new CropForm(plan.Crop, plan.Size));
        var dataset = terminal.Track("Loading images", progress => GalaxyDataset.Load(
            galaxies, plan.Crop, plan.Size, skipBad, cache, shards, progress, terminal.Cancellation));
        if (cache.Problem is { } problem)
            terminal.Log(problem);
        terminal.LogWithoutLabel(galaxies);
        foreach (string path in dataset.DarkImages)
            terminal.LogDark(path, "left out");
        if (dataset.Labels.TreeReport is { } report)
            terminal.Log(report);
        terminal.LogUnknown(dataset.Labels);
        terminal.LogSkipped(dataset.Skipped);
        // What loading left would stay, unused, beside the memory that the network is about to take.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return dataset;
    }

    /// <summary>Loads the images that are still missing for a deal: see <see cref="GalaxyDataset.Hold"/>.</summary>
    public static void Hold(this Terminal terminal, GalaxyDataset galaxies, ShardDeal deal)
    {
        using var cache = new CropCache(CropCache.UserFolder, galaxies.Crops.Form);
        terminal.Track("Dealing images", progress => galaxies.Hold(deal, cache, progress, terminal.Cancellation));
    }

    /// <summary>Reads the colors of labeled galaxies: see <see cref="ImageColors.Read"/>.</summary>
    /// <exception cref="UserErrorException">
    /// Labels or images are bad; the message names all of them. With <paramref name="skipBad"/>: nothing would be left.
    /// </exception>
    public static (GalaxyFolder Galaxies, ImageColors Colors) LoadColors(
        this Terminal terminal, string folder, bool skipBad)
    {
        var galaxies = GalaxyFolder.Open(folder);
        var (colors, good) = terminal.Track(
            "Reading images", progress => ImageColors.Read(galaxies, progress, terminal.Cancellation));
        if (!skipBad || good.Length == 0)
            galaxies.Problems.ThrowIfAny(canSkip: good.Length > 0);
        terminal.LogWithoutLabel(galaxies);
        terminal.LogUnknown(galaxies.Labels);
        terminal.LogSkipped(galaxies.Problems);
        return (galaxies.Only(good), colors);
    }

    /// <summary>Predicts the vote fractions of galaxies.</summary>
    /// <param name="terminal">Shows the progress.</param>
    /// <param name="network">The network.</param>
    /// <param name="images">The images.</param>
    /// <param name="chosen">Which of them.</param>
    /// <param name="plan">What the network was trained by.</param>
    /// <param name="averageViews">The number of views of an image to average; null for that of the plan.</param>
    /// <param name="processes">Each predicts those of the images that it holds.</param>
    /// <returns>[chosen, 37].</returns>
    /// <exception cref="UserErrorException">The predictions are NaN or infinite.</exception>
    public static float[] Predict(
        this Terminal terminal,
        Sequential network,
        ImageBlock images,
        int[] chosen,
        TrainingPlan plan,
        int? averageViews,
        ICollective processes)
    {
        using var loop = new BatchLoop(network, images, targets: [], plan.Interpolation);
        var views = Views.Of(averageViews ?? plan.Settings.AverageViews);
        terminal.LoadKernels(network.Device, () => loop.LoadKernels(Mode.Evaluation, chosen.Count(images.Holds)));
        float[] predictions = terminal.Track(
            "Predicting",
            progress => SharedPrediction.Predict(
                processes, loop, images, chosen, views, progress, terminal.Cancellation));
        return Array.TrueForAll(predictions, float.IsFinite)
            ? predictions
            : throw new UserErrorException(
                "The network's predictions are NaN or infinite, so its weights are of no use: train a new run");
    }

    /// <summary>Loads kernels before a GPU is first used, where a user would wait for no visible reason.</summary>
    public static void LoadKernels(this Terminal terminal, Device device, Action load)
    {
        if (device.Kind == DeviceKind.Cuda)
            terminal.Track(
                "Compiling kernels",
                progress => device.Kernels.Rehearse(load, progress is null ? null : progress.Invoke),
                unit: "kernels");
    }

    /// <summary>Says if much of a machine is idle, and what to do.</summary>
    public static void LogAdvice(this Terminal terminal, MachineShare machine)
    {
        if (machine.Advice is { } advice)
            terminal.LogOnce(advice);
    }

    /// <summary>Reports an image in which no galaxy was found, and what became of it.</summary>
    public static void LogDark(this Terminal terminal, string path, string consequence) =>
        terminal.Log($"{path}: {consequence}, because it is dark: nothing in it is above the crop's threshold");

    /// <summary>Reports how many images have no label, if there are any.</summary>
    public static void LogWithoutLabel(this Terminal terminal, GalaxyFolder galaxies)
    {
        if (galaxies.WithoutLabel > 0)
            terminal.Log(
                $"Images without a row in the label file, which are left out: {galaxies.WithoutLabel:N0} of "
                + $"{galaxies.WithoutLabel + galaxies.Images.Count:N0}");
    }

    /// <summary>Reports how many vote fractions are not known, if there are any.</summary>
    public static void LogUnknown(this Terminal terminal, Labels labels)
    {
        if (labels.UnknownReport is { } report)
            terminal.Log(report);
    }

    /// <summary>Says what is wrong with predictions, in a line for each.</summary>
    public static void LogFindings(this Terminal terminal, IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
            terminal.Log(finding.ToString());
    }

    /// <summary>Reports bad rows and images, and what became of them.</summary>
    public static void LogSkipped(this Terminal terminal, ProblemList skipped, string consequence = "left out")
    {
        if (skipped.Count > 0)
            terminal.Log($"--skip-bad: {consequence}: {skipped.Describe("bad rows and images")}");
    }
}
