namespace GalaxyNet.Train;

/// <summary>Steps over mini-batches that are split into shards, of which this process has some.</summary>
internal sealed class ShardedSteps : IEpochSteps
{
    private readonly TrainingState state;
    private readonly TrainingSettings settings;
    private readonly ShardDeal deal;
    private readonly int[] own;
    private readonly LearningRateSchedule schedule;
    private readonly ShardedStep step;
    private readonly MiniBatches batches;
    private readonly BatchOnDevice batch;
    private readonly AffineResampling resampling;
    private readonly AsyncCopies copies;
    private readonly Shape imageShape;
    private readonly Tensor input;
    private readonly List<StepResult> results = [];

    /// <summary>Prepares steps.</summary>
    /// <param name="state">What they change.</param>
    /// <param name="plan">How to train.</param>
    /// <param name="images">The images, of which those of this process's shards must be held.</param>
    /// <param name="targets">Their targets: [images, outputs].</param>
    /// <param name="lossWeights">The weight of each output in the loss.</param>
    /// <param name="deal">Which images the shards have.</param>
    /// <param name="shards">The shards.</param>
    public ShardedSteps(
        TrainingState state,
        TrainingPlan plan,
        ImageBlock images,
        float[] targets,
        float[] lossWeights,
        ShardDeal deal,
        Shards shards)
    {
        this.state = state;
        this.deal = deal;
        settings = plan.Settings;
        own = [.. shards.Own];
        schedule = plan.CreateSchedule(deal.Images);
        imageShape = images.Shape;
        var (network, device) = (state.Network, state.Network.Device);
        using var construction = Construction.Begin();
        step = plan.CreateShardedStep(state, lossWeights, shards.Processes);
        batches = new MiniBatches(device, images, targets, network.MaxBatch);
        batch = new BatchOnDevice(network, imageShape);
        resampling = new AffineResampling(device, plan.Interpolation);
        copies = new AsyncCopies(device);
        input = device.Allocate(network.InputShape.Batch(network.MaxBatch));
        construction.Complete();
    }

    /// <inheritdoc/>
    public bool ReadsEachLoss => true;

    /// <summary>How long messages between processes took.</summary>
    public CommunicationClock Communication => step.Communication;

    /// <inheritdoc/>
    public void LoadKernels()
    {
        int[] steps = [0, deal.Steps - 1];
        var counts = steps.SelectMany(i => own.Select(shard => deal.RowCount(i, shard)));
        foreach (int rows in counts.Where(rows => rows > 0))
            state.Network.LoadKernels(input.FirstRows(rows), Mode.Training);
    }

    /// <summary>
    /// Launches what a shard's pass launches, without images: so a device that only counts knows of all memory.
    /// </summary>
    public void LaunchOnce() => step.LaunchOnce(Upload(batches.Unfilled, firstRow: 0));

    /// <inheritdoc/>
    public IEnumerable<int> Take(int epoch, int done, CancellationToken cancellation)
    {
        int[][] parts = deal.PartsOfEpoch(settings, epoch, own);
        using var source = batches
            .Read(parts[(done * own.Length)..], image => EpochRandomness.PoseOf(settings, epoch, image))
            .GetEnumerator();
        for (int i = done; i < deal.Steps; i++)
        {
            state.Optimizer.LearningRate = schedule.At(state.Network.Steps.Value);
            int images = deal.RowsOf(i, settings.Shards - 1).End.Value;
            var result = step.Run(images, cancellation.IsCancellationRequested, shard => Load(source, i, own[shard]));
            results.Add(new StepResult(result.Loss, images));
            yield return images;
            if (result.Stops)
                throw new OperationCanceledException(cancellation);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<StepResult> TakeResults() => TakeKnownResults();

    /// <inheritdoc/>
    public IReadOnlyList<StepResult> TakeKnownResults()
    {
        StepResult[] taken = [.. results];
        results.Clear();
        return taken;
    }

    /// <inheritdoc/>
    public void CompleteWeights()
    {
        step.CompleteWeights();
        step.CompleteAverage();
    }

    /// <inheritdoc/>
    public void CompleteState() => step.CompleteState();

    /// <inheritdoc/>
    public void Dispose()
    {
        input.Dispose();
        copies.Dispose();
        resampling.Dispose();
        batch.Dispose();
        batches.Dispose();
        step.Dispose();
    }

    /// <summary>The next images, which are those of a shard in a step; null if it has none there.</summary>
    private ShardRows? Load(IEnumerator<MiniBatch> source, int i, int shard)
    {
        source.MoveNext();
        return source.Current.Count == 0 ? null : Upload(source.Current, deal.RowsOf(i, shard).Start.Value);
    }

    private ShardRows Upload(MiniBatch images, int firstRow)
    {
        batch.BeginUpload(copies, images);
        copies.Wait();
        var rows = input.FirstRows(images.Count);
        resampling.Forward(batch.Pixels, imageShape.Batch(images.Count), batch.Poses, rows);
        return new ShardRows(rows, batch.Targets, firstRow);
    }
}
