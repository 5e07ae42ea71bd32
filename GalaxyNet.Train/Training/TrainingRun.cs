using System.Diagnostics;

namespace GalaxyNet.Train;

/// <summary>A network in training on a device, epoch by epoch.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly TrainingData data;
    private readonly TrainingSettings settings;
    private readonly Sequential network;
    private readonly Optimizer optimizer;
    private readonly WeightAverage? average;
    private readonly TrainingStep step;
    private readonly LearningRateSchedule schedule;
    private readonly BatchLoop loop;
    private float[]? predictions;

    /// <summary>Builds the network, with its first weights.</summary>
    /// <param name="device">Where to train.</param>
    /// <param name="plan">How to train.</param>
    /// <param name="data">The galaxies.</param>
    /// <param name="readsEachLoss">True to look for faults step by step, as on a CPU, which has no queue.</param>
    /// <exception cref="DeviceMemoryException">The device is short of memory; nothing stays allocated.</exception>
    public TrainingRun(Device device, TrainingPlan plan, TrainingData data, bool readsEachLoss = false)
    {
        this.data = data;
        settings = plan.Settings;
        using var construction = Construction.Begin();
        network = plan.CreateNetwork(device, settings.BatchSize);
        optimizer = plan.CreateOptimizer(network);
        average = plan.CreateAverage(network);
        step = new TrainingStep(network, optimizer, data.LossWeights)
        {
            ReadsEachLoss = readsEachLoss || device.Schedule == Schedule.Cpu,
        };
        int epochSteps = (data.Split.Train.Length + settings.BatchSize - 1) / settings.BatchSize;
        schedule = new LearningRateSchedule(
            settings.LearningRate,
            settings.Schedule,
            (long)Math.Round(settings.WarmUp * epochSteps),
            (long)settings.Epochs * epochSteps);
        loop = new BatchLoop(network, data.Galaxies.Images, data.Galaxies.Targets, plan.Interpolation);
        construction.Complete();
    }

    /// <summary>How far the run has come.</summary>
    public TrainingProgress Progress { get; private set; } = TrainingProgress.Start;

    private TrainingState State => new(network, optimizer, average, data.HasValidation);

    /// <summary>Loads the kernels of all that an epoch does: see <see cref="BatchLoop.LoadKernels"/>.</summary>
    public void LoadKernels()
    {
        loop.LoadKernels(Mode.Training, data.Split.Train.Length);
        loop.LoadKernels(Mode.Evaluation, data.Scored.Images.Length);
    }

    /// <summary>Continues the run of a folder, from its last checkpoint if it has one.</summary>
    /// <exception cref="UserErrorException">No checkpoint is good.</exception>
    public void Restore(RunFolder folder, Action<string> report) =>
        Progress = folder.Restore(State, report);

    /// <summary>Keeps all that is needed to continue later. It can be called between any two steps.</summary>
    /// <exception cref="OutputException">The folder cannot be written.</exception>
    /// <exception cref="TrainingFaultException">A weight is NaN or infinite: earlier checkpoints stay.</exception>
    public void Save(RunFolder folder)
    {
        ReadLosses();
        if (network.FindNonFinite() is { } name)
            throw new TrainingFaultException($"after {Progress} {name} is no longer finite", isLocated: true);
        folder.Save(State, Progress);
    }

    /// <summary>Trains on the images that are left in this epoch, and scores the network.</summary>
    /// <param name="afterStep">Is called after each step.</param>
    /// <param name="report">Gets the number of images done and of all.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="TrainingFaultException">A loss, or the score, is NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">It was canceled; the run can be saved as it is.</exception>
    public EpochResult TrainEpoch(Action afterStep, ProgressReport? report, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            TrainSteps(afterStep, report, cancellation);
        }
        catch (NonFiniteException exception)
        {
            throw Located(exception);
        }
        int images = data.Split.Train.Length;
        var watch = Stopwatch.StartNew();
        int[] scored = data.Scored.Images;
        float[] outputs = Predict(scored, settings.ViewsOfEpoch, cancellation);
        // They are those of the report, too, if that has the same images and views.
        predictions = data.HasValidation || settings.ViewsOfEpoch != settings.AverageViews ? null : outputs;
        var score = new Score(outputs, data.Galaxies.TargetsOf(scored));
        if (!double.IsFinite(score.Rmse))
            throw new TrainingFaultException($"after {Progress} the RMSE is {score.Rmse}", isLocated: true);
        double seconds = Progress.Seconds + watch.Elapsed.TotalSeconds;
        var result = new EpochResult(
            Progress.Epoch, Progress.LossSum / images, score.Rmse, images / Progress.Seconds, seconds);
        Progress = Progress.AfterEpoch(result);
        return result;
    }

    /// <summary>
    /// The predictions for the reported images, with the weights of the last epoch and all views: [reported, 37].
    /// </summary>
    public float[] Predict(CancellationToken cancellation) =>
        predictions ??= Predict(data.Reported.Images, settings.AverageViews, cancellation);

    /// <summary>
    /// Finds the step and the layer of a fault that showed some steps too late, as on a GPU, where steps queue up:
    /// repeats the steps since the last checkpoint and looks at each of them.
    /// </summary>
    /// <returns>What <see cref="TrainingFaultException"/> says if it is located.</returns>
    public static string Locate(
        Device device, TrainingPlan plan, TrainingData data, RunFolder folder, CancellationToken cancellation)
    {
        using var run = new TrainingRun(device, plan, data, readsEachLoss: true);
        run.Restore(folder, report: static _ => { });
        try
        {
            run.TrainEpoch(afterStep: static () => { }, report: null, cancellation);
        }
        catch (TrainingFaultException fault)
        {
            return fault.Message;
        }
        return $"the loss was not finite in epoch {run.Progress.History.Count}, but it was when the epoch was repeated";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        loop.Dispose();
        step.Dispose();
        average?.Dispose();
        optimizer.Dispose();
        network.Dispose();
    }

    private float[] Predict(int[] images, int views, CancellationToken cancellation)
    {
        using var averages = average?.Use();
        return loop.Predict(images, Views.Of(views), cancellation: cancellation);
    }

    private void TrainSteps(Action afterStep, ProgressReport? report, CancellationToken cancellation)
    {
        int epoch = Progress.Epoch;
        int[] order = settings.Shuffle
            ? EpochRandomness.Shuffle(settings.Seed, epoch, data.Split.Train)
            : data.Split.Train;
        int done = Math.Min(Progress.Step * settings.BatchSize, order.Length);
        var watch = Stopwatch.StartNew();
        var steps = loop.Train(
            step,
            order[done..],
            image => EpochRandomness.PoseOf(settings, epoch, image),
            () => optimizer.LearningRate = schedule.At(network.Steps.Value));
        foreach (int images in steps)
        {
            average?.Update();
            Progress = Progress.AfterStep(watch.Elapsed.TotalSeconds);
            done += images;
            report?.Invoke(done, order.Length);
            afterStep();
            cancellation.ThrowIfCancellationRequested();
            watch.Restart();
        }
        ReadLosses();
        Progress = Progress with { Seconds = Progress.Seconds + watch.Elapsed.TotalSeconds };
    }

    private void ReadLosses()
    {
        try
        {
            Progress = Progress.WithLosses(loop.TakeResults());
        }
        catch (NonFiniteException exception)
        {
            throw Located(exception);
        }
    }

    /// <summary>If each loss is read, the fault is in the step after those that are finished.</summary>
    private TrainingFaultException Located(NonFiniteException exception) => new(
        step.ReadsEachLoss
            ? $"in step {Progress.Step + 1} of epoch {Progress.Epoch} {exception.Message}"
            : exception.Message,
        step.ReadsEachLoss);
}
