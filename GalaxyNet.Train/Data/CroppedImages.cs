namespace GalaxyNet.Train;

/// <summary>Images of an <see cref="ImageList"/>, cut out for a network, and what is wrong with them.</summary>
/// <remarks>Networks with other crops are given the same list, loaded once for each <see cref="CropForm"/>.</remarks>
/// <param name="List">Which images.</param>
/// <param name="Cropped">Those that could be cut out, in order: of several processes, each holds some.</param>
/// <param name="Crops">For each image of the list where it is in <paramref name="Cropped"/>; null if it is not.</param>
/// <param name="Errors">For each image null, or why it cannot be read.</param>
/// <param name="Warnings">For each image what sets it apart from those of the challenge.</param>
internal sealed record CroppedImages(
    ImageList List,
    HeldCrops Cropped,
    IReadOnlyList<int?> Crops,
    IReadOnlyList<UserErrorException?> Errors,
    IReadOnlyList<ImageWarnings> Warnings)
{
    /// <summary>How many images the list has.</summary>
    public int Count => List.Images.Count;

    /// <summary>How many of them could be cut out.</summary>
    public int CropCount => Cropped.Count;

    /// <summary>What a network sees of the list, as far as this process holds it.</summary>
    public SeenImages Seen => new(Cropped.Block, Crops);

    /// <summary>What a network sees of some images of the list, whoever holds them.</summary>
    /// <exception cref="UserErrorException">The file of one has changed by now, or cannot be read.</exception>
    public SeenImages SeenOf(IEnumerable<int> images) =>
        new(Cropped.BlockOf([.. images.Select(image => Crops[image]).OfType<int>()]), Crops);

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
    /// <param name="shards">Into what the images are dealt: each process reads those of its shards.</param>
    /// <param name="progress">Gets the number of images done and of all.</param>
    /// <param name="cancellation">Stops between images.</param>
    /// <exception cref="UserErrorException">
    /// They do not fit into memory, or another process has other images.
    /// </exception>
    public static CroppedImages Load(
        ImageList list,
        CropForm form,
        CropCache? crops = null,
        CropCache? checks = null,
        Shards? shards = null,
        ProgressReport? progress = null,
        CancellationToken cancellation = default)
    {
        shards ??= Shards.One;
        var (loaded, cropped) = HeldCrops.Load(
            list.Paths,
            form,
            shards,
            crops,
            checks ?? new CropCache(folder: null, ImageChecks.Form),
            progress,
            cancellation);
        int place = 0;
        int?[] places = [.. loaded.Select(file => file.IsCropped ? place++ : (int?)null)];
        return new CroppedImages(
            list,
            cropped,
            places,
            [.. loaded.Select(file => file.Error)],
            [.. loaded.Select(file => file.Warnings)]);
    }
}
