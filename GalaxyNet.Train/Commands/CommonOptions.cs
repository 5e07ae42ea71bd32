using System.CommandLine;
using System.Globalization;
using System.Numerics;
using GalaxyNet.Kernels;

namespace GalaxyNet.Train;

/// <summary>The options that several commands have.</summary>
internal static class CommonOptions
{
    private const int MostThreads = 1024; // more than any machine has cores, and as many as ILGPU gets along with

    /// <summary><c>--data</c>: labeled galaxies.</summary>
    public static Option<string> Data() => new Option<string>("--data")
    {
        Description = "The challenge's folder: training_solutions_rev1.csv and images_training_rev1",
        HelpName = "DIR",
        Required = true,
    }.OfPath();

    /// <summary><c>--run</c>: what a training left.</summary>
    public static Option<string> Run() => new Option<string>("--run")
    {
        Description = "The folder that train wrote",
        HelpName = "RUN",
        Required = true,
    }.OfPath();

    /// <summary><c>--average-views</c> of a command that uses a trained network.</summary>
    public static Option<int?> AverageViewsOfRun() =>
        AverageViews<int?>("Answer with the mean over so many turned and mirrored views of an image, instead of as in training");

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
            Description = "The notebook's network, 1 to 4",
            DefaultValueFactory = _ => 4,
        };
        option.AcceptOnlyFromAmong("1", "2", "3", "4");
        return option;
    }

    /// <summary><c>--seed</c>.</summary>
    public static Option<uint> Seed() => new("--seed")
    {
        Description = "Seed for everything random: the same seed gives the same result",
        HelpName = "N",
        DefaultValueFactory = _ => 42,
    };

    /// <summary><c>--device</c>.</summary>
    public static Option<string> Device()
    {
        var option = new Option<string>("--device")
        {
            Description = "Where to compute",
            DefaultValueFactory = _ => "auto",
        };
        option.AcceptOnlyFromAmong("auto", "cuda", "opencl", "cpu");
        return option;
    }

    /// <summary><c>--threads</c>.</summary>
    public static Option<int> Threads() => new Option<int>("--threads")
    {
        Description = "How many cores to compute on, if it is the CPU that computes",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    }.AtLeast(1).AtMost(MostThreads);

    /// <summary><c>--skip-bad</c>.</summary>
    public static Option<bool> SkipBad(string consequence) => new("--skip-bad")
    {
        Description = $"Go on where rows or images are bad; they are {consequence}",
    };

    /// <summary>The device that was asked for.</summary>
    public static DeviceKind ToDeviceKind(string name) => Named<DeviceKind>(name);

    /// <summary><c>--average-views</c>: see <see cref="Views"/>.</summary>
    public static Option<T> AverageViews<T>(string description)
    {
        var option = new Option<T>("--average-views") { Description = description };
        option.AcceptOnlyFromAmong([.. Views.Counts.Select(count => count.ToString(CultureInfo.InvariantCulture))]);
        return option;
    }

    /// <summary>An option that takes the names of an enumeration, in small letters.</summary>
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

    /// <summary>The value of an enumeration that a user calls so.</summary>
    public static T Named<T>(string name)
        where T : struct, Enum => Enum.Parse<T>(name, ignoreCase: true);

    /// <summary><c>--json</c>.</summary>
    public static Option<bool> Json() => new("--json")
    {
        Description = "Print the result as one JSON object",
    };

    /// <summary>Refuses numbers that are too small.</summary>
    public static Option<T> AtLeast<T>(this Option<T> option, T least)
        where T : INumber<T> => option.Require(value => value >= least, $"at least {least}");

    /// <summary>Refuses numbers that are too large.</summary>
    public static Option<T> Below<T>(this Option<T> option, T limit)
        where T : INumber<T> => option.Require(value => value < limit, $"under {limit}");

    /// <summary>Refuses numbers that are larger.</summary>
    public static Option<T> AtMost<T>(this Option<T> option, T most)
        where T : INumber<T> => option.Require(value => value <= most, $"at most {most}");

    /// <summary>Refuses what names no file and no folder, on any system.</summary>
    public static Option<string> OfPath(this Option<string> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (string.IsNullOrWhiteSpace(token.Value) || token.Value.Contains('\0', StringComparison.Ordinal)))
                result.AddError($"{option.Name} '{token.Value.Replace("\0", "\\0", StringComparison.Ordinal)}' names no file or folder.");
        });
        return option;
    }

    private static Option<T> Require<T>(this Option<T> option, Predicate<T> isGood, string what)
        where T : INumber<T>
    {
        option.Validators.Add(result =>
        {
            // What is not a number at all is refused elsewhere.
            if (result.Tokens is [var token]
                && T.TryParse(token.Value, CultureInfo.InvariantCulture, out var value)
                && !isGood(value))
                result.AddError($"{option.Name} {token.Value} must be {what}.");
        });
        return option;
    }
}
