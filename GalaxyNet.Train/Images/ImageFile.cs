using StbImageWriteSharp;

namespace GalaxyNet.Train;

/// <summary>Images on disk: JPEG, PNG and FITS in, PNG and JPEG out.</summary>
internal static class ImageFile
{
    /// <summary>The most bytes of a file, packed or not.</summary>
    public const int MaximumBytes = 64 << 20;

    /// <summary>The endings of JPEG and PNG files.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".jpg", ".jpeg", ".png"];

    /// <summary>Decodes a JPEG, PNG or FITS file to RGB.</summary>
    /// <exception cref="UserErrorException">The file is missing, cut short, too large or not an image.</exception>
    public static Image Read(string path) => new ImageDecoder().Decode(ReadBytes(path), path);

    /// <summary>The bytes of an image file, whatever is in it.</summary>
    /// <exception cref="UserErrorException">The file is missing, too large or no file.</exception>
    public static byte[] ReadBytes(string path)
    {
        try
        {
            using var stream = RegularFile.Open(path);
            if (stream.Length > MaximumBytes)
                throw new UserErrorException(
                    $"{path}: has {stream.Length:N0} bytes; an image may have at most {MaximumBytes:N0}");
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserErrorException($"{path}: {WhyMissing(path)}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: cannot be read ({exception.Message.TrimEnd('.')})");
        }
    }

    private static string WhyMissing(string path) =>
        new FileInfo(path).LinkTarget is { } target ? $"is a link to {target}, which is missing: mend or delete it"
        : path.Contains('\ufffd', StringComparison.Ordinal) ? "has a name that is not UTF-8: rename it"
        : "the image is missing";

    /// <summary>Writes a PNG file, whole or not at all.</summary>
    public static void WritePng(string path, Image image)
    {
        byte[] bytes = ToPng(image);
        OutputFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>The bytes of a PNG file.</summary>
    public static byte[] ToPng(Image image)
    {
        using var stream = new MemoryStream();
        new ImageWriter().WritePng(image.Pixels, image.Width, image.Height, Components(image), stream);
        return stream.ToArray();
    }

    /// <summary>Writes a JPEG file, whole or not at all.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="image">What.</param>
    /// <param name="quality">1 to 100.</param>
    public static void WriteJpeg(string path, Image image, int quality) =>
        OutputFile.Write(path, stream => WriteJpeg(stream, image, quality));

    /// <summary>The bytes of a JPEG file.</summary>
    /// <param name="image">What.</param>
    /// <param name="quality">1 to 100.</param>
    public static byte[] ToJpeg(Image image, int quality)
    {
        using var stream = new MemoryStream();
        WriteJpeg(stream, image, quality);
        return stream.ToArray();
    }

    private static void WriteJpeg(Stream stream, Image image, int quality) => new ImageWriter().WriteJpg(
        image.Pixels, image.Width, image.Height, Components(image), stream, quality);

    private static ColorComponents Components(Image image) => image.Channels == 1
        ? ColorComponents.Grey
        : ColorComponents.RedGreenBlue;
}
