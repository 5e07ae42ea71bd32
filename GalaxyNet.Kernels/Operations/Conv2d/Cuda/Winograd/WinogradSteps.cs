namespace GalaxyNet.Kernels;

/// <summary>The images of a batch that a fast convolution takes at once, which bounds its memory.</summary>
/// <param name="Images">Images in the batch.</param>
/// <param name="AtOnce">Images of a step; the last may have fewer.</param>
internal readonly record struct WinogradSteps(int Images, int AtOnce)
{
    private const long MostNumbers = 1L << 27; // half a gigabyte

    /// <summary>How many steps there are.</summary>
    public int Count => Rounding.CeilingDivide(Images, AtOnce);

    /// <summary>The steps of a batch, when an image takes so many numbers.</summary>
    public static WinogradSteps Of(int images, long numbersOfImage)
    {
        int atOnce = 1;
        while (atOnce < images && 2 * atOnce * numbersOfImage <= MostNumbers)
            atOnce *= 2;
        return new WinogradSteps(images, Math.Min(atOnce, images));
    }

    /// <summary>The images of a step in a tensor of all.</summary>
    public ArrayView<float> Part(Tensor tensor, int step)
    {
        int numbers = tensor.Count / Images;
        return tensor.Data.SubView(step * AtOnce * numbers, ImagesOf(step) * numbers);
    }

    /// <summary>The images of a step.</summary>
    public int ImagesOf(int step) => Math.Min(AtOnce, Images - (step * AtOnce));

    /// <summary>Groups that take the tiles of a channel before a step, if an image has so many.</summary>
    public int GroupsBefore(int step, int tilesOfImage) =>
        step * Rounding.CeilingDivide(AtOnce * tilesOfImage, GroupSum.MaxGroupSize);

    /// <summary>Groups that take the tiles of a channel in all steps.</summary>
    public int Groups(int tilesOfImage) => GroupsBefore(Count - 1, tilesOfImage)
        + Rounding.CeilingDivide(ImagesOf(Count - 1) * tilesOfImage, GroupSum.MaxGroupSize);
}
