using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace GalaxyNet.Train;

/// <summary>Galaxies cut out, scaled and held in memory: decoded once, used every epoch.</summary>
/// <param name="Labels">Their numbers and vote fractions.</param>
/// <param name="Pixels">All images, in the order of the labels: [galaxies, channels, size, size], 0 to 255.</param>
/// <param name="Crop">How they were cut out, which gives the channels: 3 (RGB) or 1 (gray).</param>
/// <param name="Size">The width and height of an image.</param>
/// <param name="DarkImages">Images left out because nothing in them is above the crop's threshold.</param>
/// <param name="Skipped">Bad rows and images that were left out.</param>
internal sealed record GalaxyDataset(
    Labels Labels,
    ReadOnlyMemory<byte> Pixels,
    GalaxyCrop Crop,
    int Size,
    IReadOnlyList<string> DarkImages,
    ProblemList Skipped)
{
    /// <summary>Identifies the image files, whatever their names: the digests of all, combined in order.</summary>
    public string? ImagesDigest { get; private init; }

    /// <summary>The galaxies' numbers.</summary>
    public IReadOnlyList<long> Ids => Labels.Ids;

    /// <summary>How many galaxies there are.</summary>
    public int Count => Ids.Count;

    /// <summary>
    /// The vote fractions: [galaxies, 37]; NaN where one is not known. Empty if the galaxies have no labels.
    /// </summary>
    public float[] Targets => Labels.Fractions;

    /// <summary>All images, with the shape of each.</summary>
    public ImageBlock Images => new(Pixels, [Crop.Channels, Size, Size]);

    /// <summary>One image: [channels, size, size].</summary>
    public ReadOnlySpan<byte> Image(int galaxy) => Pixels.Span.Slice(galaxy * Images.Shape.Count, Images.Shape.Count);

    /// <summary>One image, to look at.</summary>
    public Image ToImage(int galaxy) => Train.Image.FromPlanar(Size, Size, Crop.Channels, Image(galaxy));

    /// <summary>The 37 vote fractions of one galaxy.</summary>
    public ReadOnlySpan<float> Target(int galaxy) => Labels[galaxy];

    /// <summary>The vote fractions of some galaxies: [galaxies, 37].</summary>
    public float[] TargetsOf(int[] galaxies) => Labels.Only(galaxies).Fractions;

    /// <summary>Where galaxies are, by their numbers; null for those that are not here.</summary>
    public IReadOnlyList<int?> PlacesOf(IReadOnlyList<long> ids)
    {
        var places = Ids.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        return [.. ids.Select(id => places.TryGetValue(id, out int place) ? (int?)place : null)];
    }

    /// <summary>Identifies labeled galaxies: a SHA-256 of their ids and vote fractions.</summary>
    public string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<long>(Ids.ToArray()));
        hash.AppendData(MemoryMarshal.AsBytes<float>(Targets));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Decodes the images, cuts the galaxies out and scales them, on all cores.</summary>
    /// <param name="galaxies">The files, with their labels if they have any.</param>
    /// <param name="crop">How to cut the galaxies out.</param>
    /// <param name="size">The width and height to scale them to.</param>
    /// <param name="skipBad">True to leave out what is bad: see <see cref="Skipped"/>.</param>
    /// <param name="cache">Has the crops of files that were loaded before, and gets the others.</param>
    /// <param name="progress">Gets the number of images done and of all.</param>
    /// <param name="cancellation">Stops between images.</param>
    /// <exception cref="UserErrorException">
    /// Labels or images are bad; the message names all of them. With <paramref name="skipBad"/>: nothing would be left.
    /// Or the images do not fit into memory.
    /// </exception>
    public static GalaxyDataset Load(
        GalaxyFolder galaxies,
        GalaxyCrop crop,
        int size,
        bool skipBad = false,
        CropCache? cache = null,
        ProgressReport? progress = null,
        CancellationToken cancellation = default)
    {
        var files = galaxies.Images;
        var form = new CropForm(crop, size);
        string[] paths = [.. files.Select(file => file.Path)];
        using var loader = new CropLoader(paths, form, cache ?? new CropCache(folder: null, form));
        var errors = loader.Load(progress, cancellation);
        int[] kept = [.. galaxies.Problems.AddAll(errors).Where(i => !loader.IsDark(i))];
        if (kept.Length == 0 || !skipBad)
            galaxies.Problems.ThrowIfAny(canSkip: kept.Length > 0);
        if (kept.Length == 0)
            throw new UserErrorException($"{files[0].Path}: is dark, as are all other images: no galaxy is in them");
        string[] dark = [.. paths.Where((_, i) => loader.IsDark(i))];
        return new GalaxyDataset(
            galaxies.Labels.Only(kept), loader.WithoutGaps(kept), crop, size, dark, galaxies.Problems)
        {
            ImagesDigest = loader.DigestOf(kept),
        };
    }
}
