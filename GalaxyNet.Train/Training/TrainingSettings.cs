using System.Text.Json.Serialization;

namespace GalaxyNet.Train;

/// <summary>What a user decides about a training run. The defaults are the notebook's attempt 4.</summary>
internal sealed record TrainingSettings
{
    /// <summary>The notebook's network, 1 to 4.</summary>
    public int Attempt { get; init; } = 4;

    /// <summary>How many times to go through the training images.</summary>
    public int Epochs { get; init; } = 5;

    /// <summary>The images of a mini-batch.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>What updates the weights.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>The highest learning rate of the run.</summary>
    public float LearningRate { get; init; } = 0.001f;

    /// <summary>The share of the velocity that gradient descent keeps from step to step; Adam has none.</summary>
    public float Momentum { get; init; } = 0.7f;

    /// <summary>How the learning rate changes after the warm-up.</summary>
    public LearningRateDecay Schedule { get; init; } = LearningRateDecay.Constant;

    /// <summary>The number of epochs in which the learning rate rises to its highest.</summary>
    public double WarmUp { get; init; }

    /// <summary>What products may do to their factors, in training and afterwards.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] // so that runs from before stay as they are
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>The share of the images that is kept for the test; 0 trains on all.</summary>
    public double TestFraction { get; init; } = TrainTestSplit.NotebookTestFraction;

    /// <summary>Seed of the first weights, of dropout and of all that is drawn anew in each epoch.</summary>
    public uint Seed { get; init; } = 42;

    /// <summary>Seed of the split. A file must give it, or the test would be on other images.</summary>
    [JsonRequired]
    public uint SplitSeed { get; init; } = 42;

    /// <summary>True to go through the images in another order in each epoch.</summary>
    public bool Shuffle { get; init; }

    /// <summary>The network's last activation.</summary>
    public OutputActivation Output { get; init; } = OutputActivation.Notebook;

    /// <summary>How each image is rotated, by an angle drawn anew in each epoch.</summary>
    public RotationMethod Rotation { get; init; } = RotationMethod.Cubic;

    /// <summary>True to flip images left to right and upside down, drawn anew in each epoch.</summary>
    public bool Flips { get; init; }

    /// <summary>The number of <see cref="Views"/> of an image whose predictions are averaged.</summary>
    public int AverageViews { get; init; } = 1;

    /// <summary>
    /// These settings with the defaults of their attempt, optimizer, output and seed: the notebook's numbers, and a
    /// warm-up for the tree, whose outputs a first step of full length would drive to 0 and 1 for good.
    /// </summary>
    public TrainingSettings WithDefaults() => this with
    {
        Epochs = Attempt == 1 ? 180 : 5,
        LearningRate = Optimizer == OptimizerKind.Sgd ? 0.0005f : 0.001f,
        WarmUp = Output == OutputActivation.Tree ? 1 : 0,
        SplitSeed = Seed,
    };

    /// <summary>False if a file gives a value that <c>train</c> would refuse.</summary>
    [JsonIgnore]
    public bool ArePossible =>
        Attempt is >= 1 and <= 4
        && Epochs >= 1
        && BatchSize >= 1
        && LearningRate is >= 0 and < float.PositiveInfinity
        && Momentum is >= 0 and < 1
        && WarmUp is >= 0 and < double.PositiveInfinity
        && TestFraction is >= 0 and < 1
        && Views.Counts.Contains(AverageViews);
}

/// <summary>What updates the weights.</summary>
internal enum OptimizerKind
{
    /// <summary>What the notebook trained with.</summary>
    Adam,

    /// <summary>Gradient descent with momentum, which the notebook tried first.</summary>
    Sgd,
}

/// <summary>The last activation of a network.</summary>
internal enum OutputActivation
{
    /// <summary>The notebook's: a sigmoid in attempt 4, none in the others.</summary>
    Notebook,

    /// <summary>A softmax for each question, multiplied down the tree: outputs add up as the votes do.</summary>
    Tree,
}

/// <summary>How images are rotated in training.</summary>
internal enum RotationMethod
{
    /// <summary>By any angle, with cubic splines, as in the notebook.</summary>
    Cubic,

    /// <summary>By any angle, with bilinear interpolation: cheaper, and a little blurred.</summary>
    Bilinear,

    /// <summary>Not at all.</summary>
    None,
}
