using StbImageSharp;

namespace GalaxyNet.Train;

/// <summary>
/// Counts the blocks that a JPEG decoder makes of nothing: where coded data end early, it goes on with zeros.
/// </summary>
/// <remarks>
/// So end files that were cut short and then closed with an end marker, or whose header claims too many rows. The
/// blocks of a progressive image are made when all scans are read: there nothing can be told.
/// </remarks>
internal sealed unsafe class JpegBlocks
{
    // When the decoder meets the end, it holds at most 32 bits, and a block takes two at least.
    private const int MostFromHeldBits = 16;

    private readonly StbImage.stbi__jpeg jpeg;
    private int sinceEnd;

    /// <summary>Counts from here on.</summary>
    public JpegBlocks(StbImage.stbi__jpeg jpeg)
    {
        this.jpeg = jpeg;
        jpeg.idct_block_kernel = Transform;
    }

    /// <summary>True if blocks of the image were not in its file.</summary>
    public bool AreMissing { get; private set; }

    private void Transform(byte* pixels, int stride, short* coefficients)
    {
        sinceEnd = jpeg.nomore == 0 ? 0 : sinceEnd + 1;
        AreMissing |= sinceEnd > MostFromHeldBits && jpeg.progressive == 0;
        StbImage.stbi__idct_block(pixels, stride, coefficients);
    }
}
