using System.Diagnostics;

namespace GalaxyNet.Train;

/// <summary>A network in training on a device, epoch by epoch.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly TrainingData data;
    private readonly TrainingSettings settings;
    private readonly ICollective processes;
    private readonly Sequential network;
    private readonly Optimizer optimizer;
    private readonly WeightAverage? average;
    private readonly BatchLoop loop;
    private readonly IEpochSteps steps;
    private float[]? predictions;

    /// <summary>Builds the network, with its first weights.</summary>
    /// <param name="device">Where to train.</param>
    /// <param name="plan">How to train.</param>
    /// <param name="data">The galaxies.</param>
    /// <param name="processes">Those that train together; null for this one alone.</param>
    /// <param name="readsEachLoss">True to look for faults step by step, as on a CPU, which has no queue.</param>
    /// <exception cref="DeviceMemoryException">The device is short of memory; nothing stays allocated.</exception>
    public TrainingRun(
        Device device,
        TrainingPlan plan,
        TrainingData data,
        ICollective? processes = null,
        bool readsEachLoss = false)
    {
        this.data = data;
        this.processes = processes ?? new OneProcess();
        settings = plan.Settings;
        using var construction = Construction.Begin();
        network = plan.CreateNetwork(device, plan.ImagesOfShard(settings.BatchSize));
        optimizer = plan.CreateOptimizer(network);
        average = plan.CreateAverage(network);
        loop = new BatchLoop(network, data.Galaxies.Images, data.Galaxies.Targets, plan.Interpolation);
        steps = settings.Shards == 1
            ? new OrdinarySteps(State, plan, data, loop, readsEachLoss)
            : new ShardedSteps(
                State,
                plan,
                data.Galaxies.Images,
                data.Galaxies.Targets,
                data.LossWeights,
                data.Deal!,
                new Shards(this.processes, settings.Shards));
        construction.Complete();
    }

    /// <summary>How far the run has come.</summary>
    public TrainingProgress Progress { get; private set; } = TrainingProgress.Start;

    /// <summary>Who is told how the run goes; null for nobody.</summary>
    public ITrainingObserver? Observer { get; set; }

    /// <summary>How long messages between processes took; null if there are none.</summary>
    public CommunicationClock? Communication => processes.Size == 1 ? null : (steps as ShardedSteps)?.Communication;

    private TrainingState State => new(network, optimizer, average, data.HasValidation);

    /// <summary>Loads the kernels of all that an epoch does: see <see cref="BatchLoop.LoadKernels"/>.</summary>
    public void LoadKernels()
    {
        steps.LoadKernels();
        loop.LoadKernels(Mode.Evaluation, data.Scored.Images.Count(data.Galaxies.Images.Holds));
    }

    /// <summary>Continues the run of a folder, from its last checkpoint if it has one.</summary>
    /// <param name="folder">The folder, which process 0 reads for all; null on the others.</param>
    /// <param name="report">Is told of each damaged checkpoint that is passed over.</param>
    /// <exception cref="UserErrorException">No checkpoint is good.</exception>
    public void Restore(RunFolder? folder, Action<string> report)
    {
        if (folder is not null)
            Progress = folder.Restore(State, report);
        Progress = processes.FromTheFirst(Progress);
        if (processes.Size > 1 && !Progress.IsStart)
            processes.Broadcast(State.Entries);
    }

    /// <summary>Gives a run that has taken no step yet the weights that it is to begin from.</summary>
    /// <param name="weights">The weights, which process 0 reads for all; null to leave those that were drawn.</param>
    /// <param name="log">Is told if they are of another type, as others may write them.</param>
    /// <exception cref="UserErrorException">They are not those that the run was begun from, or not finite.</exception>
    public void StartFrom(StartingWeights? weights, Action<string> log)
    {
        if (weights is null || !Progress.IsStart)
            return;
        if (processes.Rank == 0)
            weights.GiveTo(network, log);
        if (processes.Size > 1)
            processes.Broadcast(network.Weights);
    }

    /// <summary>Keeps all that is needed to continue later. All processes call it between the same two steps.</summary>
    /// <param name="folder">The folder, to which process 0 writes; null on the others.</param>
    /// <exception cref="OutputException">The folder cannot be written.</exception>
    /// <exception cref="TrainingFaultException">A weight is NaN or infinite: earlier checkpoints stay.</exception>
    public void Save(RunFolder? folder)
    {
        ReadLosses();
        steps.CompleteState();
        if (network.FindNonFinite() is { } name)
            throw new TrainingFaultException($"after {Progress} {name} is no longer finite", isLocated: true);
        folder?.Save(State, Progress);
    }

    /// <summary>Trains on the images that are left in this epoch, and scores the network.</summary>
    /// <param name="afterStep">Is called after each step.</param>
    /// <param name="report">Gets the number of images done and of all.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="TrainingFaultException">A loss, or the score, is NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">It was canceled; the run can be saved as it is.</exception>
    public EpochResult TrainEpoch(Action afterStep, ProgressReport? report, CancellationToken cancellation)
    {
        if (processes.Size == 1) // several stop at the same step, which they agree on in that step
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
        Observer?.AfterEpoch(Progress.Losses.Count, result, network, outputs);
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
        Device device,
        TrainingPlan plan,
        TrainingData data,
        RunFolder folder,
        StartingWeights? from,
        CancellationToken cancellation)
    {
        using var run = new TrainingRun(device, plan, data, readsEachLoss: true);
        run.Restore(folder, report: static _ => { });
        run.StartFrom(from, log: static _ => { });
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
        steps.Dispose();
        loop.Dispose();
        average?.Dispose();
        optimizer.Dispose();
        network.Dispose();
    }

    private float[] Predict(int[] images, int views, CancellationToken cancellation)
    {
        steps.CompleteWeights();
        using var averages = average?.Use();
        return SharedPrediction.Predict(
            processes, loop, data.Galaxies.Images, images, Views.Of(views), cancellation: cancellation);
    }

    private void TrainSteps(Action afterStep, ProgressReport? report, CancellationToken cancellation)
    {
        int all = data.Split.Train.Length;
        int done = (int)Math.Min((long)Progress.Step * settings.BatchSize, all);
        var watch = Stopwatch.StartNew();
        foreach (int images in steps.Take(Progress.Epoch, Progress.Step, cancellation))
        {
            Progress = Progress.AfterStep(watch.Elapsed.TotalSeconds);
            Keep(steps.TakeKnownResults());
            done += images;
            report?.Invoke(done, all);
            afterStep();
            watch.Restart();
        }
        ReadLosses();
        Progress = Progress with { Seconds = Progress.Seconds + watch.Elapsed.TotalSeconds };
    }

    private void ReadLosses()
    {
        try
        {
            Keep(steps.TakeResults());
        }
        catch (NonFiniteException exception)
        {
            throw Located(exception);
        }
    }

    private void Keep(IReadOnlyList<StepResult> results)
    {
        if (results.Count == 0)
            return;
        Observer?.AfterSteps(Progress.Losses.Count + 1, results);
        Progress = Progress.WithLosses(results);
    }

    /// <summary>If each loss is read, the fault is in the step after those that are finished.</summary>
    private TrainingFaultException Located(NonFiniteException exception) => new(
        steps.ReadsEachLoss
            ? $"in step {Progress.Step + 1} of epoch {Progress.Epoch} {exception.Message}"
            : exception.Message,
        steps.ReadsEachLoss);
}
