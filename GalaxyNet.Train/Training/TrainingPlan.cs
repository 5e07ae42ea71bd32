namespace GalaxyNet.Train;

/// <summary>What follows from a run's settings, made once and handed on: the network and what suits it.</summary>
internal sealed class TrainingPlan
{
    /// <summary>Plans a run.</summary>
    /// <exception cref="ArgumentException">The notebook has no such attempt.</exception>
    public TrainingPlan(TrainingSettings settings)
    {
        Settings = settings;
        var network = GalaxyZooNetworks.Attempt(settings.Attempt);
        network = network with { Layers = FrozenLayers.Freeze(network.Layers, settings.Freeze) };
        Network = settings.Output switch
        {
            OutputActivation.Tree => network.WithActivation(new TreeSoftmaxLayer("tree", DecisionTree.SoftmaxGroups)),
            OutputActivation.Shares => network.WithActivation(new TreeSharesLayer("tree", DecisionTree.SoftmaxGroups)),
            _ => network,
        };
    }

    /// <summary>What the user decided.</summary>
    public TrainingSettings Settings { get; }

    /// <summary>The network that is trained.</summary>
    public GalaxyZooNetwork Network { get; }

    /// <summary>True if the loss weights each class by its share of all votes.</summary>
    public bool WeightsClasses => Settings.Loss == LossKind.Notebook && Network.WeightsClasses;

    /// <summary>How galaxies are cut out for the network.</summary>
    public GalaxyCrop Crop => Network.Crop;

    /// <summary>The width and height of the images, in pixels.</summary>
    public int Size => Network.CropSize;

    /// <summary>The shape of an image before it is resampled for the network.</summary>
    public Shape CropShape => [Crop.Channels, Size, Size];

    /// <summary>How to interpolate between pixels; without rotation, the cheaper way, exact at right angles.</summary>
    public Interpolation Interpolation =>
        Settings.Rotation == RotationMethod.Cubic ? Interpolation.Cubic : Interpolation.Bilinear;

    /// <summary>The largest batch whose elements can all be indexed, in every layer.</summary>
    public int MostImages => int.MaxValue / Network.Summary.LargestOutput;

    /// <summary>The images of the largest part of a mini-batch, if it has so many.</summary>
    public int ImagesOfShard(int batch) => Rounding.CeilingDivide(batch, Settings.Shards);

    /// <summary>How many mini-batches an epoch over so many images has.</summary>
    public int StepsOfEpoch(int images) => Rounding.CeilingDivide(images, Settings.BatchSize);

    /// <summary>Builds the network on a device, with first weights from the seed.</summary>
    public Sequential CreateNetwork(Device device, int maxBatch) => Network.Create(device, maxBatch, Settings.Seed);

    /// <summary>The same to predict with, once it has loaded weights: it cannot be trained.</summary>
    public Sequential CreatePredictor(Device device, int maxBatch) =>
        Network.Create(device, maxBatch, Settings.Seed, trainable: false);

    /// <summary>The average of a network's weights, if there is to be one.</summary>
    public WeightAverage? CreateAverage(Sequential network) =>
        Settings.WeightAverage == 0 ? null : new WeightAverage(network, Settings.WeightAverage);

    /// <summary>The optimizer of a network.</summary>
    public Optimizer CreateOptimizer(Sequential network) => Settings.Optimizer == OptimizerKind.Sgd
        ? new SgdOptimizer(network, Settings.LearningRate, Settings.Momentum)
        : new AdamOptimizer(network, Settings.LearningRate, weightDecay: Settings.WeightDecay);

    /// <summary>The learning rate of each step of a run over so many images.</summary>
    public LearningRateSchedule CreateSchedule(int images) => new(
        Settings.LearningRate,
        Settings.Schedule,
        (long)Math.Round(Settings.WarmUp * StepsOfEpoch(images)),
        (long)Settings.Epochs * StepsOfEpoch(images));

    /// <summary>What has stopped a run early that had such epochs; null if nothing has.</summary>
    public EarlyStopping? StoppedAfter(IReadOnlyList<EpochResult> history)
    {
        if (Settings.Patience == 0)
            return null;
        var stopping = new EarlyStopping(Settings.Patience);
        foreach (var epoch in history)
            stopping.Add(epoch.Rmse);
        return stopping.Stops ? stopping : null;
    }

    /// <summary>The step over shards.</summary>
    public ShardedStep CreateShardedStep(TrainingState state, float[] lossWeights, ICollective processes) => new(
        state.Network,
        (IPartialOptimizer)state.Optimizer,
        state.Average,
        lossWeights,
        Settings.Shards,
        processes);
}
