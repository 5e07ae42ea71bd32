namespace GalaxyNet.Train;

/// <summary>Steps over whole mini-batches, on one device.</summary>
internal sealed class OrdinarySteps : IEpochSteps
{
    private readonly TrainingState state;
    private readonly TrainingData data;
    private readonly TrainingSettings settings;
    private readonly LearningRateSchedule schedule;
    private readonly BatchLoop loop;
    private readonly TrainingStep step;

    /// <summary>Prepares steps.</summary>
    /// <param name="state">What they change.</param>
    /// <param name="plan">How to train.</param>
    /// <param name="data">The galaxies.</param>
    /// <param name="loop">Feeds the network; it is not disposed here.</param>
    /// <param name="readsEachLoss">True to look for faults step by step, as on a CPU, which has no queue.</param>
    public OrdinarySteps(
        TrainingState state, TrainingPlan plan, TrainingData data, BatchLoop loop, bool readsEachLoss)
    {
        this.state = state;
        this.data = data;
        this.loop = loop;
        settings = plan.Settings;
        schedule = plan.CreateSchedule(data.Split.Train.Length);
        step = new TrainingStep(state.Network, state.Optimizer, data.LossWeights)
        {
            ReadsEachLoss = readsEachLoss || state.Network.Device.Schedule == Schedule.Cpu,
        };
    }

    /// <inheritdoc/>
    public bool ReadsEachLoss => step.ReadsEachLoss;

    /// <inheritdoc/>
    public void LoadKernels() => loop.LoadKernels(Mode.Training, data.Split.Train.Length);

    /// <inheritdoc/>
    public IEnumerable<int> Take(int epoch, int done, CancellationToken cancellation)
    {
        int[] order = settings.Shuffle
            ? EpochRandomness.Shuffle(settings.Seed, epoch, data.Split.Train)
            : data.Split.Train;
        int first = (int)Math.Min((long)done * settings.BatchSize, order.Length);
        var steps = loop.Train(
            step,
            order[first..],
            image => EpochRandomness.PoseOf(settings, epoch, image),
            () => state.Optimizer.LearningRate = schedule.At(state.Network.Steps.Value));
        foreach (int images in steps)
        {
            state.Average?.Update();
            yield return images;
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<StepResult> TakeKnownResults() => loop.TakeKnownResults();

    /// <inheritdoc/>
    public IReadOnlyList<StepResult> TakeResults() => loop.TakeResults();

    /// <inheritdoc/>
    public void CompleteWeights()
    {
        // They are nowhere else.
    }

    /// <inheritdoc/>
    public void CompleteState()
    {
        // It is nowhere else.
    }

    /// <inheritdoc/>
    public void Dispose() => step.Dispose();
}
