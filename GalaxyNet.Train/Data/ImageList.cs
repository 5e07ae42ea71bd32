namespace GalaxyNet.Train;

/// <summary>An image of a galaxy whose votes nobody knows.</summary>
/// <param name="Name">The file's name without its ending: what tables and pages call it.</param>
/// <param name="Path">The file.</param>
internal readonly record struct NamedImage(string Name, string Path);

/// <summary>Images to predict for, of any name: files, whole folders, or what patterns match.</summary>
/// <param name="Images">By number where <paramref name="AreNumbered"/>, else by name. No name is there twice.</param>
/// <param name="AreNumbered">True if all names are numbers, as those of the challenge's galaxies.</param>
/// <param name="Problems">Images that have the name of another.</param>
/// <param name="PassedOver">What in the folders is no image, in a line; null if there was nothing else.</param>
internal sealed record ImageList(
    IReadOnlyList<NamedImage> Images, bool AreNumbered, ProblemList Problems, string? PassedOver)
{
    /// <summary>The files.</summary>
    public IReadOnlyList<string> Paths => [.. Images.Select(image => image.Path)];

    /// <summary>The numbers that the names are, if all are.</summary>
    public IReadOnlyList<long> Ids => [.. Images.Select(image => Number(image.Name))];

    /// <summary>The first image that is named by no number, if others are.</summary>
    public NamedImage? FirstWithoutNumber
    {
        get
        {
            var numbered = Images.ToLookup(image => Labels.TryParseId(image.Name, out _));
            return numbered[true].Any() && numbered[false].Any() ? numbered[false].First() : null;
        }
    }

    /// <summary>Lists images.</summary>
    /// <param name="paths">Files, folders and patterns like <c>cutouts/*.fits</c>: <see cref="ImageSearch"/>.</param>
    /// <exception cref="UserErrorException">There is no such file or folder, or no image in them.</exception>
    public static ImageList Open(params IReadOnlyList<string> paths)
    {
        var search = new ImageSearch();
        foreach (string path in paths)
            search.Add(path);
        NamedImage[] found = [.. search.Found.Select(path => new NamedImage(ImageSearch.NameOf(path), path))];
        if (found.Length == 0)
            throw new UserErrorException($"{string.Join(", ", paths)}: {search.NothingFound}");
        bool areNumbered = found.All(image => Labels.TryParseId(image.Name, out _));
        found = areNumbered
            ? [.. found.OrderBy(image => Number(image.Name)).ThenBy(image => image.Path, StringComparer.Ordinal)]
            : [.. found.OrderBy(image => image.Name, StringComparer.Ordinal)
                .ThenBy(image => image.Path, StringComparer.Ordinal)];
        var problems = new ProblemList();
        var images = new List<NamedImage>();
        foreach (var image in found)
        {
            if (images.Count == 0 || images[^1].Name != image.Name)
                images.Add(image);
            else
                problems.Add(image.Path, $"has the same name as {images[^1].Path}: rename one of them");
        }
        return new ImageList(images, areNumbered, problems, search.PassedOver);
    }

    private static long Number(string name) => Labels.TryParseId(name, out long id) ? id : 0;
}
