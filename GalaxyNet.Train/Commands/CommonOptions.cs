using System.CommandLine;

namespace GalaxyNet.Train;

/// <summary>The options that several commands have.</summary>
internal static class CommonOptions
{
    /// <summary>The name of the option that asks for JSON.</summary>
    public const string JsonName = "--json";

    private const int MostThreads = 1024; // more than any machine has cores, and as many as ILGPU can handle

    /// <summary><c>--data</c>: labeled galaxies.</summary>
    public static PathOption<string> Data() => new("--data", PathRole.Galaxies)
    {
        Description = "The challenge's folder, with training_solutions_rev1.csv and images_training_rev1",
        HelpName = "DIR",
        Required = true,
    };

    /// <summary><c>--run</c>: one trained run, or several.</summary>
    public static PathOption<string[]> Runs() => new("--run", PathRole.Run)
    {
        Description = "A run's folder, as written by train; given several times, the runs' predictions are averaged",
        HelpName = "RUN",
        Required = true,
    };

    /// <summary><c>--checkpoint</c>: which weights of a run to use.</summary>
    public static Option<string> Checkpoint()
    {
        var option = Choice<CheckpointKind>(
            "--checkpoint",
            "Which weights to use: of the last epoch, or of the best on the galaxies that were kept for validation");
        option.DefaultValueFactory = _ => NameOf(CheckpointKind.Last);
        return option;
    }

    /// <summary><c>--average-views</c> of a command that uses a trained network.</summary>
    public static NumberOption<int> AverageViewsOfRun() => AverageViews(
        "Average predictions over this many rotated and flipped views of each image, instead of the run's own number");

    /// <summary><c>--out</c>: the folder to write into.</summary>
    public static PathOption<string> OutFolder(string description, string helpName) =>
        new("--out", PathRole.OutputFolder) { Description = description, HelpName = helpName, Required = true };

    /// <summary><c>--attempt</c>: which of the notebook's networks.</summary>
    public static NumberOption<int> Attempt() => new NumberOption<int>("--attempt")
    {
        Description = "Which network: the notebook's, 1 to 4, or 5, a smaller and better one",
        DefaultValueFactory = _ => 4,
    }.OneOf(1, 2, 3, 4, 5);

    /// <summary><c>--seed</c>.</summary>
    public static NumberOption<uint> Seed() => new NumberOption<uint>("--seed")
    {
        Description = "Seed of all random numbers: the same seed gives the same result",
        HelpName = "N",
        DefaultValueFactory = _ => 42,
    }.AtLeast(0);

    /// <summary><c>--threads</c>.</summary>
    public static NumberOption<int> Threads() => new NumberOption<int>("--threads")
    {
        Description = "The number of threads to use, if the device is the CPU",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    }.AtLeast(1).AtMost(MostThreads);

    /// <summary><c>--skip-bad</c>.</summary>
    public static Option<bool> SkipBad(string consequence) => new("--skip-bad")
    {
        Description = $"Continue despite bad rows or images; they are {consequence}",
    };

    /// <summary><c>--average-views</c>: see <see cref="Views"/>.</summary>
    public static NumberOption<int> AverageViews(string description) =>
        new NumberOption<int>("--average-views") { Description = description }.OneOf([.. Views.Counts]);

    /// <summary>An option that takes the names of an enumeration, in lower case.</summary>
    public static Option<string> Choice<T>(string name, string description)
        where T : struct, Enum
    {
        var option = new Option<string>(name) { Description = description };
        option.AcceptOnlyFromAmong([.. Enum.GetValues<T>().Select(NameOf)]);
        return option;
    }

    /// <summary>What a user calls a value of an enumeration.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>The value of an enumeration by what a user calls it.</summary>
    public static T Named<T>(string name)
        where T : struct, Enum => Enum.Parse<T>(name, ignoreCase: true);

    /// <summary>Adds options to a command, in the order of its help.</summary>
    public static void AddAll(this Command command, params IEnumerable<Option> options)
    {
        foreach (var option in options)
            command.Add(option);
    }

    /// <summary><c>--json</c>.</summary>
    public static Option<bool> Json() => new(JsonName)
    {
        Description = "Print the result as one JSON object",
    };
}
