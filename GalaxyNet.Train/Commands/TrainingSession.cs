using System.Globalization;
using System.Text.Json;

namespace GalaxyNet.Train;

/// <summary>Trains, from loading the images to the last epoch's result, and tells the user about it.</summary>
/// <param name="terminal">The user, of whom only process 0 knows.</param>
/// <param name="processes">Those that train together.</param>
/// <param name="folder">The run, which is process 0's; null on the others.</param>
/// <param name="earlier">What a run that is resumed was begun with; null for a new one.</param>
/// <param name="plan">How to train.</param>
internal sealed class TrainingSession(
    Terminal terminal, ICollective processes, RunFolder? folder, RunOptions? earlier, TrainingPlan plan)
{
    private const string NothingIsKept = "Interrupted before the first step, so nothing is kept";

    /// <summary>The run's folder, as the user calls it.</summary>
    public required string Path { get; init; }

    /// <summary>The galaxies' folder.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The device, as the user calls it.</summary>
    public required string DeviceName { get; init; }

    /// <summary>The threads of a CPU device; null for as many as this process may have.</summary>
    public required int? Threads { get; init; }

    /// <summary>After how many steps of an epoch to write a checkpoint; 0 for never.</summary>
    public required int CheckpointEvery { get; init; }

    /// <summary>True to write what TensorBoard shows.</summary>
    public required bool TensorBoard { get; init; }

    /// <summary>The galaxies to choose the best epoch by, if they were named.</summary>
    public required IReadOnlyList<long>? ValidationIds { get; init; }

    /// <summary>The weights to begin from, if they were named.</summary>
    public required StartingWeights? From { get; init; }

    /// <summary>True to leave out bad rows and images.</summary>
    public required bool SkipBad { get; init; }

    private string HowToContinue => "continue with: " + ProgramName.Command(
        $"train --resume --data {ShellWord.Of(DataFolder)} --out {ShellWord.Of(Path)}"
        + (DeviceName == "auto" ? "" : $" --device {DeviceName}")
        + (Threads is null ? "" : $" --threads {Threads}")
        + (CheckpointEvery == 0 ? "" : $" --checkpoint-every {CheckpointEvery}")
        + (TensorBoard ? " --tensorboard" : "")
        + (SkipBad ? " --skip-bad" : ""));

    private TrainingSettings Settings => plan.Settings;

    private IReadOnlyList<string> EarlierDevices => earlier?.Devices ?? [];

    /// <summary>Trains.</summary>
    /// <exception cref="UserErrorException">The data are unfit, or numbers become NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted; the message says how to continue.</exception>
    public void Train(bool asJson)
    {
        var shards = new Shards(processes, Settings.Shards) { Machine = MachineShare.Of(processes) };
        terminal.LogAdvice(shards.Machine);
        using var device = DeviceOption.Open(
            DeviceName, terminal, Threads ?? shards.Machine.Threads, Settings.Precision, shards.Machine);
        RequireSame(device);
        if (folder is { HasCheckpoint: false })
            From?.RequireFit(device, plan);
        var data = LoadData(shards);
        MemoryNeed.RequireForTraining(
            device, plan, processes, DeviceOption.CountSharing(DeviceName, shards.Machine));
        using var run = new TrainingRun(device, plan, data, processes);
        if (earlier is not null)
            run.Restore(folder, terminal.Log);
        if (From is not null && run.Progress.IsStart)
            terminal.Log($"Beginning from the weights in {From.Source}");
        run.StartFrom(From, terminal.Log);
        terminal.Log(
            $"Training attempt {Settings.Attempt} on {Where(device)}: {data.Split.Train.Length} galaxies, "
            + (data.HasValidation ? $"{data.Validation.Length} to choose the best epoch by, " : "")
            + (data.HasTest ? $"{data.Split.Test.Length} kept for the test" : "none kept for the test")
            + (run.Progress.IsStart ? "" : $"; continuing after {run.Progress}"));
        if (!run.Progress.IsStart
            && EarlierDevices is [.., var last]
            && Device.BitsOf(last) != Device.BitsOf(device.Name))
            terminal.Log(
                $"{Path}: was trained on {last} so far: the result will not be, bit for bit, that of one device");
        var options = earlier;
        if (options is not null && HowItEnded(run.Progress.History) is { } ended)
            terminal.Log($"{Path}: {ended}");
        else
            options = TrainEpochs(device, run, data);
        if (run.Communication is { } clock)
            terminal.Log(string.Create(
                CultureInfo.InvariantCulture,
                $"Messages between processes took {clock.Lasted.TotalSeconds:F1} s, of which {clock.HiddenShare:P0} "
                + $"were hidden behind the computation"));
        if (WriteReport(options, device, run, data) is not { } score)
            return;
        if (asJson)
            WriteJson(run.Progress.History, score, data);
        else
            WriteText(run.Progress.History, score, data);
    }

    /// <summary>Why there is no more to train, in words; null if there is.</summary>
    private string? HowItEnded(IReadOnlyList<EpochResult> history) =>
        plan.StoppedAfter(history) is { } stopping
            ? $"stopped early, after epoch {stopping.Epochs}, the best being epoch {stopping.BestEpoch}, and stays so "
                + "whatever --epochs is: give it to --from to train on into another --out"
        : history.Count >= Settings.Epochs
            ? $"has {history.Count} finished epochs already; raise --epochs to continue"
        : null;

    /// <summary>Where it is trained, in words.</summary>
    private string Where(Device device) => Settings.Shards == 1 ? device.Name
        : processes.Size == 1 ? $"{device.Name} in {Settings.Shards} shards"
        : $"{processes.Size} processes with {Settings.Shards} shards, each on {device.Name}";

    /// <exception cref="UserErrorException">Processes would not compute the same.</exception>
    private void RequireSame(Device device) => processes.RequireSame(
    [
        ("the program", ProgramVersion.Text),
        .. JsonSerializer.SerializeToNode(Settings, JsonFormat.Options)!.AsObject()
            .Select(setting => ($"the setting {setting.Key}", setting.Value!.ToJsonString())),
        ("--checkpoint-every", CheckpointEvery.ToString(CultureInfo.InvariantCulture)),
        ("--skip-bad", SkipBad.ToString()),
        ("--validation-ids", string.Join(' ', ValidationIds ?? [])),
        ("the device", Device.BitsOf(device.Name)),
    ]);

    private TrainingData LoadData(Shards shards)
    {
        var galaxies = LoadGalaxies(shards);
        if (earlier is not null)
            RequireSame(galaxies, earlier);
        folder?.WriteSkipped(galaxies.Skipped);
        var data = new TrainingData(galaxies, plan, ValidationIds);
        if (data.Deal is { } deal)
            terminal.Hold(galaxies, deal);
        foreach (string remark in data.Remarks)
            terminal.Log(remark);
        return data;
    }

    private void RequireSame(GalaxyDataset galaxies, RunOptions begun)
    {
        string? others = galaxies.Digest() != begun.DataDigest ? "is not the data"
            : (begun.ImagesDigest ?? galaxies.ImagesDigest) != galaxies.ImagesDigest ? "does not have the images"
            : null;
        if (others is not null)
            throw new UserErrorException(
                $"{DataFolder}: {others} that {Path} was begun with: give those, or train into another --out");
        if (begun.ImagesDigest is null)
            terminal.Log(
                $"{Path}: was begun by an earlier version, which kept no digest of the images: it goes on with these");
    }

    private GalaxyDataset LoadGalaxies(Shards shards)
    {
        try
        {
            return terminal.Load(GalaxyFolder.Open(DataFolder), plan, SkipBad, shards);
        }
        catch (OperationCanceledException exception)
        {
            throw Interrupted(
                earlier is null ? NothingIsKept : $"Interrupted while loading the images; {HowToContinue}", exception);
        }
    }

    /// <returns>The options that the run was made with.</returns>
    private RunOptions TrainEpochs(Device device, TrainingRun run, TrainingData data)
    {
        var options = RunOptions.Of(plan, data) with
        {
            ValidationIds = ValidationIds,
            From = From,
            Devices = run.Progress.IsStart ? [device.Name] : [.. EarlierDevices.Append(device.Name).Distinct()],
        };
        folder?.WriteOptions(options);
        using var tensorBoard = TensorBoard && folder is not null
            ? new TensorBoardLog(folder.TensorBoardPath, plan, data, processes, run.Progress, terminal.Log)
            : null;
        run.Observer = tensorBoard;
        terminal.LoadKernels(device, run.LoadKernels);
        try
        {
            while (HowItEnded(run.Progress.History) is null)
                TrainEpoch(run, data);
            return options;
        }
        catch (TrainingFaultException fault) when (fault.IsLocated)
        {
            throw Stopped(fault.Message);
        }
        catch (TrainingFaultException)
        {
            terminal.Log("The loss is no longer finite: going back to the last checkpoint to find where that begins");
            run.Dispose(); // the search needs the device's memory
            throw Stopped(TrainingRun.Locate(device, plan, data, folder!, From, terminal.Cancellation));
        }
    }

    private void TrainEpoch(TrainingRun run, TrainingData data)
    {
        string epoch = $"epoch {run.Progress.Epoch}/{Settings.Epochs}";
        var result = terminal.Track(
            epoch,
            progress => TrainEpoch(run, progress),
            following: thisEpoch => TimeLeft.After(run.Progress.Epoch, Settings.Epochs, run.Progress, thisEpoch));
        var stopping = plan.StoppedAfter(run.Progress.History);
        run.Save(folder);
        folder?.DrawLoss(plan, run.Progress, terminal.Log);
        terminal.Log(string.Create(
            CultureInfo.InvariantCulture,
            $"{epoch}  loss {result.Loss:F5}  {data.Scored.Name} RMSE {result.Rmse:F5}  "
            + $"{result.ImagesPerSecond:F0} images/s  {result.Seconds:F1} s")
            + TimeLeft.InWords(run.Progress, stopping?.Epochs ?? Settings.Epochs));
        if (stopping is not null)
            terminal.Log(
                $"Stopped after {epoch}: none since epoch {stopping.BestEpoch} had a smaller {data.Scored.Name} RMSE; "
                + "--checkpoint best is that epoch");
    }

    private EpochResult TrainEpoch(TrainingRun run, ProgressReport? report)
    {
        try
        {
            return run.TrainEpoch(() => SaveWithinEpoch(run), report, terminal.Cancellation);
        }
        catch (OperationCanceledException exception)
        {
            if (run.Progress.IsStart)
                throw Interrupted(NothingIsKept, exception);
            run.Save(folder);
            throw Interrupted($"Interrupted after {run.Progress}, which is kept; {HowToContinue}", exception);
        }
    }

    private void SaveWithinEpoch(TrainingRun run)
    {
        if (CheckpointEvery > 0 && run.Progress.Step % CheckpointEvery == 0)
            run.Save(folder);
    }

    /// <returns>The score of the trained network, with all its views; null on other processes than the first.</returns>
    private Score? WriteReport(RunOptions options, Device device, TrainingRun run, TrainingData data)
    {
        float[] predictions = run.Predict(terminal.Cancellation);
        if (folder is null)
            return null;
        var report = new RunReport(folder.Name, options, data.Galaxies, data.Reported.Images, predictions)
        {
            Subset = $"the {data.Reported.Images.Length} {data.Reported.Name} galaxies",
            Device = device.Name,
            History = run.Progress.History,
        };
        terminal.LogFindings(report.Findings);
        folder.WriteReport(report, terminal.Log);
        return report.Score;
    }

    private UserErrorException Stopped(string fault) => new(
        $"{Path}: stopped: {fault}; {folder?.WhatIsGood}: "
        + $"train into another --out with a smaller --learning-rate than {Settings.LearningRate}");

    private static OperationCanceledException Interrupted(string message, OperationCanceledException exception) =>
        new(message, exception, exception.CancellationToken);

    private void WriteText(IReadOnlyList<EpochResult> history, Score score, TrainingData data)
    {
        string views = Settings.AverageViews == 1 ? "" : $", averaged over {Settings.AverageViews} views of each image";
        string note = data.HasTest ? "" : "; no galaxies were kept for the test";
        terminal.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{data.Reported.Name} RMSE {score.Rmse:F5} after epoch {history.Count}{views} "
            + $"(always guessing the mean: {MeanGuess(data).Rmse:F5}{note})"));
    }

    private void WriteJson(IReadOnlyList<EpochResult> history, Score score, TrainingData data) => terminal.WriteJson(new
    {
        Run = Path,
        Settings.Attempt,
        Epochs = history.Count,
        BestEpoch = history.MinBy(epoch => epoch.Rmse)!.Epoch,
        StoppedEarly = plan.StoppedAfter(history) is not null,
        TrainImages = data.Split.Train.Length,
        ValidationImages = data.Validation.Length,
        TestImages = data.Split.Test.Length,
        history[^1].Loss,
        score.Rmse,
        RmseOf = data.Reported.Name,
        MeanGuessRmse = MeanGuess(data).Rmse,
        History = history,
    });

    private static Score MeanGuess(TrainingData data) =>
        Score.OfGuess(data.ClassMeans, data.Galaxies.TargetsOf(data.Reported.Images));
}
