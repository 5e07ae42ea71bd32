using System.Text.Json;

namespace GalaxyNet.Train;

/// <summary>
/// The folder of a training run. Every file in it is whole at any time. Only the checkpoints say where to continue;
/// the weights and the history, which are those of the last finished epoch, are there for others to read.
/// </summary>
/// <param name="folder">The folder, which need not exist yet.</param>
internal sealed class RunFolder(string folder)
{
    private const string Checkpoints = "checkpoints";
    private const string Skipped = "evaluate-skipped.txt";
    private const string TensorBoard = "tensorboard";

    private static readonly string[] Names =
    [
        "options.json", "weights.safetensors", "best.safetensors", "report.html", "history.csv", "loss.csv", "loss.png",
        "run.lock", ProblemList.FileName, Skipped, Checkpoints, TensorBoard,
    ];

    private readonly CheckpointFolder checkpoints = new(Path.Combine(folder, Checkpoints));

    private string CheckpointsPath => Path.Combine(folder, Checkpoints);

    private string OptionsPath => Path.Combine(folder, "options.json");

    private string WeightsPath => Path.Combine(folder, "weights.safetensors");

    private string BestPath => Path.Combine(folder, "best.safetensors");

    private string ReportPath => Path.Combine(folder, "report.html");

    private string HistoryPath => Path.Combine(folder, "history.csv");

    /// <summary>Where what TensorBoard shows is written.</summary>
    public string TensorBoardPath => Path.Combine(folder, TensorBoard);

    /// <summary>What the run is called: the folder's name.</summary>
    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    /// <summary>The finished epochs, as the folder tells others; empty if it does not.</summary>
    public IReadOnlyList<EpochResult> History => RunTables.ReadHistory(HistoryPath);

    /// <summary>True if a run has got as far as a checkpoint here, so that it can be continued.</summary>
    public bool HasCheckpoint => checkpoints.HasAny;

    /// <summary>True if a run was begun here, perhaps without a checkpoint so far.</summary>
    public bool HasBegun => File.Exists(OptionsPath);

    /// <summary>True if there is something here that a new run would overwrite.</summary>
    public bool HasRun => HasCheckpoint || File.Exists(WeightsPath);

    /// <summary>What is left after a fault, in words.</summary>
    public string WhatIsGood => checkpoints.NewestGood is { } path
        ? $"the last good checkpoint is {path}"
        : "there is no checkpoint yet";

    /// <summary>True if a path is that of a file which belongs to the run of a folder.</summary>
    public static bool IsOwn(string folder, string path) =>
        Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar) is [var first, ..]
        && Names.Contains(first);

    /// <summary>
    /// Makes the folder and keeps other runs out of it. This also shows whether it can be written, before hours of work
    /// depend on it.
    /// </summary>
    /// <returns>The lock, to be disposed at the end; it goes with the process, however that ends.</returns>
    /// <exception cref="UserErrorException">Another run is using it.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public IDisposable Lock()
    {
        Directory.CreateDirectory(folder);
        var held = RunLock.TryTake(Path.Combine(folder, "run.lock")) ?? throw new UserErrorException(
            $"{folder}: another train is using this folder: wait until it ends, or give another --out");
        DeleteHalves();
        return held;
    }

    /// <summary>Writes the options.</summary>
    /// <exception cref="OutputException">The folder cannot be written.</exception>
    public void WriteOptions(RunOptions options) =>
        OutputFile.Write(OptionsPath, stream => JsonSerializer.Serialize(stream, options, JsonFormat.Options));

    /// <summary>Lists the bad rows and images that training leaves out.</summary>
    /// <exception cref="OutputException">The folder cannot be written.</exception>
    public void WriteSkipped(ProblemList skipped) => skipped.Save(Path.Combine(folder, ProblemList.FileName));

    /// <summary>Lists the bad rows and images that an evaluation leaves out.</summary>
    /// <param name="skipped">What they are.</param>
    /// <param name="log">Is told if the folder cannot be written.</param>
    public void WriteSkippedByEvaluation(ProblemList skipped, Action<string> log) =>
        Try(() => skipped.Save(Path.Combine(folder, Skipped)), log);

    /// <summary>Writes a page that shows how the run went. A failure is no error: all else is done.</summary>
    /// <param name="report">What it shows.</param>
    /// <param name="log">Is told where the page is, or why there is none.</param>
    public void WriteReport(RunReport report, Action<string> log) => Try(
        () =>
        {
            report.Write(ReportPath);
            log($"{ReportPath} shows how the run went");
        },
        log);

    /// <summary>Makes sure that training writes over nothing.</summary>
    /// <param name="willContinue">True if it goes on with the run that is here.</param>
    /// <exception cref="UserErrorException">It would write over something.</exception>
    public void RequireRoom(bool willContinue)
    {
        if (HasRun && !HasCheckpoint)
            throw new UserErrorException(
                $"{folder}: holds a run's weights without a checkpoint to continue from: give another --out");
        if (HasRun && !HasBegun)
            throw new UserErrorException(
                $"{folder}: holds a run's checkpoints without its options.json, so it cannot be continued: give "
                + "another --out");
        if (HasRun && !willContinue)
            throw new UserErrorException(
                $"{folder}: holds a run already: add --resume to continue it, or give another --out");
    }

    /// <summary>Reads the options, which are there from before the first step on.</summary>
    /// <exception cref="UserErrorException">The folder holds no run, or its options are damaged.</exception>
    public RunOptions ReadOptions()
    {
        if (!HasBegun)
            throw new UserErrorException(
                $"{folder}: holds no run: it has no options.json; give the --out of a train command");
        try
        {
            using var stream = RegularFile.Open(OptionsPath);
            return JsonSerializer.Deserialize<RunOptions>(stream, JsonFormat.Options) is { IsPossible: true } options
                ? options
                : throw new JsonException("no network has such settings");
        }
        catch (JsonException exception)
        {
            throw new UserErrorException(
                $"{OptionsPath}: is damaged ({exception.Message.TrimEnd('.')}): train a new run");
        }
    }

    /// <summary>The file of the run's weights.</summary>
    /// <param name="checkpoint">Which of them.</param>
    /// <exception cref="UserErrorException">There are none.</exception>
    public string RequireWeights(CheckpointKind checkpoint)
    {
        if (!File.Exists(WeightsPath))
            throw new UserErrorException($"{folder}: has no finished epoch yet: continue it with train --resume");
        string path = checkpoint == CheckpointKind.Best ? BestPath : WeightsPath;
        return File.Exists(path)
            ? path
            : throw new UserErrorException(
                $"{folder}: has no best epoch, for it kept no galaxies for validation: leave out --checkpoint best, or "
                + "train with --validation-fraction or --validation-ids");
    }

    /// <summary>Builds the run's network, to predict with.</summary>
    /// <param name="device">Where it runs.</param>
    /// <param name="plan">What it was trained by.</param>
    /// <param name="checkpoint">Which weights to take.</param>
    /// <param name="log">Is told if they are of another type, as others may write them.</param>
    /// <param name="sharing">How many processes share the device.</param>
    /// <exception cref="UserErrorException">There are none.</exception>
    /// <exception cref="InvalidDataException">The weights are damaged or of another network.</exception>
    /// <exception cref="IOException">They cannot be read.</exception>
    public Sequential LoadNetwork(
        Device device, TrainingPlan plan, CheckpointKind checkpoint, Action<string> log, int sharing = 1)
    {
        string path = RequireWeights(checkpoint);
        using var construction = Construction.Begin();
        var network = plan.CreatePredictor(device, MemoryNeed.BatchToPredictIn(device, plan, sharing));
        network.Load(path, log);
        if (network.FindNonFinite() is { } name)
            throw new UserErrorException($"{path}: {name} holds NaN or infinite values: train a new run");
        construction.Complete();
        return network;
    }

    /// <summary>
    /// Keeps a run as it is between two steps. The checkpoint comes first: the rest can be made again from it.
    /// </summary>
    /// <exception cref="OutputException">
    /// The folder cannot be written, or the disk is full; what was kept before is intact.
    /// </exception>
    public void Save(TrainingState state, TrainingProgress progress)
    {
        string what = $"{progress} cannot be kept";
        try
        {
            checkpoints.Save(progress, state.Entries);
            what = $"{progress} is kept, but its results cannot be written";
            if (progress.Step == 0)
                WriteResults(state, progress);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or OutputException)
        {
            string reason = OutputFile.ReasonOf(exception);
            string remedy = reason.Contains("space", StringComparison.Ordinal) ? "make room" : "mend that";
            throw new OutputException(
                $"{folder}: {what} ({reason}); {WhatIsGood}: {remedy}, then continue with train --resume");
        }
    }

    /// <summary>Restores what training changes as it was in the last <see cref="Save"/>, if there was one.</summary>
    /// <param name="state">What to restore.</param>
    /// <param name="report">Is told of each damaged checkpoint that is passed over.</param>
    /// <exception cref="UserErrorException">All checkpoints are damaged or of another network.</exception>
    public TrainingProgress Restore(TrainingState state, Action<string> report)
    {
        if (!HasCheckpoint)
            return TrainingProgress.Start;
        var progress = checkpoints.Restore(state.Entries, report);
        if (progress.Step == 0)
            WriteResults(state, progress); // they may be of an epoch whose checkpoint is damaged
        return progress;
    }

    /// <summary>Draws the loss of all finished epochs. If that fails, the run goes on.</summary>
    /// <param name="plan">The run's network and loss.</param>
    /// <param name="progress">How far the run has come.</param>
    /// <param name="log">Is told why there is no figure.</param>
    public void DrawLoss(TrainingPlan plan, TrainingProgress progress, Action<string> log) => Try(
        () => LossFigure.Write(
            Path.Combine(folder, "loss.png"),
            $"Attempt {plan.Settings.Attempt} - Loss over batches",
            plan.WeightsClasses ? "Weighted MSE loss" : "MSE loss",
            progress.Losses,
            [.. progress.History.Select(epoch => epoch.Loss)]),
        log);

    /// <summary>Deletes what an interruption left of files that were being written.</summary>
    private void DeleteHalves()
    {
        foreach (string each in new[] { folder, CheckpointsPath }.Where(Directory.Exists))
        {
            foreach (string half in Directory.EnumerateFiles(each, AtomicFile.TemporaryPattern))
                File.Delete(half);
        }
    }

    private static void Try(Action write, Action<string> log)
    {
        try
        {
            write();
        }
        catch (OutputException exception)
        {
            log(exception.Message);
        }
    }

    private void WriteResults(TrainingState state, TrainingProgress progress)
    {
        RunTables.WriteHistory(HistoryPath, progress.History);
        RunTables.WriteLosses(Path.Combine(folder, "loss.csv"), progress.Losses);
        state.SaveWeights(WeightsPath);
        if (state.HasValidation && progress.IsBest)
            state.SaveWeights(BestPath);
    }

}
