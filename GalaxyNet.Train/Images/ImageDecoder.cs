using System.Runtime.InteropServices;
using StbImageSharp;

namespace GalaxyNet.Train;

/// <summary>
/// Decodes images one after the other into the same memory, so that thousands of one size leave no garbage.
/// </summary>
internal sealed class ImageDecoder
{
    private const int Channels = (int)ColorComponents.RedGreenBlue;

    private byte[] pixels = [];

    /// <summary>
    /// Decodes a JPEG, PNG or FITS file to RGB: the first two as OpenCV's <c>imread</c> does; for FITS see
    /// <see cref="AsinhStretch"/>.
    /// </summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="path">What an error calls it.</param>
    /// <returns>The image, which is good until the next one is decoded.</returns>
    /// <exception cref="UserErrorException">The file is cut short, too large or not an image.</exception>
    public Image Decode(byte[] file, string path)
    {
        if (FitsFile.IsFits(file))
            return DecodeFits(file, path);
        if (ImageHeader.Problem(file) is { } problem)
            throw new UserErrorException($"{path}: {problem}");
        try
        {
            return ExifOrientation.Upright(JpegCheck.IsJpeg(file) ? DecodeJpeg(file) : DecodePng(file), file);
        }
        catch (InvalidDataException exception)
        {
            throw new UserErrorException($"{path}: {exception.Message}");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The decoder indexes by what is in the file, so a damaged file can end in any exception.
            string reason = exception.Message.TrimEnd('.');
            throw new UserErrorException($"{path}: is a damaged image ({reason}): copy or download it again");
        }
    }

    private static Image DecodeFits(byte[] file, string path)
    {
        try
        {
            return AsinhStretch.ToRgb(FitsFile.Read(file));
        }
        catch (InvalidDataException exception)
        {
            throw new UserErrorException($"{path}: {exception.Message}");
        }
    }

    private static Image DecodePng(byte[] file)
    {
        var decoded = ImageResult.FromMemory(file, ColorComponents.RedGreenBlue);
        return new Image(decoded.Width, decoded.Height, Channels, decoded.Data);
    }

    /// <summary>Does what <see cref="ImageResult"/> does, but for its array and its conversion to RGB.</summary>
    private unsafe Image DecodeJpeg(byte[] file)
    {
        using var stream = new MemoryStream(file);
        var jpeg = new StbImage.stbi__jpeg { s = new StbImage.stbi__context(stream) };
        StbImage.stbi__setup_jpeg(jpeg);
        jpeg.YCbCr_to_RGB_kernel = JpegColors.ConvertRow;
        var blocks = new JpegBlocks(jpeg);
        byte* decoded = null;
        try
        {
            int width, height;
            decoded = StbImage.load_jpeg_image(jpeg, &width, &height, comp: null, Channels);
            if (decoded is null)
                throw new InvalidOperationException(StbImage.stbi__g_failure_reason);
            if (blocks.AreMissing)
                throw new InvalidDataException(ImageHeader.Truncated);
            var bytes = new ReadOnlySpan<byte>(decoded, width * height * Channels);
            if (pixels.Length != bytes.Length)
                pixels = new byte[bytes.Length];
            bytes.CopyTo(pixels);
            if (IsRgb(jpeg) && !new JpegHeader(file).IsRgb)
                JpegColors.Convert(pixels);
            return new Image(width, height, Channels, pixels);
        }
        finally
        {
            StbImage.stbi__cleanup_jpeg(jpeg); // which an exception passes over
            Marshal.FreeHGlobal((nint)decoded); // where the decoder's memory is from
        }
    }

    /// <summary>True if the decoder has taken three channels for red, green and blue.</summary>
    private static bool IsRgb(StbImage.stbi__jpeg jpeg) => jpeg.s.img_n == 3
        && (jpeg.rgb == 3 || (jpeg.app14_color_transform == 0 && jpeg.jfif == 0));
}
