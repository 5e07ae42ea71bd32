using GalaxyNet.Layers;
using StbImageSharp;
using StbImageWriteSharp;

namespace GalaxyNet.Train;

/// <summary>Pictures on disk: JPEG and PNG in, PNG and JPEG out.</summary>
internal static class PictureFile
{
    private const int MaximumBytes = 64 << 20;

    /// <summary>The endings of the files that <see cref="Read"/> takes.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".jpg", ".jpeg", ".png"];

    /// <summary>Decodes a JPEG or PNG file to RGB.</summary>
    /// <exception cref="UserErrorException">The file is missing, cut short, too large or not a picture.</exception>
    public static Picture Read(string path)
    {
        byte[] file = ReadBytes(path);
        if (PictureHeader.Problem(file) is { } problem)
            throw new UserErrorException($"{path}: {problem}");
        try
        {
            var image = ImageResult.FromMemory(file, StbImageSharp.ColorComponents.RedGreenBlue);
            return new Picture(image.Width, image.Height, 3, image.Data);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The decoder indexes as the file tells it to, so a damaged file can end in any exception.
            string reason = exception.Message.TrimEnd('.');
            throw new UserErrorException($"{path}: is a damaged picture ({reason}): copy or download it again");
        }
    }

    /// <summary>Writes a PNG file, whole or not at all.</summary>
    /// <exception cref="UserErrorException">The path cannot be written.</exception>
    public static void WritePng(string path, Picture picture) => AtomicFile.Write(path, stream =>
        new ImageWriter().WritePng(picture.Pixels, picture.Width, picture.Height, Components(picture), stream));

    /// <summary>Writes a JPEG file, whole or not at all.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="picture">What.</param>
    /// <param name="quality">1 to 100.</param>
    /// <exception cref="UserErrorException">The path cannot be written.</exception>
    public static void WriteJpeg(string path, Picture picture, int quality) =>
        AtomicFile.Write(path, stream => WriteJpeg(stream, picture, quality));

    /// <summary>The bytes of a JPEG file.</summary>
    /// <param name="picture">What.</param>
    /// <param name="quality">1 to 100.</param>
    public static byte[] ToJpeg(Picture picture, int quality)
    {
        using var stream = new MemoryStream();
        WriteJpeg(stream, picture, quality);
        return stream.ToArray();
    }

    private static void WriteJpeg(Stream stream, Picture picture, int quality) => new ImageWriter().WriteJpg(
        picture.Pixels, picture.Width, picture.Height, Components(picture), stream, quality);

    private static StbImageWriteSharp.ColorComponents Components(Picture picture) => picture.Channels == 1
        ? StbImageWriteSharp.ColorComponents.Grey
        : StbImageWriteSharp.ColorComponents.RedGreenBlue;

    private static byte[] ReadBytes(string path)
    {
        try
        {
            using var stream = RegularFile.Open(path);
            if (stream.Length > MaximumBytes)
                throw new UserErrorException(
                    $"{path}: has {stream.Length:N0} bytes; a picture may have at most {MaximumBytes:N0}");
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserErrorException($"{path}: the picture is missing");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: cannot be read ({exception.Message.TrimEnd('.')})");
        }
    }
}
