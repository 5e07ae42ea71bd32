using System.Security.Cryptography;

namespace GalaxyNet.Train;

/// <summary>
/// Crops in the user's cache folder, so that the next start need not decode and crop the same images again.
/// </summary>
/// <remarks>
/// A crop is found by the bytes of its image file: reading them takes a hundredth of the time of decoding, and a file
/// can change without its name, its length and its time. So a changed image never has an old crop, and a folder that
/// was moved or copied, or is part of another, has its crops already.
///
/// What cannot be read, or is not what was written, counts as missing. Where something cannot be written, nothing more
/// is: see <see cref="Problem"/>.
/// </remarks>
internal sealed class CropCache : IDisposable
{
    private const string Extension = ".crops";
    private const long MostBytes = 2L << 30; // attempt 4's of all images of the challenge take 1.7
    private const long LeastFreeBytes = 2L << 30; // which checkpoints need more
    private const int PackBytes = 16 << 20;
    private const int MostFiles = 256; // which are all open at once
    private const int NameDigits = 16; // of a SHA-256: enough to tell files apart

    private readonly string? folder;
    private readonly IKeptForm form;
    private readonly List<CropPack> packs = [];
    private readonly Dictionary<UInt128, (CropPack Pack, int Index)> places = [];

    /// <summary>Finds what is kept.</summary>
    /// <param name="folder">Where; null to keep nothing.</param>
    /// <param name="form">The kind of the crops.</param>
    public CropCache(string? folder, IKeptForm form)
    {
        this.folder = folder;
        this.form = form;
        try
        {
            if (Directory.Exists(folder))
                Array.ForEach(Directory.GetFiles(folder, $"{form.Name}-*{Extension}"), Open);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder may be written but not listed, or is gone by now.
        }
    }

    /// <summary>The user's folder for crops; null if there is none.</summary>
    public static string? UserFolder => CacheFolder.OfUser("crops");

    /// <summary>How many crops are best kept together.</summary>
    public int CropsPerFile => Math.Max(1, PackBytes / form.Length);

    /// <summary>Why crops are not kept, in a line; null if they are.</summary>
    public string? Problem { get; private set; }

    /// <summary>Reads a crop. Several threads may do so at once.</summary>
    /// <param name="key">Of its image file: see <see cref="CropPack.KeyOf"/>.</param>
    /// <param name="pixels">Gets it: [channels, size, size].</param>
    /// <returns>False if it is missing.</returns>
    public bool TryRead(UInt128 key, Span<byte> pixels)
    {
        if (!places.TryGetValue(key, out var place) || place.Pack.IsDamaged)
            return false;
        try
        {
            if (place.Pack.TryRead(place.Index, pixels))
                return true;
            File.Delete(place.Pack.Path); // now, for a good one may get its name
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It counts as missing all the same.
        }
        return false;
    }

    /// <summary>Keeps crops, of which none is there.</summary>
    public void Keep(IReadOnlyList<KeyedCrop> crops)
    {
        if (folder is null || crops.Count == 0 || Problem is not null)
            return;
        try
        {
            Directory.CreateDirectory(folder);
            if (new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace < LeastFreeBytes)
                throw new IOException($"Less than {LeastFreeBytes >> 30} GB are free");
            Write(folder, crops);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Problem = $"{folder}: crops are not kept for the next start ({e.Message.TrimEnd('.')})";
        }
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (var pack in packs)
        {
            pack.Dispose();
            try
            {
                if (pack.IsUsed)
                    CacheFiles.MarkUsed(pack.Path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another process has deleted it, or the folder is not the user's to change.
            }
        }
    }

    private void Open(string path)
    {
        try
        {
            if (CropPack.TryOpen(path, form) is not { } pack)
                return;
            packs.Add(pack);
            foreach (var (index, key) in pack.Keys.Index())
                places[key] = (pack, index);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be opened counts as missing.
        }
    }

    private void Write(string folder, IReadOnlyList<KeyedCrop> crops)
    {
        byte[] head = CropPack.Head(form, crops);
        string digits = Convert.ToHexStringLower(SHA256.HashData(head))[..NameDigits];
        new CacheFiles(folder, MostBytes, MostFiles).Write($"{form.Name}-{digits}{Extension}", stream =>
        {
            stream.Write(head);
            foreach (var crop in crops)
                stream.Write(crop.Pixels.Span);
        });
    }
}
