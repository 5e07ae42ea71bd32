using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace GalaxyNet.Train;

/// <summary>Galaxies cut out, scaled and held in memory: decoded once, used every epoch.</summary>
internal sealed class GalaxyDataset
{
    private GalaxyDataset(IReadOnlyList<GalaxyFile> files, GalaxyCrop crop, int size)
    {
        Crop = crop;
        Size = size;
        if (files.Count * (long)ImageLength > Array.MaxLength)
            throw new UserErrorException(
                $"{files.Count:N0} images of {size}x{size}x{Channels} do not fit into memory: take a smaller size");
        Pixels = new byte[files.Count * ImageLength];
    }

    /// <summary>The galaxies, in the order of the labels or by number.</summary>
    public IReadOnlyList<long> Ids { get; private set; } = [];

    /// <summary>How many galaxies there are.</summary>
    public int Count => Ids.Count;

    /// <summary>How they were cut out.</summary>
    public GalaxyCrop Crop { get; }

    /// <summary>The channels of an image: 3 (RGB) for the wide crop, 1 (gray) for the tight one.</summary>
    public int Channels => Crop.Channels;

    /// <summary>The width and height of an image.</summary>
    public int Size { get; }

    /// <summary>The bytes of an image.</summary>
    public int ImageLength => Channels * Size * Size;

    /// <summary>All images: [galaxies, channels, size, size], 0 to 255.</summary>
    public byte[] Pixels { get; private set; }

    /// <summary>The vote fractions: [galaxies, 37]. Empty where the galaxies have no labels.</summary>
    public float[] Targets { get; private set; } = [];

    /// <summary>
    /// Images that were left out because they are dark: nothing in them is above the crop's threshold.
    /// </summary>
    public IReadOnlyList<string> DarkImages { get; private set; } = [];

    /// <summary>Bad rows and images that were left out.</summary>
    public ProblemList Skipped { get; private set; } = new();

    /// <summary>What to say about labels that contradict the decision tree; nothing where none does.</summary>
    public string? TreeReport { get; private set; }

    /// <summary>One image: [channels, size, size].</summary>
    public ReadOnlySpan<byte> Image(int galaxy) => Pixels.AsSpan(galaxy * ImageLength, ImageLength);

    /// <summary>One image, to look at.</summary>
    public Image ToImage(int galaxy) => Train.Image.FromPlanar(Size, Size, Channels, Image(galaxy));

    /// <summary>The 37 vote fractions of one galaxy.</summary>
    public ReadOnlySpan<float> Target(int galaxy) =>
        Targets.AsSpan(galaxy * DecisionTree.ClassCount, DecisionTree.ClassCount);

    /// <summary>The vote fractions of some galaxies: [galaxies, 37].</summary>
    public float[] TargetsOf(int[] galaxies) => [.. galaxies.SelectMany(galaxy => Target(galaxy).ToArray())];

    /// <summary>Tells labeled galaxies from others: a SHA-256 of their ids and vote fractions.</summary>
    public string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<long>(Ids.ToArray()));
        hash.AppendData(MemoryMarshal.AsBytes<float>(Targets));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Loads a folder in the challenge's layout.</summary>
    /// <param name="folder">The folder of the label file.</param>
    /// <param name="crop">How to cut the galaxies out.</param>
    /// <param name="size">The width and height to scale them to.</param>
    /// <param name="skipBad">True to leave out what is bad: see <see cref="Skipped"/>.</param>
    /// <param name="progress">Gets the number of images done and of all; on any core.</param>
    /// <param name="cancellation">Stops between images.</param>
    /// <exception cref="UserErrorException">
    /// Labels or images are bad; the message names all of them. With <paramref name="skipBad"/>: nothing would be left.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public static GalaxyDataset LoadLabeled(
        string folder,
        GalaxyCrop crop,
        int size,
        bool skipBad = false,
        ProgressReport? progress = null,
        CancellationToken cancellation = default)
    {
        var problems = new ProblemList();
        var galaxies = GalaxyFolder.Open(folder, problems);
        var dataset = new GalaxyDataset(galaxies.Images, crop, size);
        dataset.Load(galaxies.Images, galaxies.Labels, problems, progress, cancellation);
        return dataset.Unless(problems, skipBad);
    }

    /// <summary>Loads all images of a folder, by number; they have no targets.</summary>
    /// <inheritdoc cref="LoadLabeled"/>
    public static GalaxyDataset LoadUnlabeled(
        string folder,
        GalaxyCrop crop,
        int size,
        bool skipBad = false,
        ProgressReport? progress = null,
        CancellationToken cancellation = default)
    {
        var problems = new ProblemList();
        var files = GalaxyFolder.ListImages(folder, problems);
        var dataset = new GalaxyDataset(files, crop, size);
        dataset.Load(files, labels: null, problems, progress, cancellation);
        return dataset.Unless(problems, skipBad);
    }

    private void Load(
        IReadOnlyList<GalaxyFile> files,
        Labels? labels,
        ProblemList problems,
        ProgressReport? progress,
        CancellationToken cancellation)
    {
        var isDark = new bool[files.Count];
        var errors = AllCores.Try(
            files.Count,
            i => isDark[i] = !TryRead(files[i].Path, Pixels.AsSpan(i * ImageLength, ImageLength)),
            progress,
            cancellation);
        int[] good = problems.AddAll(errors);
        DarkImages = [.. files.Where((_, i) => isDark[i]).Select(file => file.Path)];
        Keep(files, labels, [.. good.Where(i => !isDark[i])], problems);
    }

    /// <returns>False if the image is dark.</returns>
    /// <exception cref="UserErrorException">It is bad.</exception>
    private bool TryRead(string path, Span<byte> planes)
    {
        if (Crop.Crop(ImageFile.Read(path), Size) is not { } galaxy)
            return false;
        galaxy.CopyPlanar(planes);
        return true;
    }

    /// <summary>Closes the gaps that bad and dark images left.</summary>
    private void Keep(IReadOnlyList<GalaxyFile> files, Labels? labels, int[] kept, ProblemList problems)
    {
        if (kept.Length == 0)
        {
            problems.ThrowIfAny();
            throw new UserErrorException($"{files[0].Path}: is dark, as are all other images: no galaxy is in them");
        }
        for (int i = 0; i < kept.Length; i++)
            Image(kept[i]).CopyTo(Pixels.AsSpan(i * ImageLength));
        if (kept.Length < files.Count)
            Pixels = Pixels[..(kept.Length * ImageLength)];
        Ids = [.. kept.Select(i => files[i].Id)];
        Targets = labels?.Only(kept).Fractions ?? [];
        TreeReport = labels?.TreeReport;
    }

    private GalaxyDataset Unless(ProblemList problems, bool skipBad)
    {
        if (!skipBad)
            problems.ThrowIfAny();
        Skipped = problems;
        return this;
    }
}
