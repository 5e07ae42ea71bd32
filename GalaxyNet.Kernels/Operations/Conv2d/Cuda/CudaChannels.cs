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
        int channel = tile.First + place.Line;
        int image = start / paddedPixels;
        int pixel = start - (image * paddedPixels) + place.Depth;
        return new Copy(
            address + (4 * (((((long)image * channels) + channel) * pixels) + pixel)),
            4L * PlaceAlongLines.LinesOfRound(tile) * pixels,
            4 * ((channels * pixels) - paddedPixels),
            pixel,
            pixels,
            paddedPixels,
            place.Offset(tile),
            PlaceAlongLines.Rounds(tile, channels - channel));
    }

    internal readonly struct Copy(
        long address,
        long step,
        int toNextImage,
        int pixel,
        int pixels,
        int paddedPixels,
        uint to,
        int rounds) : ICudaCopy<Copy>
    {
        private readonly long address = address;
        private readonly long step = step;
        private readonly int toNextImage = toNextImage;
        private readonly int pixel = pixel;
        private readonly int pixels = pixels;
        private readonly int paddedPixels = paddedPixels;
        private readonly uint to = to;
        private readonly int rounds = rounds;

        // A part of the sum ends with a slice, and an image may before it.
        public void Bring(TileLines tile, uint stage, int terms) =>
            new PairsOfCopies(tile, address, step, to + stage, rounds, pixels - pixel).Start();

        public Copy Next()
        {
            int next = pixel + CudaTile.Depth;
            bool isNextImage = next >= paddedPixels;
            return new Copy(
                address + (4 * CudaTile.Depth) + (isNextImage ? toNextImage : 0),
                step,
                toNextImage,
                isNextImage ? next - paddedPixels : next,
                pixels,
                paddedPixels,
                to,
                rounds);
        }
    }
}
