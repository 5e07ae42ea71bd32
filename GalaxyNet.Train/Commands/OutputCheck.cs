using System.CommandLine;

namespace GalaxyNet.Train;

/// <summary>
/// Looks at all that a command is to write, before it works: whether it can be written, and whether something would be
/// lost that it reads or writes elsewhere.
/// </summary>
internal static class OutputCheck
{
    private static readonly StringComparison Comparison = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
        ? StringComparison.OrdinalIgnoreCase
        : StringComparison.Ordinal;

    /// <summary>Makes sure that a command can write what it is to write, and harms nothing.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="terminal">Leaves standard output to what is written there.</param>
    /// <exception cref="OutputException">It cannot, or it would; the message names the option.</exception>
    /// <exception cref="UsageException">A file and a result in JSON would both go to standard output.</exception>
    public static void Require(ParseResult result, Terminal terminal)
    {
        var options = result.CommandResult.Command.Options.OfType<IPathOption>().ToList();
        GivenPath[] given =
            [.. options.SelectMany(option => option.Of(result).Select(path => new GivenPath(option, path)))];
        GivenPath[] outputs = [.. given.Where(each => each.IsOutput)];
        foreach (var output in outputs)
        {
            if (output.Option.Role == PathRole.OutputFile)
                OutputFile.Require(output.Path, output.Option.Endings);
            else
                OutputFile.RequireFolder(output.Path);
            foreach (var other in given.Where(other => other != output))
                RequireHarmless(output, other);
        }
        if (Array.Find(outputs, output => OutputFile.IsStandardOutput(output.Path)) is { } taken)
            LeaveOutput(taken, result, terminal);
    }

    private static void LeaveOutput(GivenPath taken, ParseResult result, Terminal terminal)
    {
        if (result.CommandResult.Command.Options.OfType<Option<bool>>().Any(
            option => option.Name == CommonOptions.JsonName && result.GetValue(option)))
            throw new UsageException(
                $"{taken.Option.Name} {taken.Path} and {CommonOptions.JsonName} both write to standard output: "
                + "leave out one of them.");
        terminal.LeaveOutput();
    }

    private static void RequireHarmless(GivenPath output, GivenPath other)
    {
        bool isSame = string.Equals(output.Real, other.Real, Comparison) && !OutputFile.IsStream(output.Path);
        string? problem = other.Option.Role switch
        {
            _ when isSame => $"is also what {other.Option.Name} names",
            PathRole.Galaxies when LiesIn(output.Real, GalaxyFolder.ImagesPath(other.Real)) =>
                $"lies among the images of {other.Path}, where nothing is written",
            PathRole.Galaxies when output.Option.Role == PathRole.OutputFile && IsDirectlyIn(output.Real, other.Real) =>
                $"lies in {other.Path}, which {other.Option.Name} reads and nothing is written into",
            PathRole.Images when Directory.Exists(other.Path) && LiesIn(output.Real, other.Real) =>
                $"lies in {other.Path}, which {other.Option.Name} reads and nothing is written into "
                + $"(unless its images are named by a pattern like '{Path.Combine(other.Path, "*.jpg")}')",
            PathRole.Images when string.Equals(output.Real, LabelsOf(other.Real), Comparison) =>
                $"has the votes for the images of {other.Path}",
            PathRole.Run when RunFolder.IsOwn(other.Real, output.Real) => $"is a file of the run {other.Path}",
            _ => null,
        };
        if (problem is not null)
            throw new OutputException($"{output.Path}: {problem}: give another {output.Option.Name}");
    }

    /// <summary>The label file beside the folder of some images, if they are in the challenge's layout.</summary>
    private static string LabelsOf(string images)
    {
        string folder = Directory.Exists(images) ? images : Path.GetDirectoryName(images) ?? images;
        return GalaxyFolder.LabelsPath(Path.GetDirectoryName(folder) ?? folder);
    }

    private static bool LiesIn(string path, string folder) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, Comparison)
        || string.Equals(path, folder, Comparison);

    private static bool IsDirectlyIn(string path, string folder) =>
        string.Equals(Path.GetDirectoryName(path), folder, Comparison);

    /// <summary>A path as it was given.</summary>
    private sealed record GivenPath(IPathOption Option, string Path)
    {
        public bool IsOutput => Option.Role is PathRole.OutputFile or PathRole.OutputFolder;

        /// <summary>Where it is, whatever links lead there.</summary>
        public string Real { get; } = RealPath.Of(Path);
    }
}
