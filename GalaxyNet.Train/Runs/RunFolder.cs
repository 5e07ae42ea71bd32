using System.Text.Json;
using GalaxyNet.Kernels;
using GalaxyNet.Layers;

namespace GalaxyNet.Train;

/// <summary>
/// The folder of a training run. Every file in it is whole at any time. The checkpoints alone say where to go on;
/// the weights and the history, which are those of the last finished epoch, are there for others to read.
/// </summary>
/// <param name="folder">The folder, which need not be there yet.</param>
internal sealed class RunFolder(string folder)
{
    private readonly CheckpointFolder checkpoints = new(Path.Combine(folder, "checkpoints"));

    private string OptionsPath => Path.Combine(folder, "options.json");

    private string WeightsPath => Path.Combine(folder, "weights.safetensors");

    private string SkippedPath => Path.Combine(folder, SkippedFile.Name);

    private string SkippedByEvaluationPath => Path.Combine(folder, "evaluate-skipped.txt");

    private string ReportPath => Path.Combine(folder, "report.html");

    private string HistoryPath => Path.Combine(folder, "history.csv");

    private string LossPath => Path.Combine(folder, "loss.csv");

    private string LossFigurePath => Path.Combine(folder, "loss.png");

    /// <summary>What the run is called: the folder's name.</summary>
    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    /// <summary>The finished epochs, as the folder tells others; none where it does not.</summary>
    public IReadOnlyList<EpochResult> History => HistoryFile.Read(HistoryPath);

    /// <summary>True if a run has got as far as a checkpoint here, so that it can be gone on with.</summary>
    public bool HasCheckpoint => checkpoints.HasAny;

    /// <summary>True if there is something here that a new run would write over.</summary>
    public bool HasRun => HasCheckpoint || File.Exists(WeightsPath);

    /// <summary>What is left after a fault, in words.</summary>
    public string WhatIsGood => checkpoints.NewestGood is { } path
        ? $"the last good checkpoint is {path}"
        : "there is no checkpoint yet";

    /// <summary>
    /// Makes the folder and keeps other runs out of it. This also tries whether it can be written before hours of work
    /// depend on it.
    /// </summary>
    /// <returns>The lock, to be disposed at the end; it goes with the process, however that ends.</returns>
    /// <exception cref="UserErrorException">Another run is at work in it.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public IDisposable Lock()
    {
        Directory.CreateDirectory(folder);
        var held = RunLock.TryTake(Path.Combine(folder, "run.lock")) ?? throw new UserErrorException(
            $"{folder}: another train is at work in this folder: wait for its end, or give another --out");
        checkpoints.DeleteHalves();
        return held;
    }

    /// <summary>Writes the options.</summary>
    /// <exception cref="UserErrorException">The folder cannot be written.</exception>
    public void WriteOptions(RunOptions options) =>
        AtomicFile.Write(OptionsPath, stream => JsonSerializer.Serialize(stream, options, JsonFormat.Options));

    /// <summary>Keeps a list of the bad rows and images that the run goes on without.</summary>
    /// <exception cref="UserErrorException">The folder cannot be written.</exception>
    public void WriteSkipped(ProblemList skipped) => SkippedFile.Write(SkippedPath, skipped);

    /// <summary>Keeps a list of the bad rows and images that an evaluation goes on without.</summary>
    /// <param name="skipped">What they are.</param>
    /// <param name="log">Hears of a folder that takes no list.</param>
    public void WriteSkippedByEvaluation(ProblemList skipped, Action<string> log) =>
        Try(() => SkippedFile.Write(SkippedByEvaluationPath, skipped), log);

    /// <summary>Leaves a page that shows how the run went. A folder that takes none is no reason to fail: all else is done.</summary>
    /// <param name="report">What it shows.</param>
    /// <param name="log">Hears where the page is, or why there is none.</param>
    public void WriteReport(RunReport report, Action<string> log) => Try(
        () =>
        {
            report.Write(ReportPath);
            log($"{ReportPath} shows how it went");
        },
        log);

    /// <summary>Reads the options, which are there from before the first step on.</summary>
    /// <exception cref="UserErrorException">The folder holds no run, or its options are damaged.</exception>
    public RunOptions ReadOptions()
    {
        if (!File.Exists(OptionsPath))
            throw new UserErrorException($"{folder}: holds no run, for it has no options.json; give the --out of a train");
        try
        {
            using var stream = RegularFile.Open(OptionsPath);
            return JsonSerializer.Deserialize<RunOptions>(stream, JsonFormat.Options) is { IsPossible: true } options
                ? options
                : throw new JsonException("no network has such settings");
        }
        catch (JsonException exception)
        {
            throw new UserErrorException($"{OptionsPath}: is damaged ({exception.Message.TrimEnd('.')}): train anew");
        }
    }

    /// <summary>Builds the run's network, to predict with, with the weights of the last finished epoch.</summary>
    /// <exception cref="UserErrorException">No epoch is finished.</exception>
    /// <exception cref="InvalidDataException">The weights are damaged or of another network.</exception>
    /// <exception cref="IOException">They cannot be read.</exception>
    public Sequential LoadNetwork(Device device)
    {
        var settings = ReadOptions().Settings;
        if (!File.Exists(WeightsPath))
            throw new UserErrorException($"{folder}: has no finished epoch yet: go on with train --resume");
        using var construction = Construction.Begin();
        var network = settings.ToNetwork().Create(device, MemoryNeed.BatchToPredictIn(device, settings), settings.Seed);
        network.Load(WeightsPath);
        if (network.FindNonFinite() is { } name)
            throw new UserErrorException($"{WeightsPath}: {name} holds a number that is infinite or none at all: train anew");
        construction.Complete();
        return network;
    }

    /// <summary>
    /// Keeps a run as it is between two steps. The checkpoint comes first: from there on the rest can be made again, whatever happens.
    /// </summary>
    /// <exception cref="UserErrorException">The folder cannot be written, or the disk is full; what was kept before is intact.</exception>
    public void Save(Sequential network, Optimizer optimizer, TrainingProgress progress)
    {
        string what = $"{progress} cannot be kept";
        try
        {
            checkpoints.Save(progress, State(network, optimizer));
            what = $"{progress} is kept, but its results cannot be written";
            if (progress.Step == 0)
                WriteResults(network, progress);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or UserErrorException)
        {
            throw new UserErrorException(
                $"{folder}: {what} ({exception.Message.TrimEnd('.')}); {WhatIsGood}: make room, then go on with train --resume");
        }
    }

    /// <summary>Takes network and optimizer back to where they were when <see cref="Save"/> was called; nowhere, if it never was.</summary>
    /// <param name="network">The network.</param>
    /// <param name="optimizer">Its optimizer.</param>
    /// <param name="report">Hears of each damaged checkpoint that is passed over.</param>
    /// <exception cref="UserErrorException">All checkpoints are damaged or of another network.</exception>
    public TrainingProgress Restore(Sequential network, Optimizer optimizer, Action<string> report)
    {
        if (!HasCheckpoint)
            return TrainingProgress.Start;
        var progress = checkpoints.Restore(State(network, optimizer), report);
        if (progress.Step == 0)
            WriteResults(network, progress); // they may be of an epoch whose checkpoint is damaged
        return progress;
    }

    /// <summary>Draws the loss of all finished epochs. That it cannot be written is no reason to stop a run.</summary>
    /// <param name="settings">What the run was made with.</param>
    /// <param name="progress">How far it has come.</param>
    /// <param name="log">Hears why there is no figure.</param>
    public void DrawLoss(TrainingSettings settings, TrainingProgress progress, Action<string> log) => Try(
        () => LossFigure.Write(
            LossFigurePath,
            $"Attempt {settings.Attempt} - Loss over batches",
            settings.ToNetwork().WeightsClasses ? "Weighted MSE loss" : "MSE loss",
            progress.Losses,
            [.. progress.History.Select(epoch => epoch.Loss)]),
        log);

    private static void Try(Action write, Action<string> log)
    {
        try
        {
            write();
        }
        catch (UserErrorException exception)
        {
            log(exception.Message);
        }
    }

    private void WriteResults(Sequential network, TrainingProgress progress)
    {
        HistoryFile.Write(HistoryPath, progress.History);
        LossFile.Write(LossPath, progress.Losses);
        network.Save(WeightsPath);
    }

    private static List<StateEntry> State(Sequential network, Optimizer optimizer) =>
        [.. network.Weights, network.Steps, .. optimizer.State];
}
