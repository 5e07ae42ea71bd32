namespace GalaxyNet.Train;

/// <summary>
/// Where something of the challenge's layout is that is not where it should be: archives unpack into folders of their
/// own, and people name the folder above or below.
/// </summary>
internal static class GalaxyLayout
{
    private const int MostFolders = 100; // to look into, on each level

    /// <summary>Finds a file by its name, in the folders below another, or beside it.</summary>
    /// <param name="folder">Where it should be.</param>
    /// <param name="name">Its name, in any capitals.</param>
    /// <returns>A remark on where it is; "" if it is nowhere near.</returns>
    public static string WhereFileIs(string folder, string name)
    {
        if (File.Exists(Path.Combine(folder, Path.ChangeExtension(name, ".zip"))))
            return $". {Path.Combine(folder, Path.ChangeExtension(name, ".zip"))} is there: unpack it";
        string? found = Near(folder).SelectMany(each => Entries(each, Directory.EnumerateFiles))
            .FirstOrDefault(path => string.Equals(Path.GetFileName(path), name, StringComparison.OrdinalIgnoreCase));
        return found is null ? "" : $". It is at {found}: move it to {Path.Combine(folder, name)}";
    }

    /// <summary>Finds images near the folder that should have them.</summary>
    /// <returns>A remark on where they are; "" if they are nowhere near.</returns>
    public static string WhereImagesAre(string folder)
    {
        if (File.Exists(folder + ".zip"))
            return $". {folder}.zip is there: unpack it";
        string parent = Path.GetDirectoryName(Path.GetFullPath(folder)) ?? folder;
        IEnumerable<string> near = [.. Near(folder), .. Near(parent)];
        string? found = near.FirstOrDefault(
            each => each != folder && Entries(each, Directory.EnumerateFiles).Any(ImageSearch.IsNumberedImage));
        return found is null ? "" : $". Images are in {found}: move them to {folder}";
    }

    /// <summary>A folder, those in it, those in them, and the one that it is in.</summary>
    private static IEnumerable<string> Near(string folder)
    {
        string[] below = [.. Entries(folder, Directory.EnumerateDirectories)];
        string[] further = [.. below.SelectMany(each => Entries(each, Directory.EnumerateDirectories))];
        string[] above = Path.GetDirectoryName(Path.GetFullPath(folder)) is { } parent ? [parent] : [];
        return [folder, .. below, .. further, .. above];
    }

    /// <summary>Hidden ones are left out, and so are those that macOS adds to an archive.</summary>
    private static IEnumerable<string> Entries(string folder, Func<string, IEnumerable<string>> list)
    {
        try
        {
            return [.. list(folder).Where(path => Path.GetFileName(path) is { } name
                && !name.StartsWith('.') && name != "__MACOSX").Take(MostFolders)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
