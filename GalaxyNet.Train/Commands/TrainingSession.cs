using System.Globalization;
using GalaxyNet.Kernels;

namespace GalaxyNet.Train;

/// <summary>Trains from loading the images to the last epoch's result, and tells the user about it.</summary>
/// <param name="terminal">Where to.</param>
/// <param name="folder">The run.</param>
/// <param name="earlier">What a run that is taken up again was begun with; nothing for a new one.</param>
/// <param name="settings">What the user decided.</param>
internal sealed class TrainingSession(
    Terminal terminal, RunFolder folder, RunOptions? earlier, TrainingSettings settings)
{
    private const string NothingIsKept = "Interrupted before the first step, so nothing is kept";

    /// <summary>The run's folder, as the user calls it.</summary>
    public required string Path { get; init; }

    /// <summary>The galaxies' folder.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The device, as the user calls it.</summary>
    public required string DeviceName { get; init; }

    /// <summary>The threads of a CPU device.</summary>
    public required int Threads { get; init; }

    /// <summary>After how many steps of an epoch to write a checkpoint; 0 for never.</summary>
    public required int CheckpointEvery { get; init; }

    /// <summary>True to leave out bad rows and images.</summary>
    public required bool SkipBad { get; init; }

    private string HowToGoOn =>
        $"go on with: train --resume --data {ShellWord.Of(DataFolder)} --out {ShellWord.Of(Path)}"
        + (DeviceName == "auto" ? "" : $" --device {DeviceName}")
        + (Threads == Environment.ProcessorCount ? "" : $" --threads {Threads}")
        + (CheckpointEvery == 0 ? "" : $" --checkpoint-every {CheckpointEvery}")
        + (SkipBad ? " --skip-bad" : "");

    private IReadOnlyList<string> EarlierDevices => earlier?.Devices ?? [];

    /// <summary>Trains.</summary>
    /// <exception cref="UserErrorException">The data cannot be trained on, or the numbers run off to infinity.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted; the message says how to go on.</exception>
    public void Train(bool asJson)
    {
        using var device = Device.Open(CommonOptions.ToDeviceKind(DeviceName), Threads);
        var data = LoadData();
        MemoryNeed.RequireForTraining(device, settings);
        using var run = new TrainingRun(device, settings, data);
        if (earlier is not null)
            run.Restore(folder, terminal.Log);
        terminal.Log(
            $"Training attempt {settings.Attempt} on {device.Name}: {data.Split.Train.Length} galaxies, "
            + (data.HasTest ? $"{data.Split.Test.Length} kept for the test" : "none kept for the test")
            + (run.Progress.IsStart ? "" : $"; going on after {run.Progress}"));
        if (!run.Progress.IsStart && EarlierDevices is [.., var last] && last != device.Name)
            terminal.Log($"{Path}: was trained on {last} so far: the result will not be that of one device, bit for bit");
        if (run.Progress.History.Count >= settings.Epochs)
            terminal.Log($"{Path}: has {run.Progress.History.Count} finished epochs already; raise --epochs to go on");
        else
            TrainEpochs(device, run, data);
        Advise(run.Progress.History[^1], data);
        WriteReport(device, run, data);
        if (asJson)
            WriteJson(run.Progress.History, data);
        else
            WriteText(run.Progress.History, data);
    }

    private TrainingData LoadData()
    {
        var galaxies = LoadGalaxies(settings.ToCrop(), size: settings.ToNetwork().InputShape[1]);
        if (earlier is not null && galaxies.Digest() != earlier.DataDigest)
            throw new UserErrorException(
                $"{DataFolder}: is not the data that {Path} was begun with: give that, or train into another --out");
        folder.WriteSkipped(galaxies.Skipped);
        return new TrainingData(galaxies, settings);
    }

    private GalaxyDataset LoadGalaxies(GalaxyCrop crop, int size)
    {
        try
        {
            return terminal.LoadLabeled(DataFolder, crop, size, SkipBad);
        }
        catch (OperationCanceledException exception)
        {
            throw Interrupted(earlier is null ? NothingIsKept : $"Interrupted before a step; {HowToGoOn}", exception);
        }
    }

    private void TrainEpochs(Device device, TrainingRun run, TrainingData data)
    {
        folder.WriteOptions(RunOptions.Of(settings, data) with
        {
            Devices = run.Progress.IsStart ? [device.Name] : [.. EarlierDevices.Append(device.Name).Distinct()],
        });
        try
        {
            while (run.Progress.History.Count < settings.Epochs)
                TrainEpoch(run, data);
        }
        catch (TrainingFaultException fault) when (fault.IsLocated)
        {
            throw Stopped(fault.Message);
        }
        catch (TrainingFaultException)
        {
            terminal.Log("The loss is not finite any more: going back to the last checkpoint to see where it begins");
            run.Dispose(); // the search needs the device's memory
            throw Stopped(FaultSearch.Repeat(device, settings, data, folder, terminal.Cancellation));
        }
    }

    private void TrainEpoch(TrainingRun run, TrainingData data)
    {
        string epoch = $"epoch {run.Progress.Epoch}/{settings.Epochs}";
        var result = terminal.Track(epoch, progress => TrainEpoch(run, progress));
        run.Save(folder);
        folder.DrawLoss(settings, run.Progress, terminal.Log);
        terminal.Log(string.Create(
            CultureInfo.InvariantCulture,
            $"{epoch}  loss {result.Loss:F5}  {NameOfScore(data)} {result.Rmse:F5}  "
            + $"{result.ImagesPerSecond:F0} images/s  {result.Seconds:F1} s"));
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
            throw Interrupted($"Interrupted after {run.Progress}, which is kept; {HowToGoOn}", exception);
        }
    }

    private void SaveWithinEpoch(TrainingRun run)
    {
        if (CheckpointEvery > 0 && run.Progress.Step % CheckpointEvery == 0)
            run.Save(folder);
    }

    private void Advise(EpochResult last, TrainingData data)
    {
        if (last.Rmse >= MeanGuess(data).Rmse && settings.WarmUp == 0)
        {
            terminal.Log(
                "The network is no better yet than always guessing the mean: more --epochs may help, and so may small first steps, --warm-up 2");
        }
    }

    private void WriteReport(Device device, TrainingRun run, TrainingData data)
    {
        var report = new RunReport(
            folder.Name, folder.ReadOptions(), data.Galaxies, data.Scored, run.Predict(terminal.Cancellation))
        {
            Subset = $"the {data.Scored.Length} {(data.HasTest ? "test" : "training")} galaxies",
            Device = device.Name,
            History = run.Progress.History,
        };
        folder.WriteReport(report, terminal.Log);
    }

    private UserErrorException Stopped(string fault) => new(
        $"{Path}: stopped, for {fault}; {folder.WhatIsGood}: "
        + $"train into another --out with a smaller --learning-rate than {settings.LearningRate}");

    private static OperationCanceledException Interrupted(string message, OperationCanceledException exception) =>
        new(message, exception, exception.CancellationToken);

    private void WriteText(IReadOnlyList<EpochResult> history, TrainingData data)
    {
        string note = data.HasTest ? "" : "; no galaxies were kept for the test";
        terminal.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{NameOfScore(data)} {history[^1].Rmse:F5} after epoch {history.Count} "
            + $"(always guessing the mean: {MeanGuess(data).Rmse:F5}{note})"));
    }

    private void WriteJson(IReadOnlyList<EpochResult> history, TrainingData data) => terminal.WriteJson(new
    {
        Run = Path,
        settings.Attempt,
        Epochs = history.Count,
        TrainImages = data.Split.Train.Length,
        TestImages = data.Split.Test.Length,
        history[^1].Loss,
        history[^1].Rmse,
        RmseOf = data.HasTest ? "test" : "training",
        MeanGuessRmse = MeanGuess(data).Rmse,
        History = history,
    });

    private static string NameOfScore(TrainingData data) => data.HasTest ? "test RMSE" : "training RMSE";

    private static Score MeanGuess(TrainingData data) =>
        Score.OfGuess(data.ClassMeans, data.Galaxies.TargetsOf(data.Scored));
}
