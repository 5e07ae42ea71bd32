namespace GalaxyNet.Train;

/// <summary>
/// Galaxies cut out, scaled and held in memory: decoded once, used every epoch. Of several processes, each holds the
/// images of its shards; all else is the same on all of them.
/// </summary>
/// <param name="Labels">Their numbers and vote fractions.</param>
/// <param name="Crops">The images, in the order of the labels.</param>
/// <param name="DarkImages">Images left out because nothing in them is above the crop's threshold.</param>
/// <param name="Skipped">Bad rows and images that were left out.</param>
internal sealed record GalaxyDataset(
    Labels Labels,
    HeldCrops Crops,
    IReadOnlyList<string> DarkImages,
    ProblemList Skipped)
{
    /// <summary>Identifies the image files, whatever their names: the digests of all, combined in order.</summary>
    public string ImagesDigest => Crops.Digest;

    /// <summary>How they were cut out, which gives the channels: 3 (RGB) or 1 (gray).</summary>
    public GalaxyCrop Crop => Crops.Form.Crop;

    /// <summary>The width and height of an image.</summary>
    public int Size => Crops.Form.Size;

    /// <summary>The galaxies' numbers.</summary>
    public IReadOnlyList<long> Ids => Labels.Ids;

    /// <summary>How many galaxies there are.</summary>
    public int Count => Ids.Count;

    /// <summary>
    /// The vote fractions: [galaxies, 37]; NaN where one is not known. Empty if the galaxies have no labels.
    /// </summary>
    public float[] Targets => Labels.Fractions;

    /// <summary>All images, or those that this process holds: see <see cref="HeldCrops.Block"/>.</summary>
    public ImageBlock Images => Crops.Block;

    /// <summary>One image, held or not: see <see cref="HeldCrops.Read"/>.</summary>
    public ReadOnlySpan<byte> Image(int galaxy) => Crops.Read(galaxy);

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

    /// <summary>
    /// From now on holds the images that are dealt to this process's shards, and its share of those that do not train.
    /// </summary>
    /// <param name="deal">The deal of those that train.</param>
    /// <param name="cache">Has the crops of files that were loaded before, and gets the others.</param>
    /// <param name="progress">Gets the number of missing images done and of all of them.</param>
    /// <param name="cancellation">Stops between images.</param>
    /// <exception cref="UserErrorException">
    /// Images that are missing have changed by now, or cannot be read; the message names all of them.
    /// </exception>
    public void Hold(
        ShardDeal deal,
        CropCache? cache = null,
        ProgressReport? progress = null,
        CancellationToken cancellation = default)
    {
        int[] shardOf = [.. Enumerable.Range(0, Count).Select(Crops.HomeOf)];
        foreach (var (shard, galaxies) in deal.Shards.Index())
        {
            foreach (int galaxy in galaxies)
                shardOf[galaxy] = shard;
        }
        Crops.Hold(shardOf, cache, progress, cancellation);
    }

    /// <summary>Identifies labeled galaxies: see <see cref="Labels.Digest"/>.</summary>
    public string Digest() => Labels.Digest();

    /// <summary>Decodes the images, cuts the galaxies out and scales them, on all cores.</summary>
    /// <param name="galaxies">The files, with their labels if they have any.</param>
    /// <param name="crop">How to cut the galaxies out.</param>
    /// <param name="size">The width and height to scale them to.</param>
    /// <param name="skipBad">True to leave out what is bad: see <see cref="Skipped"/>.</param>
    /// <param name="cache">Has the crops of files that were loaded before, and gets the others.</param>
    /// <param name="shards">Into what the images are dealt: each process reads those of its shards.</param>
    /// <param name="progress">Gets the number of images done and of all.</param>
    /// <param name="cancellation">Stops between images.</param>
    /// <exception cref="UserErrorException">
    /// Labels or images are bad; the message names all of them. With <paramref name="skipBad"/>: nothing would be left.
    /// Or the images do not fit into memory, or another process has other galaxies.
    /// </exception>
    public static GalaxyDataset Load(
        GalaxyFolder galaxies,
        GalaxyCrop crop,
        int size,
        bool skipBad = false,
        CropCache? cache = null,
        Shards? shards = null,
        ProgressReport? progress = null,
        CancellationToken cancellation = default)
    {
        shards ??= Shards.One;
        galaxies.RequireSame(shards.Processes);
        string[] paths = [.. galaxies.Images.Select(file => file.Path)];
        var (loaded, crops) = HeldCrops.Load(
            paths, new CropForm(crop, size), shards, cache, checks: null, progress, cancellation);
        int[] good = galaxies.Problems.AddAll([.. loaded.Select(file => file.Error)]);
        int[] kept = [.. good.Where(i => !loaded[i].IsDark)];
        if (kept.Length == 0 || !skipBad)
            galaxies.Problems.ThrowIfAny(canSkip: kept.Length > 0);
        if (kept.Length == 0)
            throw new UserErrorException($"{paths[0]}: is dark, as are all other images: no galaxy is in them");
        string[] dark = [.. paths.Where((_, i) => loaded[i].IsDark)];
        return new GalaxyDataset(galaxies.Labels.Only(kept), crops, dark, galaxies.Problems);
    }
}
