using System.CommandLine;
using System.Globalization;

namespace GalaxyNet.Train;

/// <summary><c>train</c>: trains a network and keeps it after every epoch.</summary>
internal sealed class TrainCommand : Command
{
    private readonly Option<string> data = CommonOptions.Data();
    private readonly Option<string> output = CommonOptions.Out("The run's folder", "RUN");
    private readonly Option<int> attempt = CommonOptions.Attempt();
    private readonly Option<uint> seed = CommonOptions.Seed();
    private readonly Option<string> device = CommonOptions.Device();
    private readonly Option<bool> json = CommonOptions.Json();

    private readonly Option<int> epochs = new Option<int>("--epochs")
    {
        Description = "How often to go through the training pictures",
        HelpName = "N",
        DefaultValueFactory = _ => 5,
    }.AtLeast(1);

    private readonly Option<int> batchSize = new Option<int>("--batch-size")
    {
        Description = "The pictures of a step",
        HelpName = "N",
        DefaultValueFactory = _ => 64,
    }.AtLeast(1);

    private readonly Option<float> learningRate = new Option<float>("--learning-rate")
    {
        Description = "Adam's",
        HelpName = "RATE",
        DefaultValueFactory = _ => 0.001f,
    }.AtLeast(0);

    private readonly Option<double> testFraction = new Option<double>("--test-fraction")
    {
        Description = "The share of the galaxies to keep for the test, under 1; 0 trains on all",
        HelpName = "SHARE",
        DefaultValueFactory = _ => 0.2,
    }.AtLeast(0).Below(1);

    private readonly Option<bool> resume = new("--resume")
    {
        Description = "Go on with the run in --out from its last finished epoch, with the options it was begun with; "
            + "--epochs may be raised",
    };

    private readonly Terminal terminal;

    /// <summary>Declares the command.</summary>
    public TrainCommand(Terminal terminal)
        : base(
            "train",
            "Train a network on labelled galaxies; Ctrl-C keeps the finished epochs.\n"
            + "Example: train --data galaxyzoo --out run4 --epochs 5")
    {
        this.terminal = terminal;
        foreach (Option option in new Option[]
            { data, output, attempt, epochs, batchSize, learningRate, testFraction, seed, device, resume, json })
            Add(option);
        SetAction(Train);
    }

    private void Train(ParseResult result)
    {
        string path = result.GetRequiredValue(output);
        var folder = new RunFolder(path);
        var earlier = result.GetValue(resume) ? folder.ReadOptions() : null;
        if (earlier is null && folder.HasRun)
            throw new UserErrorException($"{path}: holds a run already: add --resume to go on, or give another --out");
        if (earlier is not null)
            RequireSameSettings(result, earlier.Settings, path);
        var session = new TrainingSession(
            terminal, folder, path, result.GetRequiredValue(data), earlier, SettingsFor(result, earlier?.Settings));
        session.Train(CommonOptions.ToDeviceKind(result.GetRequiredValue(device)), result.GetValue(json));
    }

    private TrainingSettings SettingsFor(ParseResult result, TrainingSettings? earlier)
    {
        if (earlier is not null)
            return IsGiven(result, epochs) ? earlier with { Epochs = result.GetValue(epochs) } : earlier;
        return new TrainingSettings(
            result.GetValue(attempt),
            result.GetValue(epochs),
            result.GetValue(batchSize),
            result.GetValue(learningRate),
            result.GetValue(testFraction),
            result.GetValue(seed));
    }

    private void RequireSameSettings(ParseResult result, TrainingSettings earlier, string path)
    {
        string?[] conflicts =
        [
            Conflict(result, attempt, earlier.Attempt),
            Conflict(result, batchSize, earlier.BatchSize),
            Conflict(result, learningRate, earlier.LearningRate),
            Conflict(result, testFraction, earlier.TestFraction),
            Conflict(result, seed, earlier.Seed),
        ];
        string differences = string.Join(", ", conflicts.OfType<string>());
        if (differences.Length > 0)
            throw new UserErrorException(
                $"{path}: was begun with {differences}: leave that out to go on with it, or train into another --out");
    }

    private static string? Conflict<T>(ParseResult result, Option<T> option, T earlier)
        where T : notnull
    {
        bool conflicts = IsGiven(result, option) && !earlier.Equals(result.GetRequiredValue(option));
        return conflicts ? string.Create(CultureInfo.InvariantCulture, $"{option.Name} {earlier}") : null;
    }

    private static bool IsGiven(ParseResult result, Option option) => result.GetResult(option) is { Implicit: false };
}
