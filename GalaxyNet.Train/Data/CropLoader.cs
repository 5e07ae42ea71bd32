namespace GalaxyNet.Train;

/// <summary>
/// Loads the crops of image files, on all cores: kept ones are read, the others cut out. The constructor throws a
/// <see cref="UserErrorException"/> if they do not fit into memory.
/// </summary>
/// <param name="files">The image files.</param>
/// <param name="form">What kind of crops.</param>
/// <param name="cache">What is kept, and gets the others.</param>
/// <param name="checks">Looks at the images too, if that is asked for.</param>
/// <param name="machine">What of its machine this process may use; null for all.</param>
internal sealed class CropLoader(
    IReadOnlyList<string> files,
    CropForm form,
    CropCache cache,
    ImageChecks? checks = null,
    MachineShare? machine = null) : IDisposable
{
    private readonly ThreadLocal<ImageDecoder> decoder = new(() => new ImageDecoder());
    private readonly UInt128[] keys = new UInt128[files.Count];
    private readonly Origin[] origins = new Origin[files.Count];
    private readonly byte[] pixels = form.Allocate(
        files.Count, HostMemory.FreeBytesForArrays / (machine?.Count ?? 1));

    /// <summary>Loads all of them.</summary>
    /// <param name="progress">Gets the number of images done and of all.</param>
    /// <param name="cancellation">Stops between images; what is done by then is kept.</param>
    /// <returns>What became of each file.</returns>
    public LoadedFile[] Load(ProgressReport? progress, CancellationToken cancellation)
    {
        var errors = new UserErrorException?[files.Count];
        var unkept = new List<KeyedCrop>();
        try
        {
            for (int first = 0; first < files.Count; first += cache.CropsPerFile)
                LoadSome(first, errors, unkept, progress, cancellation);
        }
        finally
        {
            cache.Keep(unkept);
            checks?.Keep();
        }
        return
        [
            .. Enumerable.Range(0, files.Count).Select(file => new LoadedFile(
                errors[file]?.Message, origins[file] == Origin.Dark, keys[file], checks?[file] ?? ImageWarnings.None)),
        ];
    }

    /// <summary>The crops of some files, moved together where they lie: [chosen, channels, size, size].</summary>
    /// <param name="chosen">The files, from the first to the last.</param>
    public ReadOnlyMemory<byte> WithoutGaps(int[] chosen)
    {
        for (int i = 0; i < chosen.Length; i++)
        {
            if (chosen[i] != i)
                PixelsOf(chosen[i]).CopyTo(PixelsOf(i));
        }
        return pixels.AsMemory(0, chosen.Length * form.Length);
    }

    /// <inheritdoc/>
    public void Dispose() => decoder.Dispose();

    private void LoadSome(
        int first,
        UserErrorException?[] errors,
        List<KeyedCrop> unkept,
        ProgressReport? progress,
        CancellationToken cancellation)
    {
        int count = Math.Min(cache.CropsPerFile, files.Count - first);
        try
        {
            AllCores.Try(
                count,
                i => Load(first + i),
                progress is null ? null : (done, _) => progress(first + done, files.Count),
                cancellation,
                machine?.Threads).CopyTo(errors, first);
        }
        finally
        {
            unkept.AddRange(
                from file in Enumerable.Range(first, count)
                where origins[file] == Origin.New
                select new KeyedCrop(keys[file], PixelsOf(file)));
        }
        if (unkept.Count < cache.CropsPerFile)
            return;
        cache.Keep(unkept);
        unkept.Clear();
    }

    private void Load(int file)
    {
        byte[] bytes = ImageFile.ReadBytes(files[file]);
        keys[file] = CropPack.KeyOf(bytes);
        var crop = PixelsOf(file).Span;
        bool isKept = cache.TryRead(keys[file], crop);
        bool isChecked = checks?.TryRead(file, keys[file]) ?? true;
        if (isKept && isChecked)
            return;
        var image = decoder.Value!.Decode(bytes, files[file]);
        if (!isChecked)
            checks!.Look(file, bytes, image);
        if (isKept)
            return;
        var galaxy = form.Crop.Crop(image, form.Size);
        galaxy?.CopyPlanar(crop);
        origins[file] = galaxy is null ? Origin.Dark : Origin.New;
    }

    private Memory<byte> PixelsOf(int file) => pixels.AsMemory(file * form.Length, form.Length);

    /// <summary>Where the crop of a file is from.</summary>
    private enum Origin
    {
        /// <summary>It was kept, or is not there yet.</summary>
        Cache,

        /// <summary>It was cut out now.</summary>
        New,

        /// <summary>The file has none.</summary>
        Dark,
    }
}
