using System.Text.Json.Serialization;
using GalaxyNet.Kernels;
using GalaxyNet.Layers;

namespace GalaxyNet.Train;

/// <summary>What a user decides about a training run. Where nothing is said, it is the notebook's attempt 4.</summary>
internal sealed record TrainingSettings
{
    /// <summary>The notebook's network, 1 to 4.</summary>
    public int Attempt { get; init; } = 4;

    /// <summary>How often to go through the training images.</summary>
    public int Epochs { get; init; } = 5;

    /// <summary>The images of a step.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>What moves the weights.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>The optimizer's, at its highest.</summary>
    public float LearningRate { get; init; } = 0.001f;

    /// <summary>How much of its velocity gradient descent keeps from step to step; Adam has none.</summary>
    public float Momentum { get; init; } = 0.7f;

    /// <summary>How the learning rate goes on after the warm-up.</summary>
    public LearningRateDecay Schedule { get; init; } = LearningRateDecay.Constant;

    /// <summary>The epochs in which the learning rate climbs to its highest.</summary>
    public double WarmUp { get; init; }

    /// <summary>The share of the images that is kept for the test; 0 trains on all.</summary>
    public double TestFraction { get; init; } = TrainTestSplit.NotebookTestFraction;

    /// <summary>Of the first weights, dropout and all that is drawn anew in each epoch.</summary>
    public uint Seed { get; init; } = 42;

    /// <summary>Of the split. It is not guessed where a file does not say it, for the test would be on other images.</summary>
    [JsonRequired]
    public uint SplitSeed { get; init; } = 42;

    /// <summary>True to go through the images in another order in each epoch.</summary>
    public bool Shuffle { get; init; }

    /// <summary>What turns the network's last sums into its answers.</summary>
    public OutputActivation Output { get; init; } = OutputActivation.Notebook;

    /// <summary>How each image is rotated, by an angle drawn anew in each epoch.</summary>
    public RotationMethod Rotation { get; init; } = RotationMethod.Cubic;

    /// <summary>True to show each image mirrored left to right, upside down, both or neither, drawn anew in each epoch.</summary>
    public bool Flips { get; init; }

    /// <summary>Over how many <see cref="Views"/> of an image the network's answers are averaged, when it is not training.</summary>
    public int AverageViews { get; init; } = 1;

    /// <summary>
    /// These settings with what suits their attempt, optimizer, output and seed: the notebook's numbers, and a warm-up for the tree, whose
    /// shares are driven to 0 and 1 for good by a first step of full length.
    /// </summary>
    public TrainingSettings WithDefaults() => this with
    {
        Epochs = Attempt == 1 ? 180 : 5,
        LearningRate = Optimizer == OptimizerKind.Sgd ? 0.0005f : 0.001f,
        WarmUp = Output == OutputActivation.Tree ? 1 : 0,
        SplitSeed = Seed,
    };

    /// <summary>False where a file says what <c>train</c> takes from nobody.</summary>
    [JsonIgnore]
    public bool ArePossible =>
        Attempt is >= 1 and <= 4
        && Epochs >= 1
        && BatchSize >= 1
        && BatchSize <= MostImages
        && LearningRate is >= 0 and < float.PositiveInfinity
        && Momentum is >= 0 and < 1
        && WarmUp is >= 0 and < double.PositiveInfinity
        && TestFraction is >= 0 and < 1
        && Views.Counts.Contains(AverageViews);

    /// <summary>The largest batch that has an index for each of its numbers, in every layer.</summary>
    [JsonIgnore]
    public int MostImages => int.MaxValue / ToNetwork().Summary.LargestOutput;

    /// <summary>How galaxies are cut out for the network: gray ones are the tight crop's.</summary>
    public GalaxyCrop ToCrop() =>
        ToNetwork().InputShape[0] == GalaxyCrop.Tight.Channels ? GalaxyCrop.Tight : GalaxyCrop.Wide;

    /// <summary>The network that is trained.</summary>
    public GalaxyZooNetwork ToNetwork()
    {
        var network = GalaxyZooNetworks.Attempt(Attempt);
        return Output == OutputActivation.Tree
            ? network.WithActivation(new TreeSoftmaxLayer("tree", DecisionTree.SoftmaxGroups))
            : network;
    }

    /// <summary>What to take for the brightness between pixels; where nothing is rotated, what is cheapest at right angles.</summary>
    public Interpolation ToInterpolation() =>
        Rotation == RotationMethod.Cubic ? Interpolation.Cubic : Interpolation.Bilinear;

    /// <summary>The optimizer of a network.</summary>
    public Optimizer CreateOptimizer(Sequential network) => Optimizer == OptimizerKind.Sgd
        ? new SgdOptimizer(network, LearningRate, Momentum)
        : new AdamOptimizer(network, LearningRate);
}
