using System.Globalization;

namespace GalaxyNet.Train;

/// <summary>A galaxy's image on disk.</summary>
/// <param name="Id">The galaxy's number, which is also the file's name.</param>
/// <param name="Path">The file.</param>
internal readonly record struct GalaxyFile(long Id, string Path);

/// <summary>
/// Galaxies in a folder. Labeled ones are in the challenge's layout: <c>training_solutions_rev1.csv</c> and
/// <c>images_training_rev1/*.jpg</c>.
/// </summary>
/// <param name="Labels">The labels.</param>
/// <param name="Images">The image of each label, in the same order.</param>
/// <param name="Problems">What is bad, and therefore left out.</param>
/// <param name="WithoutLabel">How many images have no label, and are left out too.</param>
internal sealed record GalaxyFolder(
    Labels Labels, IReadOnlyList<GalaxyFile> Images, ProblemList Problems, int WithoutLabel)
{
    private const string LabelsFile = "training_solutions_rev1.csv";
    private const string ImagesFolder = "images_training_rev1";

    /// <summary>The label file of a folder.</summary>
    public static string LabelsPath(string folder) => Path.Combine(folder, LabelsFile);

    /// <summary>The folder of the images of a folder.</summary>
    public static string ImagesPath(string folder) => Path.Combine(folder, ImagesFolder);

    /// <summary>The JPEG file of a galaxy.</summary>
    public static string ImagePath(string folder, long id) =>
        Path.Combine(ImagesPath(folder), id.ToString(CultureInfo.InvariantCulture) + ".jpg");

    /// <summary>Makes sure that there is a folder, before anything else is done.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static void Require(string folder)
    {
        if (!Directory.Exists(folder))
            throw new UserErrorException($"{folder}: no such folder; it should hold {LabelsFile} and {ImagesFolder}");
    }

    /// <summary>Makes sure that all processes have the same galaxies.</summary>
    /// <exception cref="UserErrorException">They do not.</exception>
    public void RequireSame(ICollective processes) => processes.RequireSame(
        ("galaxies and labels", $"{Labels.Ids.Count:N0} with the SHA-256 {Labels.Digest()}"),
        ("bad rows and names", $"{Problems.Count:N0}"));

    /// <summary>Some of the galaxies.</summary>
    public GalaxyFolder Only(int[] galaxies) => this with
    {
        Labels = Labels.Only(galaxies),
        Images = [.. galaxies.Select(galaxy => Images[galaxy])],
    };

    /// <summary>
    /// Reads the labels and looks for their images, which may be JPEG or PNG. Images without a label are left out, and
    /// so are labels that are bad or have no image.
    /// </summary>
    /// <exception cref="UserErrorException">The folder does not have this layout, or nothing would be left.</exception>
    public static GalaxyFolder Open(string folder)
    {
        Require(folder);
        var problems = new ProblemList();
        string labelsPath = LabelsPath(folder);
        if (!File.Exists(labelsPath))
            throw new UserErrorException(
                $"{labelsPath}: {(Directory.Exists(labelsPath) ? "is a folder" : "is missing")}; it should be the "
                + $"challenge's label file{GalaxyLayout.WhereFileIs(folder, LabelsFile)}");
        var labels = Labels.Load(labelsPath, problems);
        string imagesFolder = ImagesPath(folder);
        var files = ListImages(imagesFolder, problems).ToDictionary(file => file.Id);
        foreach (long id in labels.Ids.Where(id => !files.ContainsKey(id)))
            problems.Add(imagesFolder, $"galaxy {id} of {LabelsFile} has no image {id}.jpg or .png");
        int[] found = [.. Enumerable.Range(0, labels.Ids.Count).Where(i => files.ContainsKey(labels.Ids[i]))];
        if (found.Length == 0)
            problems.ThrowIfAny();
        return new GalaxyFolder(
            labels.Only(found),
            [.. found.Select(i => files[labels.Ids[i]])],
            problems,
            files.Count - found.Length);
    }

    /// <summary>
    /// The images in a folder, by number. Files that are hidden, or do not end like an image, are passed over.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="problems">Gets images whose name is no number or that of another image.</param>
    /// <exception cref="UserErrorException">The folder is missing or has no images.</exception>
    private static List<GalaxyFile> ListImages(string folder, ProblemList problems)
    {
        if (!Directory.Exists(folder))
            throw new UserErrorException(
                $"{folder}: no such folder; it should hold images like 100008.jpg"
                + GalaxyLayout.WhereImagesAre(folder));
        var files = new SortedDictionary<long, string>();
        foreach (string path in Directory.EnumerateFiles(folder).Where(IsImage).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path);
            if (!Labels.TryParseId(Path.GetFileNameWithoutExtension(path), out long id))
                problems.Add(folder, $"{name} is not named after a galaxy's number, like 100008.jpg");
            else if (!files.TryAdd(id, path))
                problems.Add(folder, $"{name} is the same galaxy as {Path.GetFileName(files[id])}");
        }
        if (files.Count > 0)
            return [.. files.Select(file => new GalaxyFile(file.Key, file.Value))];
        problems.ThrowIfAny();
        throw new UserErrorException(
            $"{folder}: holds no images like 100008.jpg or 100008.png{GalaxyLayout.WhereImagesAre(folder)}");
    }

    private static bool IsImage(string path) =>
        !ImageSearch.IsHidden(path) && ImageFile.Extensions.Contains(Path.GetExtension(path).ToLowerInvariant());
}
