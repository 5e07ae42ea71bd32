using System.Globalization;
using GalaxyNet.Kernels;

namespace GalaxyNet.Train;

/// <summary>Trains from loading the pictures to the last epoch's result, and tells the user about it.</summary>
/// <param name="terminal">Where to.</param>
/// <param name="folder">The run.</param>
/// <param name="path">The run's folder, as the user calls it.</param>
/// <param name="dataFolder">The galaxies' folder.</param>
/// <param name="earlier">What a run that is taken up again was begun with; nothing for a new one.</param>
/// <param name="settings">What the user decided.</param>
internal sealed class TrainingSession(
    Terminal terminal,
    RunFolder folder,
    string path,
    string dataFolder,
    RunOptions? earlier,
    TrainingSettings settings)
{
    /// <summary>Trains.</summary>
    /// <exception cref="UserErrorException">The data cannot be trained on.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted; the message says how to go on.</exception>
    public void Train(DeviceKind deviceKind, bool asJson)
    {
        folder.Create();
        using var device = Device.Open(deviceKind);
        var data = LoadData();
        using var run = new TrainingRun(device, settings, data);
        if (earlier is not null)
            run.Restore(folder);
        terminal.Log(
            $"Training attempt {settings.Attempt} on {device.Name}: {data.Split.Train.Length} galaxies, "
            + (data.HasTest ? $"{data.Split.Test.Length} kept for the test" : "none kept for the test"));
        if (run.History.Count >= settings.Epochs)
            terminal.Log($"{path}: has {run.History.Count} finished epochs already; raise --epochs to go on");
        else
            TrainEpochs(run, data);
        if (asJson)
            WriteJson(run, data);
        else
            WriteText(run, data);
    }

    private TrainingData LoadData()
    {
        var input = settings.ToNetwork().InputShape;
        var crop = input[0] == GalaxyCrop.Tight.Channels ? GalaxyCrop.Tight : GalaxyCrop.Wide;
        var galaxies = terminal.LoadLabelled(dataFolder, crop, size: input[1]);
        if (earlier is not null && galaxies.Digest() != earlier.DataDigest)
            throw new UserErrorException(
                $"{dataFolder}: is not the data that {path} was begun with: give that, or train into another --out");
        return new TrainingData(galaxies, settings);
    }

    private void TrainEpochs(TrainingRun run, TrainingData data)
    {
        folder.WriteOptions(RunOptions.Of(settings, data));
        while (run.History.Count < settings.Epochs)
        {
            string epoch = $"epoch {run.History.Count + 1}/{settings.Epochs}";
            var result = terminal.Track(epoch, progress => TrainEpoch(run, progress));
            run.Save(folder);
            terminal.Log(string.Create(
                CultureInfo.InvariantCulture,
                $"{epoch}  loss {result.Loss:F5}  {NameOfScore(data)} {result.Rmse:F5}  "
                + $"{result.ImagesPerSecond:F0} images/s  {result.Seconds:F1} s"));
        }
    }

    private EpochResult TrainEpoch(TrainingRun run, ProgressReport? progress)
    {
        try
        {
            return run.TrainEpoch(progress, terminal.Cancellation);
        }
        catch (OperationCanceledException exception)
        {
            int finished = run.History.Count;
            string kept = finished == 0
                ? "no epoch was finished, so nothing is kept"
                : $"finished epochs kept: {finished}; go on with: train --resume --data {dataFolder} --out {path}";
            throw new OperationCanceledException($"Interrupted: {kept}", exception, exception.CancellationToken);
        }
    }

    private void WriteText(TrainingRun run, TrainingData data)
    {
        string note = data.HasTest ? "" : "; no galaxies were kept for the test";
        terminal.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{NameOfScore(data)} {run.History[^1].Rmse:F5} after epoch {run.History.Count} "
            + $"(always guessing the mean: {MeanGuess(data).Rmse:F5}{note})"));
    }

    private void WriteJson(TrainingRun run, TrainingData data) => terminal.WriteJson(new
    {
        Run = path,
        settings.Attempt,
        Epochs = run.History.Count,
        TrainImages = data.Split.Train.Length,
        TestImages = data.Split.Test.Length,
        run.History[^1].Loss,
        run.History[^1].Rmse,
        RmseOf = data.HasTest ? "test" : "training",
        MeanGuessRmse = MeanGuess(data).Rmse,
        run.History,
    });

    private static string NameOfScore(TrainingData data) => data.HasTest ? "test RMSE" : "training RMSE";

    private static Score MeanGuess(TrainingData data) =>
        Score.OfGuess(data.ClassMeans, data.Galaxies.TargetsOf(data.Scored));
}
