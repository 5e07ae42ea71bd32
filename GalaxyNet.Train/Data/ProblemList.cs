namespace GalaxyNet.Train;

/// <summary>Gathers what is wrong with a file or folder, so that the user hears all of it at once.</summary>
/// <param name="path">The file or folder. None: each problem names its own.</param>
internal sealed class ProblemList(string? path = null)
{
    private const int Shown = 20;

    private readonly List<string> problems = [];

    private string Prefix => path is null ? "" : $"{path}: ";

    /// <summary>Adds a problem: what is wrong, and where.</summary>
    public void Add(string problem) => problems.Add(problem);

    /// <summary>Does nothing when there was no problem.</summary>
    /// <exception cref="UserErrorException">
    /// One problem: a single line. Several: a line each, at most 20, then how many more.
    /// </exception>
    public void ThrowIfAny()
    {
        if (problems.Count == 1)
            throw new UserErrorException(Prefix + problems[0]);
        if (problems.Count > 1)
            throw new UserErrorException(Describe());
    }

    private string Describe()
    {
        IEnumerable<string> lines = [$"{Prefix}{problems.Count:N0} problems", .. problems.Take(Shown)];
        if (problems.Count > Shown)
            lines = lines.Append($"and {problems.Count - Shown:N0} more");
        return string.Join(Environment.NewLine + "  ", lines);
    }
}
