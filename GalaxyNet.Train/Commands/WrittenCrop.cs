using System.Buffers.Binary;
using System.Text;

namespace GalaxyNet.Train;

/// <summary>
/// Crops in a folder, as PNG files. Each has in a chunk of text what image file it was cut out of, by the digest of
/// that file's bytes: so a crop of another image is never taken for that of a galaxy.
/// </summary>
internal static class WrittenCrop
{
    private const string Keyword = "Source"; // one of those that the format suggests
    private const int HeaderEnd = 33; // of the signature and the first chunk

    /// <summary>Looks at files, on all cores.</summary>
    /// <param name="paths">Where the crops would be.</param>
    /// <param name="sources">The image of each.</param>
    /// <param name="crop">How galaxies are cut out.</param>
    /// <param name="size">The width and height, in pixels.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <returns>False for those that are to be written: missing, empty, damaged or of another image.</returns>
    /// <exception cref="UserErrorException">The first that is of another crop or size, or cannot be read.</exception>
    public static bool[] AreThere(
        IReadOnlyList<string> paths,
        IReadOnlyList<string> sources,
        GalaxyCrop crop,
        int size,
        CancellationToken cancellation)
    {
        var areThere = new bool[paths.Count];
        var errors = AllCores.Try(
            paths.Count,
            i => areThere[i] = IsThere(paths[i], crop, size, out string? source) && IsOf(sources[i], source),
            progress: null,
            cancellation);
        return errors.FirstOrDefault(error => error is not null) is { } first ? throw first : areThere;
    }

    /// <summary>Writes a crop, whole or not at all.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="crop">The crop.</param>
    /// <param name="source">The bytes of the file that it was cut out of.</param>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public static void Write(string path, Image crop, ReadOnlySpan<byte> source)
    {
        byte[] png = ImageFile.ToPng(crop);
        byte[] chunk = Chunk(DigestOf(source));
        OutputFile.Write(path, stream =>
        {
            stream.Write(png.AsSpan(0, HeaderEnd));
            stream.Write(chunk);
            stream.Write(png.AsSpan(HeaderEnd));
        });
    }

    private static bool IsThere(string path, GalaxyCrop crop, int size, out string? source)
    {
        source = null;
        if (!File.Exists(path))
            return false;
        byte[] file = ImageFile.ReadBytes(path);
        if (IsWreck(file))
            return false;
        // Keeps images of different crops or sizes, and what is no crop at all, from being mixed in one folder.
        if (PngFrame.Of(file) is not { } frame)
            throw new UserErrorException($"{path}: is there already and no PNG; give another --out");
        if (frame.Width != size || frame.Height != size || frame.BitsPerPixel != 8 * crop.Channels)
            throw new UserErrorException(
                $"{path}: is already there with another --crop or --size; give another --out");
        source = SourceIn(file);
        return true;
    }

    private static bool IsOf(string path, string? digest)
    {
        try
        {
            return digest is not null && digest == DigestOf(ImageFile.ReadBytes(path));
        }
        catch (UserErrorException)
        {
            return false; // whoever cuts it out says so
        }
    }

    /// <summary>True for what is left of a PNG: none of it, zeros in its place, or a damaged one.</summary>
    private static bool IsWreck(ReadOnlySpan<byte> file) => PngCheck.IsPng(file)
        ? PngCheck.Problem(file) is not null
        : PngChunks.Signature.StartsWith(file) || !file.ContainsAnyExcept((byte)0);

    private static string DigestOf(ReadOnlySpan<byte> file) => CropPack.KeyOf(file).ToString("x32", null);

    private static byte[] Chunk(string digest)
    {
        byte[] named = [.. "tEXt"u8, .. Encoding.ASCII.GetBytes($"{Keyword}\0{digest}")];
        var chunk = new byte[sizeof(uint) + named.Length + sizeof(uint)];
        BinaryPrimitives.WriteInt32BigEndian(chunk, named.Length - "tEXt".Length);
        named.CopyTo(chunk, sizeof(uint));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(sizeof(uint) + named.Length), Crc32.Of(named));
        return chunk;
    }

    private static string? SourceIn(ReadOnlySpan<byte> file)
    {
        var chunks = new PngChunks(file);
        while (chunks.MoveNext())
        {
            if (chunks.Name.SequenceEqual("tEXt"u8)
                && Encoding.ASCII.GetString(chunks.Data).Split('\0') is [Keyword, var digest])
                return digest;
        }
        return null;
    }
}
