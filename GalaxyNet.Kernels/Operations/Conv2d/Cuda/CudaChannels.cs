namespace GalaxyNet.Kernels;

/// <summary>
/// The gradient of a convolution's output by channel, for the CUDA engine: a line for each channel, a depth for each
/// pixel of each image. Each image is filled up to whole slices with zeros.
/// </summary>
/// <param name="address">Where the gradient [batch, channels, pixels] is.</param>
/// <param name="channels">Channels of the output.</param>
/// <param name="pixels">Pixels of a channel.</param>
/// <param name="paddedPixels">How many depths an image takes.</param>
internal readonly struct CudaChannels(long address, int channels, int pixels, int paddedPixels)
    : ICudaOperand<CudaChannels.Copy>
{
    private readonly long address = address;
    private readonly int channels = channels;
    private readonly int pixels = pixels;
    private readonly int paddedPixels = paddedPixels;

    public Copy Begin(TileLines tile, int start)
    {
        var place = PlaceAlongLines.Of(tile);
        var lines = LinesOfThread.Of(tile, place, channels, pixels);
        int image = start / paddedPixels;
        int pixel = start - (image * paddedPixels) + place.Depth;
        return new Copy(
            address + (4 * (((((long)image * channels) + lines.First) * pixels) + pixel)),
            lines,
            4 * ((channels * pixels) - paddedPixels),
            pixel,
            pixels,
            paddedPixels,
            place.Offset(tile));
    }

    internal readonly struct Copy(
        long address,
        LinesOfThread lines,
        int toNextImage,
        int pixel,
        int pixels,
        int paddedPixels,
        uint to) : ICudaCopy<Copy>
    {
        private readonly long address = address;
        private readonly LinesOfThread lines = lines;
        private readonly int toNextImage = toNextImage;
        private readonly int pixel = pixel;
        private readonly int pixels = pixels;
        private readonly int paddedPixels = paddedPixels;
        private readonly uint to = to;

        // A part of the sum ends with a slice, and an image may before it.
        public void Bring(TileLines tile, uint stage, int terms) =>
            new PairsOfCopies(tile, address, lines, to + stage, pixels - pixel).Start();

        public Copy Next()
        {
            int next = pixel + CudaTile.Depth;
            bool isNextImage = next >= paddedPixels;
            return new Copy(
                address + (4 * CudaTile.Depth) + (isNextImage ? toNextImage : 0),
                lines,
                toNextImage,
                isNextImage ? next - paddedPixels : next,
                pixels,
                paddedPixels,
                to);
        }
    }
}
