using System.Text;

namespace GalaxyNet.Train;

/// <summary>Gathers what is wrong with files and folders, so that the user sees all problems at once.</summary>
internal sealed class ProblemList
{
    /// <summary>The name, in a folder of results, of the list of what <c>--skip-bad</c> left out.</summary>
    public const string FileName = "skipped.txt";

    private const string Heading = "# What --skip-bad left out, a line for each";
    private const int MostShown = 20;

    private readonly List<Problem> problems = [];

    /// <summary>How many there are.</summary>
    public int Count => problems.Count;

    /// <summary>What the first is, without its file; null if there is none.</summary>
    public string? First => problems.Count > 0 ? problems[0].What : null;

    /// <summary>Adds a problem.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="what">What is wrong with it, and where.</param>
    public void Add(string path, string what) => problems.Add(new Problem(path, what));

    /// <summary>Adds those of another list.</summary>
    public void AddAll(ProblemList others) => problems.AddRange(others.problems);

    /// <summary>Adds what pieces of work ended in: see <see cref="AllCores.Try"/>.</summary>
    /// <returns>The pieces that ended well.</returns>
    public int[] AddAll(UserErrorException?[] errors)
    {
        foreach (var error in errors.OfType<UserErrorException>())
            problems.Add(new Problem(null, error.Message)); // which names its file
        return [.. Enumerable.Range(0, errors.Length).Where(piece => errors[piece] is null)];
    }

    /// <summary>Does nothing if there was no problem.</summary>
    /// <param name="canSkip">True if the command could go on without what is bad, which is then said.</param>
    /// <exception cref="UserErrorException">What <see cref="Describe"/> says.</exception>
    public void ThrowIfAny(bool canSkip = false)
    {
        if (problems.Count == 0)
            return;
        string hint = !canSkip ? ""
            : problems.Count == 1 ? " (--skip-bad goes on without it)"
            : Environment.NewLine + "--skip-bad goes on without them";
        throw new UserErrorException(Describe("problems") + hint);
    }

    /// <summary>One problem: a single line. Several: a line each, at most 20, then how many more.</summary>
    /// <param name="heading">What several of them are called: <c>problems</c>.</param>
    public string Describe(string heading)
    {
        if (problems.Count == 1)
            return problems[0].ToString();
        string? path = problems[0].Path;
        bool share = path is not null && problems.TrueForAll(problem => problem.Path == path);
        IEnumerable<string> lines =
        [
            $"{(share ? path + ": " : "")}{problems.Count:N0} {heading}",
            .. problems.Take(MostShown).Select(problem => share ? problem.What : problem.ToString()),
        ];
        if (problems.Count > MostShown)
            lines = lines.Append($"and {problems.Count - MostShown:N0} more");
        return string.Join(Environment.NewLine + "  ", lines);
    }

    /// <summary>Makes sure, before the work, that a list may be written: somebody's own file may be there.</summary>
    /// <exception cref="OutputException">There is.</exception>
    public static void RequireOwn(string path)
    {
        if (Directory.Exists(path))
            throw new OutputException($"{path}: is a folder, where the list of what is bad would be: move it");
        if (File.Exists(path) && !IsList(path))
            throw new OutputException(
                $"{path}: is no list of what --skip-bad left out, and would be lost: move it, or give another --out");
    }

    /// <summary>Writes all of them, a line each; if there are none, an earlier list is deleted.</summary>
    public void Save(string path)
    {
        if (Count == 0)
            OutputFile.Delete(path);
        else
            OutputFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(string.Concat(
                problems.Select(problem => problem.ToString()).Prepend(Heading).Select(line => line + '\n')))));
    }

    private static bool IsList(string path)
    {
        try
        {
            using var reader = new StreamReader(RegularFile.Open(path));
            return reader.ReadLine() == Heading;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private sealed record Problem(string? Path, string What)
    {
        public override string ToString() => Shown.OnOneLine(Path is null ? What : $"{Path}: {What}");
    }
}
