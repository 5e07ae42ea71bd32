using System.IO.Compression;

namespace GalaxyNet.Train;

/// <summary>Reads the first image of a FITS file, which may be packed by gzip.</summary>
/// <remarks>Format: https://fits.gsfc.nasa.gov/fits_standard.html, version 4.0.</remarks>
internal static class FitsFile
{
    private const int MostNamed = 4; // of what there is in place of an image

    private static ReadOnlySpan<byte> Signature => "SIMPLE  ="u8;

    private static ReadOnlySpan<byte> Gzip => [0x1f, 0x8b];

    /// <summary>True if a file begins as FITS does, or is packed by gzip, as no other kind of image is.</summary>
    public static bool IsFits(ReadOnlySpan<byte> file) => file.StartsWith(Signature) || file.StartsWith(Gzip);

    /// <summary>Reads the first image that has pixels: the primary one or that of an extension.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <exception cref="InvalidDataException">The file is damaged or has no such image.</exception>
    public static FitsImage Read(byte[] file)
    {
        if (file.AsSpan().StartsWith(Gzip))
            file = Unpack(file);
        int start = 0;
        var contents = new List<string>();
        do
        {
            var unit = new FitsUnit(file, start);
            if (unit.IsCompressedImage)
                throw new InvalidDataException("is a compressed FITS image (ZIMAGE): unpack it with funpack");
            if (unit.IsImage)
                return unit.ReadImage(file);
            contents.Add(unit.Contents);
            start = unit.End;
        }
        while (file.AsSpan(start).StartsWith("XTENSION"u8));
        string all = string.Join(", ", contents.Distinct().Take(MostNamed));
        throw new InvalidDataException(
            $"is a FITS file without an image, which has two axes or three, only {all}: give the image");
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var unpacking = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read = ReadSome(unpacking, buffer); read > 0; read = ReadSome(unpacking, buffer))
        {
            unpacked.Write(buffer, 0, read);
            if (unpacked.Length > ImageFile.MaximumBytes)
                throw new InvalidDataException(
                    $"has more than {ImageFile.MaximumBytes:N0} bytes unpacked: cut the galaxy out of it");
        }
        byte[] file = unpacked.ToArray();
        return file.AsSpan().StartsWith(Signature)
            ? file
            : throw new InvalidDataException(FileKind.NameOf(file) is { } name
                ? $"is packed by gzip, and no FITS file but {name}: unpack it"
                : "is packed by gzip, and no FITS file: unpack it");
    }

    private static int ReadSome(GZipStream unpacking, byte[] buffer)
    {
        try
        {
            return unpacking.Read(buffer);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw new InvalidDataException(ImageHeader.Damaged, exception);
        }
    }
}
