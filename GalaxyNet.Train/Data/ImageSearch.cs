namespace GalaxyNet.Train;

/// <summary>Finds image files by what a user gives, and counts what it passes over.</summary>
internal sealed class ImageSearch
{
    private const string Hidden = "hidden";
    private const string Folder = "folder";

    private static readonly string[] FitsEndings = [".fits", ".fit", ".fts"];
    private static readonly string[] Endings =
        [.. ImageFile.Extensions, .. FitsEndings, .. FitsEndings.Select(ending => ending + ".gz")];

    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> passedOver = new(StringComparer.Ordinal);

    /// <summary>The images, in the order in which they were found.</summary>
    public List<string> Found { get; } = [];

    /// <summary>What was passed over, counted by kind; null if nothing was.</summary>
    public string? PassedOver => passedOver.Count == 0
        ? null
        : $"Passed over, being no JPEG, PNG or FITS image: {string.Join(", ", passedOver.Select(InWords))}";

    /// <summary>What to say if no image was found.</summary>
    public string NothingFound =>
        $"no image that ends in {string.Join(", ", Endings[..^FitsEndings.Length])}"
        + (PassedOver is null ? "" : $". {PassedOver}");

    /// <summary>The name of an image: that of its file without the ending of an image.</summary>
    public static string NameOf(string path)
    {
        string name = Path.GetFileName(path);
        return EndingOf(name) is { } ending ? name[..^ending.Length] : name;
    }

    /// <summary>Adds a file, whatever its name; or the images of a folder, or of what a pattern matches.</summary>
    /// <exception cref="UserErrorException">There is none of these.</exception>
    public void Add(string path)
    {
        if (Directory.Exists(path))
            AddImages(EntriesOf(path, path, "*"));
        else if (File.Exists(path))
            AddOnce(path);
        else if (path.AsSpan().ContainsAny('*', '?'))
            AddImages(Matching(path));
        else
            throw new UserErrorException(
                $"{path}: no such file or folder; it should be an image, a folder of images, or a pattern like "
                + "'cutouts/*.fits'");
    }

    private static string? EndingOf(string name) => Array.Find(
        Endings, ending => name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The files and folders that a pattern matches. A <c>*</c> stands for any characters of a name and a <c>?</c> for
    /// one, in the names of folders too; as in a shell, not for the dot that a hidden name begins with.
    /// </summary>
    private static IEnumerable<string> Matching(string pattern)
    {
        string root = Path.GetPathRoot(pattern) ?? "";
        string[] names = pattern[root.Length..].Split(
            [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        if (names.Contains("**"))
            throw new UserErrorException(
                $"{pattern}: ** for folders at any depth is not known: give a * for each folder, as in 'a/*/*.jpg'");
        IEnumerable<string> matches = [root];
        foreach (string name in names)
            matches = matches.SelectMany(folder => Below(pattern, folder, name)).ToList();
        return matches;
    }

    private static IEnumerable<string> Below(string pattern, string folder, string name)
    {
        if (!name.AsSpan().ContainsAny('*', '?'))
            return Path.Exists(Path.Combine(folder, name)) ? [Path.Combine(folder, name)] : [];
        string inside = folder.Length == 0 ? "." : folder;
        if (!Directory.Exists(inside))
            return [];
        return EntriesOf(pattern, inside, name)
            .Select(path => Path.Combine(folder, Path.GetFileName(path)))
            .Where(path => IsHidden(path) == name.StartsWith('.'));
    }

    private static IEnumerable<string> EntriesOf(string given, string folder, string name)
    {
        var all = new EnumerationOptions
        {
            AttributesToSkip = FileAttributes.None,
            IgnoreInaccessible = false,
            MatchType = MatchType.Simple,
        };
        try
        {
            return Directory.GetFileSystemEntries(folder, name, all).Order(StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{given}: cannot be listed ({exception.Message.TrimEnd('.')})");
        }
    }

    /// <summary>True of a JPEG or PNG that is named by a number, as the challenge's are.</summary>
    public static bool IsNumberedImage(string path) =>
        Labels.TryParseId(Path.GetFileNameWithoutExtension(path), out _)
        && ImageFile.Extensions.Contains(Path.GetExtension(path).ToLowerInvariant());

    /// <summary>True of a name that begins with a dot, as of the files that macOS puts beside others.</summary>
    public static bool IsHidden(string path) => Path.GetFileName(path.AsSpan()).StartsWith('.');

    private static string InWords(KeyValuePair<string, int> counted) => counted switch
    {
        { Key: Folder } => $"{counted.Value:N0} {(counted.Value == 1 ? "folder" : "folders")}, not searched",
        { Key: Hidden } => $"{counted.Value:N0} hidden",
        { Key: "" } => $"{counted.Value:N0} without an ending",
        _ => $"{counted.Value:N0} {counted.Key}",
    };

    private void AddImages(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            string? other = Directory.Exists(path) ? Folder
                : IsHidden(path) ? Hidden
                : EndingOf(Path.GetFileName(path)) is null ? Path.GetExtension(path).ToLowerInvariant()
                : null;
            if (other is null)
                AddOnce(path);
            else if (known.Add(Path.GetFullPath(path)))
                passedOver[other] = passedOver.GetValueOrDefault(other) + 1;
        }
    }

    private void AddOnce(string path)
    {
        if (known.Add(Path.GetFullPath(path)))
            Found.Add(path);
    }
}
