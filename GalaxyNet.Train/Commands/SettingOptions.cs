using System.CommandLine;
using System.Globalization;

namespace GalaxyNet.Train;

/// <summary>The options of <c>train</c> that make a run: one for each of the <see cref="TrainingSettings"/>.</summary>
internal sealed class SettingOptions
{
    private const int MostShardsExponent = 10;

    private readonly List<Setting> settings = [];
    private readonly Setting epochs;
    private readonly NumberOption<int> shards = new NumberOption<int>("--shards")
    {
        Description = "Split each mini-batch into so many parts, whose gradients are computed alone, with a batch "
            + "normalization of their own: a power of two. The result is the same on 1, 2, 4, ... processes up to this "
            + "number, which is the default on several processes",
    }.OneOf([.. Enumerable.Range(0, MostShardsExponent + 1).Select(exponent => 1 << exponent)]);

    private readonly Option<string> optimizer = CommonOptions.Choice<OptimizerKind>(
        "--optimizer", "What updates the weights: Adam, or stochastic gradient descent with momentum");

    private readonly NumberOption<float> weightDecay = new NumberOption<float>("--weight-decay")
    {
        Description = "Make each weight smaller in each step of adam, by this share times the learning rate (AdamW); "
            + "0.1 for attempt 5",
        HelpName = "SHARE",
    }.AtLeast(0).Below(1);

    private readonly Option<string?> freeze = new("--freeze")
    {
        Description = "Leave layers as they are: their names, with commas between, as summary shows them",
        HelpName = "LAYERS",
    };

    private readonly NumberOption<float> momentum = new NumberOption<float>("--momentum")
    {
        Description = "The momentum of sgd, less than 1",
        HelpName = "SHARE",
    }.AtLeast(0).Below(1);

    public SettingOptions()
    {
        Add(
            CommonOptions.Choice<Recipe>(
                "--recipe",
                "Where options come from that are not given: best is what learns best on the challenge's galaxies, "
                + "whose values this help shows; notebook is what the notebook did"),
            s => CommonOptions.NameOf(s.Recipe),
            (s, value) => s with { Recipe = CommonOptions.Named<Recipe>(value) });
        Add(CommonOptions.Attempt(), s => s.Attempt, (s, value) => s with { Attempt = value });
        epochs = Add(
            new NumberOption<int>("--epochs")
            {
                Description = "How many times to go through the training images; 80 for attempt 5; "
                    + "the notebook's is 5, and 180 for attempt 1",
                HelpName = "N",
            }.AtLeast(1),
            s => s.Epochs,
            (s, value) => s with { Epochs = value });
        Add(
            new NumberOption<int>("--batch-size")
            {
                Description = "The number of images in a mini-batch",
                HelpName = "N",
            }.AtLeast(1),
            s => s.BatchSize,
            (s, value) => s with { BatchSize = value });
        Add(shards, s => s.Shards, (s, value) => s with { Shards = value });
        Add(
            optimizer,
            s => CommonOptions.NameOf(s.Optimizer),
            (s, value) => s with { Optimizer = CommonOptions.Named<OptimizerKind>(value) });
        Add(
            new NumberOption<float>("--learning-rate")
            {
                Description = "The highest learning rate; 0.002 for attempt 5, 0.05 for sgd; the notebook's are 0.001, "
                    + "and 0.0005 for sgd",
                HelpName = "RATE",
            }.AtLeast(0),
            s => s.LearningRate,
            (s, value) => s with { LearningRate = value });
        Add(
            weightDecay,
            s => s.WeightDecay,
            (s, value) => s with { WeightDecay = value });
        Add(
            new NumberOption<float>("--weight-average")
            {
                Description = "Use an average of the weights of all steps, of which this share stays in each step; "
                    + "0: the last weights",
                HelpName = "SHARE",
            }.AtLeast(0).Below(1),
            s => s.WeightAverage,
            (s, value) => s with { WeightAverage = value });
        Add(momentum, s => s.Momentum, (s, value) => s with { Momentum = value });
        Add(
            CommonOptions.Choice<LearningRateDecay>(
                "--schedule", "How the learning rate changes: not at all, or along a cosine down to zero"),
            s => CommonOptions.NameOf(s.Schedule),
            (s, value) => s with { Schedule = CommonOptions.Named<LearningRateDecay>(value) });
        Add(
            new NumberOption<double>("--warm-up")
            {
                Description = "The number of epochs in which the learning rate rises to its highest",
                HelpName = "EPOCHS",
            }.AtLeast(0),
            s => s.WarmUp,
            (s, value) => s with { WarmUp = value });
        Add(
            new NumberOption<double>("--test-fraction")
            {
                Description = "The share of the galaxies to keep for the test, less than 1; 0 trains on all of them",
                HelpName = "SHARE",
            }.AtLeast(0).Below(1),
            s => s.TestFraction,
            (s, value) => s with { TestFraction = value });
        Add(
            new NumberOption<double>("--validation-fraction")
            {
                Description = "The share of the other galaxies to choose the best epoch by, less than 1; "
                    + "they are neither trained on nor tested on",
                HelpName = "SHARE",
            }.AtLeast(0).Below(1),
            s => s.ValidationFraction,
            (s, value) => s with { ValidationFraction = value });
        Add(
            new NumberOption<int>("--patience")
            {
                Description = "Stop after so many epochs in a row that are no better on the galaxies of validation; "
                    + "0: never",
                HelpName = "EPOCHS",
            }.AtLeast(0),
            s => s.Patience,
            (s, value) => s with { Patience = value });
        settings.Add(new Setting(
            freeze,
            s => s.Freeze ?? "",
            (result, old) => old with { Freeze = FrozenLayers.Normalize(result.GetValue(freeze)!) }));
        Add(CommonOptions.Seed(), s => s.Seed, (s, value) => s with { Seed = value });
        Add(
            new NumberOption<uint>("--split-seed")
            {
                Description = "Seed of the split into training and test, to compare seeds on the same test; "
                    + "the default is that of --seed",
                HelpName = "N",
            }.AtLeast(0),
            s => s.SplitSeed,
            (s, value) => s with { SplitSeed = value });
        Add(
            new Option<bool>("--shuffle") { Description = "Shuffle the images anew in each epoch; false: do not" },
            s => s.Shuffle,
            (s, value) => s with { Shuffle = value });
        Add(
            CommonOptions.Choice<RotationMethod>(
                "--rotation",
                "How to rotate images at random: with cubic splines as in the notebook, bilinearly, which is cheaper, "
                + "or not at all"),
            s => CommonOptions.NameOf(s.Rotation),
            (s, value) => s with { Rotation = CommonOptions.Named<RotationMethod>(value) });
        Add(
            new Option<bool>("--flips")
            {
                Description = "Flip images at random, left to right and upside down; false: do not",
            },
            s => s.Flips,
            (s, value) => s with { Flips = value });
        Add(
            new NumberOption<double>("--zoom")
            {
                Description = "Show each image larger or smaller by up to this share, at random",
                HelpName = "SHARE",
            }.AtLeast(0).Below(TrainingSettings.MostZoom),
            s => s.Zoom,
            (s, value) => s with { Zoom = value });
        Add(
            new NumberOption<double>("--shift")
            {
                Description = "Move each image by up to so many pixels in each direction, at random",
                HelpName = "PIXELS",
            }.AtLeast(0).Below(TrainingSettings.MostShift),
            s => s.Shift,
            (s, value) => s with { Shift = value });
        Add(
            new NumberOption<float>("--color-jitter")
            {
                Description = "Make each image brighter or darker, bluer or redder by up to this share, at random",
                HelpName = "SHARE",
            }.AtLeast(0).Below(1),
            s => s.ColorJitter,
            (s, value) => s with { ColorJitter = value });
        Add(
            CommonOptions.Choice<OutputActivation>(
                "--output",
                "The last layer: the notebook's; or a softmax down the decision tree, so that outputs add up as the "
                + "votes do; or the challenge's winner's, which divides by sums instead"),
            s => CommonOptions.NameOf(s.Output),
            (s, value) => s with { Output = CommonOptions.Named<OutputActivation>(value) });
        Add(
            CommonOptions.Choice<LossKind>(
                "--loss",
                "What to make small: mse, the mean squared error, or the notebook's, in which attempts 3 and 4 weight "
                + "each class by its share of all votes"),
            s => CommonOptions.NameOf(s.Loss),
            (s, value) => s with { Loss = CommonOptions.Named<LossKind>(value) });
        Add(
            PrecisionOption.Create(),
            s => PrecisionOption.NameOf(s.Precision),
            (s, value) => s with { Precision = PrecisionOption.Named(value) });
        Add(
            CommonOptions.AverageViews(
                "Average predictions over this many rotated and flipped views of each image, once it is trained"),
            s => s.AverageViews,
            (s, value) => s with { AverageViews = value });
    }

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => settings.Select(setting => setting.Option);

    /// <summary>The settings of a new run.</summary>
    /// <param name="result">What the user has given.</param>
    /// <param name="processes">How many processes there are: as many shards, if it is left open.</param>
    /// <exception cref="UsageException">
    /// One is given that the run's optimizer has no use for, a mini-batch has fewer images than shards, or a layer
    /// cannot be frozen.
    /// </exception>
    public TrainingSettings Read(ParseResult result, int processes = 1)
    {
        RequireOptimizer(OptimizerKind.Sgd, momentum, result);
        RequireOptimizer(OptimizerKind.Adam, weightDecay, result);
        var read = Apply(Apply(new TrainingSettings { Recipe = Recipe.Best }, result).WithDefaults(), result);
        if (shards.Given(result) is null)
            read = read with { Shards = processes };
        if (FrozenLayers.ProblemOf(GalaxyZooNetworks.Attempt(read.Attempt), read.Freeze) is { } problem)
            throw new UsageException($"{freeze.Name} {problem}");
        return read.Shards <= read.BatchSize
            ? read
            : throw new UsageException(
                $"--batch-size {read.BatchSize} is less than the {read.Shards} shards that it is split into: give a "
                + "larger one, or fewer --shards or processes.");
    }

    /// <summary>The settings of a run that is resumed: it may get more epochs, all else stays.</summary>
    /// <exception cref="UserErrorException">A given option differs from what the run was begun with.</exception>
    public TrainingSettings ReadOnTopOf(TrainingSettings earlier, ParseResult result, string path)
    {
        string differences = string.Join(
            ", ",
            settings.Where(setting => setting != epochs && setting.IsGiven(result))
                .Where(setting => !Equals(setting.ValueOf(setting.Apply(result, earlier)), setting.ValueOf(earlier)))
                .Select(setting => setting.ValueOf(earlier) is "" ? $"no {setting.Option.Name}"
                    : $"{setting.Option.Name} {Text(setting.ValueOf(earlier))}"));
        if (differences.Length > 0)
            throw new UserErrorException(
                $"{path}: was begun with {differences}: leave that out to continue it, or train into another --out");
        return epochs.IsGiven(result) ? epochs.Apply(result, earlier) : earlier;
    }

    private void RequireOptimizer(OptimizerKind kind, Option option, ParseResult result)
    {
        string name = CommonOptions.NameOf(kind);
        if (result.GetResult(option) is { Implicit: false } && result.GetValue(optimizer) != name)
            throw new UsageException($"{option.Name} is for {name} only: add --optimizer {name}, or leave it out.");
    }

    private TrainingSettings Apply(TrainingSettings start, ParseResult result) => settings.Aggregate(
        start, (read, setting) => setting.IsGiven(result) ? setting.Apply(result, read) : read);

    private static string Text(object value) =>
        Convert.ToString(value, CultureInfo.InvariantCulture)!.ToLowerInvariant();

    private Setting Add<T>(
        Option<T> option, Func<TrainingSettings, T> get, Func<TrainingSettings, T, TrainingSettings> with)
        where T : notnull
    {
        option.DefaultValueFactory = _ => get(TrainingSettings.Best);
        var setting = new Setting(
            option, value => get(value), (result, old) => with(old, result.GetRequiredValue(option)));
        settings.Add(setting);
        return setting;
    }

    /// <summary>An option and its setting.</summary>
    private sealed record Setting(
        Option Option,
        Func<TrainingSettings, object> ValueOf,
        Func<ParseResult, TrainingSettings, TrainingSettings> Apply)
    {
        public bool IsGiven(ParseResult result) => result.GetResult(Option) is { Implicit: false };
    }
}
