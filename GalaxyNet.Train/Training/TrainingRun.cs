using System.Diagnostics;
using GalaxyNet.Kernels;
using GalaxyNet.Layers;

namespace GalaxyNet.Train;

/// <summary>A network in training on a device, epoch by epoch.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly TrainingData data;
    private readonly TrainingSettings settings;
    private readonly Sequential network;
    private readonly AdamOptimizer optimizer;
    private readonly TrainingStep step;
    private readonly LearningRateSchedule schedule;
    private readonly BatchLoop loop;
    private readonly List<EpochResult> history = [];

    /// <summary>Builds a network with first weights from the settings' seed.</summary>
    public TrainingRun(Device device, TrainingSettings settings, TrainingData data)
    {
        this.data = data;
        this.settings = settings;
        network = settings.ToNetwork().Create(device, settings.BatchSize, settings.Seed);
        optimizer = new AdamOptimizer(network, settings.LearningRate);
        step = new TrainingStep(network, optimizer, data.LossWeights);
        int epochSteps = (data.Split.Train.Length + settings.BatchSize - 1) / settings.BatchSize;
        schedule = new LearningRateSchedule(
            settings.LearningRate,
            settings.Schedule,
            (long)Math.Round(settings.WarmUp * epochSteps),
            (long)settings.Epochs * epochSteps);
        loop = new BatchLoop(network, data.Galaxies.Pixels, data.Galaxies.Targets);
    }

    /// <summary>The epochs that are finished.</summary>
    public IReadOnlyList<EpochResult> History => history;

    /// <summary>Takes up a run where its folder has left it.</summary>
    /// <exception cref="InvalidDataException">A file is damaged or of another network.</exception>
    public void Restore(RunFolder folder) => history.AddRange(folder.Restore(network, optimizer));

    /// <summary>Keeps all that is needed to go on later.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Save(RunFolder folder) => folder.Save(network, optimizer, history);

    /// <summary>Trains on every training picture once and scores the network.</summary>
    /// <exception cref="UserErrorException">The loss is no longer a number.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the run cannot go on from here.</exception>
    public EpochResult TrainEpoch(ProgressReport? progress, CancellationToken cancellation)
    {
        int epoch = history.Count + 1;
        var watch = Stopwatch.StartNew();
        double loss = loop.Train(
            step,
            settings.Shuffle ? EpochOrder.Shuffled(settings.Seed, epoch, data.Split.Train) : data.Split.Train,
            picture => RandomOrientations.Of(settings, epoch, picture),
            () => optimizer.LearningRate = schedule.At(network.Steps.Value),
            progress,
            cancellation);
        double trainingSeconds = watch.Elapsed.TotalSeconds;
        if (!double.IsFinite(loss))
            throw new UserErrorException(
                $"The loss of epoch {epoch} is not a number any more: take a smaller --learning-rate "
                + $"than {settings.LearningRate}.");
        float[] predictions = loop.Predict(data.Scored, cancellation: cancellation);
        var score = new Score(predictions, data.Galaxies.TargetsOf(data.Scored));
        double imagesPerSecond = data.Split.Train.Length / trainingSeconds;
        var result = new EpochResult(epoch, loss, score.Rmse, imagesPerSecond, watch.Elapsed.TotalSeconds);
        history.Add(result);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        loop.Dispose();
        step.Dispose();
        optimizer.Dispose();
        network.Dispose();
    }
}
