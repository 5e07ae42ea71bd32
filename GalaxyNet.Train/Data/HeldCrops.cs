using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace GalaxyNet.Train;

/// <summary>An image file that has a crop.</summary>
/// <param name="Path">The file.</param>
/// <param name="Key">Identifies its bytes: see <see cref="CropPack.KeyOf"/>.</param>
/// <param name="Home">The shard that it comes to first: see <see cref="Shards.HomeOf"/>.</param>
internal readonly record struct CropFile(string Path, UInt128 Key, int Home);

/// <summary>Crops of image files that all processes know of, while each holds only those of its shards.</summary>
internal sealed class HeldCrops
{
    private readonly IReadOnlyList<CropFile> files;
    private readonly Shards shards;

    /// <summary>Holds crops.</summary>
    /// <param name="form">What kind of crops.</param>
    /// <param name="files">All files that have one.</param>
    /// <param name="shards">Which are whose, by their homes.</param>
    /// <param name="pixels">The crops of this process's files, in order.</param>
    public HeldCrops(CropForm form, IReadOnlyList<CropFile> files, Shards shards, ReadOnlyMemory<byte> pixels)
    {
        Form = form;
        this.files = files;
        this.shards = shards;
        Block = new ImageBlock(pixels, [form.Crop.Channels, form.Size, form.Size]) { Places = FirstPlaces() };
    }

    /// <summary>What kind of crops.</summary>
    public CropForm Form { get; }

    /// <summary>How many crops there are, held or not.</summary>
    public int Count => Block.Count;

    /// <summary>Those that are held.</summary>
    public ImageBlock Block { get; private set; }

    /// <summary>Identifies the bytes of all files, whatever their names: a SHA-256 of their keys.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(
        MemoryMarshal.AsBytes<UInt128>(files.Select(file => file.Key).ToArray())));

    /// <summary>The shard that a crop comes to first.</summary>
    public int HomeOf(int crop) => files[crop].Home;

    /// <summary>Loads the crops of image files, each process those that have their homes in its shards.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="form">What kind of crops.</param>
    /// <param name="shards">Whose files are whose.</param>
    /// <param name="cache">Has the crops of files that were loaded before, and gets the others.</param>
    /// <param name="checks">Has what was found in such files, if that is asked for.</param>
    /// <param name="progress">Gets the number of this process's images done and of all of them.</param>
    /// <param name="cancellation">Stops between images.</param>
    /// <returns>What became of all files, and the crops of those that have one.</returns>
    /// <exception cref="UserErrorException">
    /// They do not fit into memory, or the files of another process have other names.
    /// </exception>
    public static (LoadedFile[] Files, HeldCrops Crops) Load(
        IReadOnlyList<string> paths,
        CropForm form,
        Shards shards,
        CropCache? cache,
        CropCache? checks,
        ProgressReport? progress,
        CancellationToken cancellation)
    {
        LoadedFile.RequireSame(shards.Processes, paths);
        int[] own = [.. Enumerable.Range(0, paths.Count).Where(file => shards.IsOwn(shards.HomeOf(file)))];
        using var loader = new CropLoader(
            [.. own.Select(file => paths[file])],
            form,
            cache ?? new CropCache(folder: null, form),
            checks is null ? null : new ImageChecks(own.Length, checks),
            shards.Processes.Size == 1 ? null : shards.Machine);
        var loaded = loader.Load(progress, cancellation);
        var pixels = loader.WithoutGaps([.. Enumerable.Range(0, own.Length).Where(i => loaded[i].IsCropped)]);
        var all = LoadedFile.Gather(shards, loaded, paths.Count);
        CropFile[] cropped =
        [
            .. from file in Enumerable.Range(0, all.Length)
               where all[file].IsCropped
               select new CropFile(paths[file], all[file].Key, shards.HomeOf(file)),
        ];
        return (all, new HeldCrops(form, cropped, shards, pixels));
    }

    /// <summary>One crop, which is read again if it is not held: [channels, size, size].</summary>
    /// <exception cref="UserErrorException">Its file has changed by now, or cannot be read.</exception>
    public ReadOnlySpan<byte> Read(int crop) => BlockOf([crop])[crop];

    /// <summary>Some crops, which are read again if not all of them are held.</summary>
    /// <exception cref="UserErrorException">A file has changed by now, or cannot be read.</exception>
    public ImageBlock BlockOf(int[] crops)
    {
        if (Array.TrueForAll(crops, Block.Holds))
            return Block;
        int[] places = NoPlaces();
        for (int i = 0; i < crops.Length; i++)
            places[crops[i]] = i;
        return new ImageBlock(ReadAgain(crops, cache: null, progress: null, CancellationToken.None), Block.Shape)
        {
            Places = places,
        };
    }

    /// <summary>
    /// From now on holds the crops of which this process owns the shards that they are dealt to. The few others that it
    /// has count as not held, and stay where they are: moving the rest together would take twice the memory.
    /// </summary>
    /// <param name="dealt">For each crop its shard.</param>
    /// <param name="cache">Has the crops of files that were loaded before, and gets the others.</param>
    /// <param name="progress">Gets the number of missing images done and of all of them.</param>
    /// <param name="cancellation">Stops between images.</param>
    /// <exception cref="UserErrorException">
    /// A file has changed by now, or cannot be read; the message names all of them. Or they do not fit into memory.
    /// </exception>
    public void Hold(int[] dealt, CropCache? cache, ProgressReport? progress, CancellationToken cancellation)
    {
        if (!Block.Added.IsEmpty)
            throw new InvalidOperationException("Crops are dealt once.");
        if (Block.Places is null)
            return;
        int[] own = [.. Enumerable.Range(0, Count).Where(crop => shards.IsOwn(dealt[crop]))];
        int[] missing = [.. own.Where(crop => !Block.Holds(crop))];
        int[] places = NoPlaces();
        foreach (int crop in own)
            places[crop] = Block.PlaceOf(crop);
        for (int i = 0; i < missing.Length; i++)
            places[missing[i]] = Block.HeldFirst + i;
        Block = Block with { Added = ReadAgain(missing, cache, progress, cancellation), Places = places };
    }

    private int[] NoPlaces() => [.. Enumerable.Repeat(ImageBlock.NotHeld, Count)];

    private int[]? FirstPlaces()
    {
        if (shards.Processes.Size == 1)
            return null;
        int held = 0;
        return [.. files.Select(file => shards.IsOwn(file.Home) ? held++ : ImageBlock.NotHeld)];
    }

    private ReadOnlyMemory<byte> ReadAgain(
        int[] crops, CropCache? cache, ProgressReport? progress, CancellationToken cancellation)
    {
        using var loader = new CropLoader(
            [.. crops.Select(crop => files[crop].Path)],
            Form,
            cache ?? new CropCache(folder: null, Form),
            machine: shards.Processes.Size == 1 ? null : shards.Machine);
        var loaded = loader.Load(progress, cancellation);
        var problems = new ProblemList();
        int[] read = problems.AddAll([.. loaded.Select(file => file.Error)]);
        foreach (int i in read.Where(i => loaded[i].Key != files[crops[i]].Key))
            problems.Add(files[crops[i]].Path, "has changed since the start: leave images alone while they are used");
        problems.ThrowIfAny();
        return loader.WithoutGaps(read);
    }
}
