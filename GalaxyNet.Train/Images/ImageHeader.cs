namespace GalaxyNet.Train;

/// <summary>Checks a JPEG or PNG file before it is decoded.</summary>
/// <remarks>
/// The decoder believes any size in a header, writes where a damaged file leads it, and fills what is missing with
/// gray. So the size is checked before anything is allocated, and what can be verified without decoding is verified.
/// </remarks>
internal static class ImageHeader
{
    /// <summary>The problem of an image whose end is missing.</summary>
    public const string Truncated = "is a truncated image: copy or download it again";

    /// <summary>The problem of an image whose parts contradict each other.</summary>
    public const string Damaged = "is a damaged image: copy or download it again";

    private const int MaximumPixels = 16 << 20;

    /// <summary>What is wrong with the file, or null.</summary>
    public static string? Problem(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
            return "is empty: copy or download it again";
        if (PngCheck.IsPng(file))
            return PngCheck.Problem(file);
        return JpegCheck.IsJpeg(file)
            ? JpegCheck.Problem(file)
            : FileKind.ProblemOfImage(file) ?? "is neither a JPEG nor a PNG nor a FITS image: save it as one of these";
    }

    /// <summary>What is wrong with a size, or null.</summary>
    /// <param name="width">As the header claims.</param>
    /// <param name="height">As the header claims.</param>
    /// <param name="mostPixels">How many pixels a file of this length can hold in its format.</param>
    public static string? SizeProblem(long width, long height, long mostPixels)
    {
        if (width == 0 || height == 0)
            return "has no pixels";
        if (width > MaximumPixels || height > MaximumPixels || width * height > MaximumPixels)
            return $"claims {width:N0}x{height:N0} pixels; an image may have at most {MaximumPixels:N0}";
        return width * height > mostPixels
            ? $"is a truncated image, too short for its {width:N0}x{height:N0} pixels: copy or download it again"
            : null;
    }
}
