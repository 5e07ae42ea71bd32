using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace GalaxyNet.Train;

/// <summary>The options that several commands have.</summary>
internal static class CommonOptions
{
    private const int MostThreads = 1024; // more than any machine has cores, and as many as ILGPU can handle

    /// <summary><c>--data</c>: labeled galaxies.</summary>
    public static Option<string> Data() => new Option<string>("--data")
    {
        Description = "The challenge's folder, with training_solutions_rev1.csv and images_training_rev1",
        HelpName = "DIR",
        Required = true,
    }.OfPath();

    /// <summary><c>--run</c>: one trained run, or several.</summary>
    public static Option<string[]> Runs() => new Option<string[]>("--run")
    {
        Description = "A run's folder, as written by train; given several times, the runs' predictions are averaged",
        HelpName = "RUN",
        Required = true,
    }.OfPath();

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
    public static Option<int?> AverageViewsOfRun() => AverageViews<int?>(
        "Average predictions over this many rotated and flipped views of each image, instead of the run's own number");

    /// <summary><c>--out</c>: where to write.</summary>
    public static Option<string> Out(string description, string helpName) => new Option<string>("--out")
    {
        Description = description,
        HelpName = helpName,
        Required = true,
    }.OfPath();

    /// <summary><c>--attempt</c>: which of the notebook's networks.</summary>
    public static Option<int> Attempt()
    {
        var option = new Option<int>("--attempt")
        {
            Description = "Which network: the notebook's, 1 to 4, or 5, a smaller and better one",
            DefaultValueFactory = _ => 4,
        };
        option.AcceptOnlyFromAmong("1", "2", "3", "4", "5");
        return option;
    }

    /// <summary><c>--seed</c>.</summary>
    public static Option<uint> Seed() => new("--seed")
    {
        Description = "Seed of all random numbers: the same seed gives the same result",
        HelpName = "N",
        DefaultValueFactory = _ => 42,
    };

    /// <summary><c>--threads</c>.</summary>
    public static Option<int> Threads() => new Option<int>("--threads")
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
    public static Option<T> AverageViews<T>(string description)
    {
        var option = new Option<T>("--average-views") { Description = description };
        option.AcceptOnlyFromAmong([.. Views.Counts.Select(count => count.ToString(CultureInfo.InvariantCulture))]);
        return option;
    }

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
    public static Option<bool> Json() => new("--json")
    {
        Description = "Print the result as one JSON object",
    };

    /// <summary>Refuses numbers below a limit.</summary>
    public static Option<T> AtLeast<T>(this Option<T> option, T least)
        where T : INumber<T> => option.Require(value => value >= least, $"at least {least}");

    /// <summary>Refuses numbers that reach a limit.</summary>
    public static Option<T> Below<T>(this Option<T> option, T limit)
        where T : INumber<T> => option.Require(value => value < limit, $"less than {limit}");

    /// <summary>Refuses numbers above a limit.</summary>
    public static Option<T> AtMost<T>(this Option<T> option, T most)
        where T : INumber<T> => option.Require(value => value <= most, $"at most {most}");

    /// <summary>Refuses what cannot name a file or folder on any system.</summary>
    public static Option<T> OfPath<T>(this Option<T> option)
    {
        option.Validators.Add(result =>
        {
            foreach (string path in result.Tokens.Select(token => token.Value))
            {
                if (string.IsNullOrWhiteSpace(path) || path.Contains('\0'))
                    result.AddError($"{option.Name} '{path.Replace("\0", "\\0")}' names no file or folder.");
            }
        });
        return option;
    }

    private static Option<T> Require<T>(this Option<T> option, Predicate<T> isGood, string what)
        where T : INumber<T>
    {
        option.Validators.Add(result =>
        {
            // The parser refuses what is not a number.
            if (result.Tokens is [var token]
                && T.TryParse(token.Value, CultureInfo.InvariantCulture, out var value)
                && !isGood(value))
                result.AddError($"{option.Name} {token.Value} must be {what}.");
        });
        return option;
    }
}
