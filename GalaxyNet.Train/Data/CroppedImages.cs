namespace GalaxyNet.Train;

/// <summary>Images of an <see cref="ImageList"/>, cut out for a network, and what is wrong with them.</summary>
/// <remarks>Networks with other crops are given the same list, loaded once for each <see cref="CropForm"/>.</remarks>
/// <param name="List">Which images.</param>
/// <param name="Form">How they are cut out.</param>
/// <param name="Pixels">Those that could be cut out, in order: [cropped, channels, size, size], 0 to 255.</param>
/// <param name="Crops">For each image of the list where it is in <paramref name="Pixels"/>; null if it is not.</param>
/// <param name="Errors">For each image null, or why it cannot be read.</param>
/// <param name="Warnings">For each image what sets it apart from those of the challenge.</param>
internal sealed record CroppedImages(
    ImageList List,
    CropForm Form,
    ReadOnlyMemory<byte> Pixels,
    IReadOnlyList<int?> Crops,
    IReadOnlyList<UserErrorException?> Errors,
    IReadOnlyList<ImageWarnings> Warnings)
{
    /// <summary>How many images the list has.</summary>
    public int Count => List.Images.Count;

    /// <summary>How many of them could be cut out.</summary>
    public int CropCount => Pixels.Length / Form.Length;

    /// <summary>Those that could be cut out, with the shape of each.</summary>
    public ImageBlock Block => new(Pixels, [Form.Crop.Channels, Form.Size, Form.Size]);

    /// <summary>What a network sees of the list.</summary>
    public SeenImages Seen => new(Block, Crops);

    /// <summary>All that is bad: images that cannot be read, and those that have the name of another.</summary>
    public ProblemList Problems
    {
        get
        {
            var problems = new ProblemList();
            problems.AddAll(List.Problems);
            problems.AddAll([.. Errors]);
            return problems;
        }
    }

    /// <summary>True if an image can be read, but nothing in it is above the crop's threshold.</summary>
    public bool IsDark(int image) => Crops[image] is null && Errors[image] is null;

    /// <summary>The images of a list in which no network sees anything.</summary>
    /// <param name="loaded">The list, loaded for each network.</param>
    public static IReadOnlyList<NamedImage> DarkInAll(IReadOnlyList<CroppedImages> loaded) =>
        [.. loaded[0].List.Images.Where((_, i) => loaded.All(images => images.IsDark(i)))];

    /// <summary>Makes sure that an image can be read, though nothing may be seen in it.</summary>
    /// <exception cref="UserErrorException">None can; the message names all of them.</exception>
    public void RequireAny()
    {
        if (Errors.All(error => error is not null))
            Problems.ThrowIfAny();
    }

    /// <summary>Decodes the images, looks at them, cuts the galaxies out and scales them, on all cores.</summary>
    /// <param name="list">Which images.</param>
    /// <param name="form">How to cut them out.</param>
    /// <param name="crops">Has the crops of files that were loaded before, and gets the others.</param>
    /// <param name="checks">Has what was found in such files, of <see cref="ImageChecks.Form"/>.</param>
    /// <param name="progress">Gets the number of images done and of all.</param>
    /// <param name="cancellation">Stops between images.</param>
    /// <exception cref="UserErrorException">They do not fit into memory.</exception>
    public static CroppedImages Load(
        ImageList list,
        CropForm form,
        CropCache? crops = null,
        CropCache? checks = null,
        ProgressReport? progress = null,
        CancellationToken cancellation = default)
    {
        int count = list.Images.Count;
        var found = new ImageChecks(count, checks ?? new CropCache(folder: null, ImageChecks.Form));
        using var loader = new CropLoader(list.Paths, form, crops ?? new CropCache(folder: null, form), found);
        var errors = loader.Load(progress, cancellation);
        int[] kept = [.. Enumerable.Range(0, count).Where(i => errors[i] is null && !loader.IsDark(i))];
        var places = new int?[count];
        for (int i = 0; i < kept.Length; i++)
            places[kept[i]] = i;
        ImageWarnings[] warnings = [.. Enumerable.Range(0, count).Select(i => found[i])];
        return new CroppedImages(list, form, loader.WithoutGaps(kept), places, errors, warnings);
    }
}
