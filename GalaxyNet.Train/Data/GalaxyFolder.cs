using System.Globalization;

namespace GalaxyNet.Train;

/// <summary>A galaxy's picture on disk.</summary>
/// <param name="Id">The galaxy's number, which is also the file's name.</param>
/// <param name="Path">The file.</param>
internal readonly record struct GalaxyFile(long Id, string Path);

/// <summary>
/// Labelled galaxies in the challenge's layout: <c>training_solutions_rev1.csv</c> and
/// <c>images_training_rev1/*.jpg</c>.
/// </summary>
/// <param name="Labels">The labels.</param>
/// <param name="Pictures">The picture of each label, in the same order.</param>
internal sealed record GalaxyFolder(Labels Labels, IReadOnlyList<GalaxyFile> Pictures)
{
    private const string LabelsFile = "training_solutions_rev1.csv";
    private const string PicturesFolder = "images_training_rev1";

    /// <summary>The label file of a folder.</summary>
    public static string LabelsPath(string folder) => Path.Combine(folder, LabelsFile);

    /// <summary>The JPEG file of a galaxy.</summary>
    public static string PicturePath(string folder, long id) =>
        Path.Combine(folder, PicturesFolder, id.ToString(CultureInfo.InvariantCulture) + ".jpg");

    /// <summary>
    /// Reads the labels and looks for their pictures, which may be JPEG or PNG. Pictures without a label are left out.
    /// </summary>
    /// <exception cref="UserErrorException">A label has no picture, or the folder has not this layout.</exception>
    public static GalaxyFolder Open(string folder)
    {
        if (!Directory.Exists(folder))
            throw new UserErrorException($"{folder}: no such folder; it should hold {LabelsFile} and {PicturesFolder}");
        var labels = Labels.Load(LabelsPath(folder));
        string picturesFolder = Path.Combine(folder, PicturesFolder);
        var files = ListPictures(picturesFolder).ToDictionary(file => file.Id);
        var problems = new ProblemList(picturesFolder);
        var pictures = new List<GalaxyFile>();
        for (int i = 0; i < labels.Ids.Count; i++)
        {
            if (files.TryGetValue(labels.Ids[i], out var file))
                pictures.Add(file);
            else
                problems.Add($"galaxy {labels.Ids[i]} of {LabelsFile} has no picture {labels.Ids[i]}.jpg or .png");
        }
        problems.ThrowIfAny();
        return new GalaxyFolder(labels, pictures);
    }

    /// <summary>
    /// The pictures in a folder, by number. Files that are no pictures by their ending are passed over.
    /// </summary>
    /// <exception cref="UserErrorException">The folder has no pictures, or one whose name is not a number.</exception>
    public static IReadOnlyList<GalaxyFile> ListPictures(string folder)
    {
        if (!Directory.Exists(folder))
            throw new UserErrorException($"{folder}: no such folder; it should hold pictures like 100008.jpg");
        var files = new SortedDictionary<long, string>();
        var problems = new ProblemList(folder);
        foreach (string path in Directory.EnumerateFiles(folder).Where(IsPicture).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path);
            if (!Labels.TryParseId(Path.GetFileNameWithoutExtension(path), out long id))
                problems.Add($"{name} is not named by a galaxy's number, like 100008.jpg");
            else if (!files.TryAdd(id, path))
                problems.Add($"{name} is the same galaxy as {Path.GetFileName(files[id])}");
        }
        problems.ThrowIfAny();
        return files.Count > 0
            ? [.. files.Select(file => new GalaxyFile(file.Key, file.Value))]
            : throw new UserErrorException($"{folder}: holds no .jpg or .png pictures");
    }

    private static bool IsPicture(string path) =>
        PictureFile.Extensions.Contains(Path.GetExtension(path).ToLowerInvariant());
}
