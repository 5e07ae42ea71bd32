using System.Text.Json.Serialization;

namespace GalaxyNet.Train;

/// <summary>
/// What a user decides about a training run. What a file leaves out is the notebook's attempt 4, and what older files
/// did not have is only written where it is something else: so older runs stay as they are. What <c>train</c> does with
/// no options is <see cref="Best"/>.
/// </summary>
internal sealed record TrainingSettings
{
    /// <summary>Where what the user left open comes from.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Recipe Recipe { get; init; } = Recipe.Notebook;

    /// <summary>The largest <see cref="Shift"/>: nothing of an image would be left beyond it.</summary>
    public const double MostShift = 64;

    /// <summary>The largest <see cref="Zoom"/>.</summary>
    public const double MostZoom = Pose.MostZoom - 1;

    /// <summary>The network: the notebook's, 1 to 4, or 5.</summary>
    public int Attempt { get; init; } = 4;

    /// <summary>How many times to go through the training images.</summary>
    public int Epochs { get; init; } = 5;

    /// <summary>The images of a mini-batch.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>
    /// Into how many parts a mini-batch is split, whose gradients are computed alone: a power of two.
    /// </summary>
    [JsonIgnore]
    public int Shards { get; init; } = 1;

    /// <summary>What a file has of <see cref="Shards"/>: nothing where there is one, as in older files.</summary>
    [JsonInclude]
    [JsonPropertyName("shards")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    private int? ShardsIfSeveral
    {
        get => Shards == 1 ? null : Shards;
        init => Shards = value ?? 1;
    }

    /// <summary>What updates the weights.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>The highest learning rate of the run.</summary>
    public float LearningRate { get; init; } = 0.001f;

    /// <summary>The share of the velocity that gradient descent keeps from step to step; Adam has none.</summary>
    public float Momentum { get; init; } = 0.7f;

    /// <summary>
    /// By which share of itself, times the learning rate, Adam makes each weight smaller in a step: its AdamW.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public float WeightDecay { get; init; }

    /// <summary>
    /// How much of the average of the weights stays from step to step; 0 for no average: the last weights are used.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public float WeightAverage { get; init; }

    /// <summary>How the learning rate changes after the warm-up.</summary>
    public LearningRateDecay Schedule { get; init; } = LearningRateDecay.Constant;

    /// <summary>The number of epochs in which the learning rate rises to its highest.</summary>
    public double WarmUp { get; init; }

    /// <summary>What products may do to their factors, in training and afterwards.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>The share of the images that is kept for the test; 0 trains on all.</summary>
    public double TestFraction { get; init; } = TrainTestSplit.NotebookTestFraction;

    /// <summary>
    /// The share of the images that are not kept for the test to choose the best epoch by; they do not train.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double ValidationFraction { get; init; }

    /// <summary>Seed of the first weights, of dropout and of all that is drawn anew in each epoch.</summary>
    public uint Seed { get; init; } = 42;

    /// <summary>Seed of the split. A file must give it, or the test would be on other images.</summary>
    [JsonRequired]
    public uint SplitSeed { get; init; } = 42;

    /// <summary>True to go through the images in another order in each epoch.</summary>
    public bool Shuffle { get; init; }

    /// <summary>The names of the layers that stay as they are, with commas between; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Freeze { get; init; }

    /// <summary>
    /// After how many epochs in a row that are no better on the galaxies of validation the run stops; 0 for never.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Patience { get; init; }

    /// <summary>The network's last activation.</summary>
    public OutputActivation Output { get; init; } = OutputActivation.Notebook;

    /// <summary>Whether some classes count more than others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public LossKind Loss { get; init; } = LossKind.Notebook;

    /// <summary>How each image is rotated, by an angle drawn anew in each epoch.</summary>
    public RotationMethod Rotation { get; init; } = RotationMethod.Cubic;

    /// <summary>True to flip images left to right and upside down, drawn anew in each epoch.</summary>
    public bool Flips { get; init; }

    /// <summary>By how large a share an image is shown larger or smaller at most, drawn anew in each epoch.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double Zoom { get; init; }

    /// <summary>How far an image is moved at most in each direction, in pixels, drawn anew in each epoch.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double Shift { get; init; }

    /// <summary>
    /// By how large a share an image is made brighter or darker, bluer or redder at most, drawn anew in each epoch.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public float ColorJitter { get; init; }

    /// <summary>
    /// The number of <see cref="Views"/> of an image whose predictions are averaged, once the network is trained.
    /// </summary>
    public int AverageViews { get; init; } = 1;

    /// <summary>The number of views to score an epoch with: one, as more take longer than the epoch.</summary>
    /// <remarks>With the notebook's recipe it is the run's own number, as it has always been.</remarks>
    [JsonIgnore]
    public int ViewsOfEpoch => Recipe == Recipe.Notebook ? AverageViews : 1;

    /// <summary>What <c>train</c> does with no options.</summary>
    public static TrainingSettings Best { get; } = new TrainingSettings { Recipe = Recipe.Best }.WithDefaults();

    /// <summary>
    /// These settings with the defaults of their recipe, attempt, optimizer, output and seed. A tree needs a warm-up,
    /// for a first step of full length would drive its outputs to 0 and 1 for good.
    /// </summary>
    public TrainingSettings WithDefaults() => Recipe == Recipe.Notebook
        ? this with
        {
            Epochs = Attempt == 1 ? 180 : 5,
            LearningRate = Optimizer == OptimizerKind.Sgd ? 0.0005f : 0.001f,
            WarmUp = Output == OutputActivation.Notebook ? 0 : 1,
            SplitSeed = Seed,
        }
        : this with
        {
            Epochs = Attempt == 5 ? 80 : 60,
            LearningRate = Optimizer == OptimizerKind.Sgd ? 0.05f : Attempt == 5 ? 0.002f : 0.0003f,
            WeightDecay = Optimizer == OptimizerKind.Adam && Attempt == 5 ? 0.1f : 0,
            Schedule = LearningRateDecay.Cosine,
            WarmUp = 1,
            WeightAverage = 0.999f,
            Shuffle = true,
            Output = OutputActivation.Tree,
            Loss = LossKind.Mse,
            Flips = true,
            Zoom = 0.25,
            Shift = 3,
            ColorJitter = 0.1f,
            AverageViews = 16,
            TestFraction = 0.1,
            SplitSeed = Seed,
        };

    /// <summary>False if a file gives a value that <c>train</c> would refuse.</summary>
    [JsonIgnore]
    public bool ArePossible =>
        Attempt is >= 1 and <= 5
        && Epochs >= 1
        && BatchSize >= 1
        && int.IsPow2(Shards)
        && Shards <= BatchSize
        && LearningRate is >= 0 and < float.PositiveInfinity
        && Momentum is >= 0 and < 1
        && WarmUp is >= 0 and < double.PositiveInfinity
        && WeightDecay is >= 0 and < float.PositiveInfinity
        && WeightAverage is >= 0 and < 1
        && Zoom is >= 0 and <= MostZoom
        && Shift is >= 0 and <= MostShift
        && ColorJitter is >= 0 and < 1
        && TestFraction is >= 0 and < 1
        && ValidationFraction is >= 0 and < 1
        && Patience >= 0
        && Views.Counts.Contains(AverageViews)
        && FrozenLayers.ProblemOf(GalaxyZooNetworks.Attempt(Attempt), Freeze) is null;
}

/// <summary>Where settings come from that a user leaves open.</summary>
internal enum Recipe
{
    /// <summary>The notebook, to the letter.</summary>
    Notebook,

    /// <summary>What learned best.</summary>
    Best,
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

    /// <summary>
    /// The challenge's winner's: the ReLU of each answer as a share of its question's, down the tree.
    /// </summary>
    Shares,
}

/// <summary>What training makes small.</summary>
internal enum LossKind
{
    /// <summary>
    /// The squared error with the notebook's weights: in attempts 3 and 4 a class counts by its share of all votes.
    /// </summary>
    Notebook,

    /// <summary>The mean squared error: all classes count the same, as they do in the challenge's measure.</summary>
    Mse,
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
