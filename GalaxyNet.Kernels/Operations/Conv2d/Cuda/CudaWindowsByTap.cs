namespace GalaxyNet.Kernels;

/// <summary>
/// The windows of images the other way, for the CUDA engine: a line for each tap, a depth for each window. A warp takes
/// eight neighboring windows of four neighboring taps, which is little more than eight neighboring pixels.
/// </summary>
/// <remarks>
/// Each image's windows are filled up to whole slices with windows that are none, so that a slice lies in one image.
/// </remarks>
/// <param name="images">Where the images are.</param>
/// <param name="imageSize">Elements of an image, all channels.</param>
/// <param name="taps">Where the table of taps is.</param>
/// <param name="tapCount">How many taps there are; a line of ones comes after them.</param>
/// <param name="windows">The table of one image's windows.</param>
/// <param name="paddedWindows">How many depths an image takes.</param>
internal readonly struct CudaWindowsByTap(
    long images, int imageSize, long taps, int tapCount, ArrayView<WindowTap> windows, int paddedWindows)
    : ICudaOperand<CudaWindowsByTap.Copy>
{
    private readonly long images = images;
    private readonly int imageSize = imageSize;
    private readonly long taps = taps;
    private readonly int tapCount = tapCount;
    private readonly ArrayView<WindowTap> windows = windows;
    private readonly int paddedWindows = paddedWindows;

    public Copy Begin(TileLines tile, int start)
    {
        var place = PlaceAlongLines.Of(tile);
        WriteOnes(tile, place);
        int image = start / paddedWindows;
        return new Copy(
            windows,
            taps + (16L * (tile.First + place.Line)),
            images + (4L * image * imageSize),
            4u * (uint)imageSize,
            start - (image * paddedWindows) + place.Depth,
            paddedWindows,
            place.Offset(tile));
    }

    // Once for all slices, by the thread whose line it is: the copies pass it over.
    private void WriteOnes(TileLines tile, PlaceAlongLines place)
    {
        int line = tapCount - tile.First - place.Line;
        if (line < 0 | line >= tile.Count | PowerOfTwo.Remainder(line, PlaceAlongLines.LinesOfRound(tile)) != 0)
            return;
        uint to = place.Offset(tile) + (uint)(4 * line);
        uint far = (uint)(PlaceAlongLines.DepthsOfWarp * tile.PitchBytes);
        for (int stage = 0; stage < tile.Stages; stage++)
        {
            AsyncCopy.Write<OneFloat>(to + (uint)(stage * tile.StageBytes), 1f);
            AsyncCopy.Write<OneFloat>(to + (uint)(stage * tile.StageBytes) + far, 1f);
        }
    }

    internal readonly struct Copy(
        ArrayView<WindowTap> windows,
        long tap,
        long image,
        uint imageBytes,
        int window,
        int paddedWindows,
        uint to) : ICudaCopy<Copy>
    {
        private readonly ArrayView<WindowTap> windows = windows;
        private readonly long tap = tap;
        private readonly long image = image;
        private readonly uint imageBytes = imageBytes;
        private readonly int window = window;
        private readonly int paddedWindows = paddedWindows;
        private readonly uint to = to;

        public void Bring(TileLines tile, uint stage, int terms)
        {
            var near = windows[window];
            var far = windows[window + PlaceAlongLines.DepthsOfWarp];
            new PairsOfPixels(
                tile,
                tap,
                new PixelWindow(image + near.Bytes, near.Rows, near.Columns),
                new PixelWindow(image + far.Bytes, far.Rows, far.Columns),
                to + stage)
                .Start();
        }

        public Copy Next()
        {
            int next = window + CudaTile.Depth;
            bool isNextImage = next >= paddedWindows;
            return new Copy(
                windows,
                tap,
                isNextImage ? image + imageBytes : image,
                imageBytes,
                isNextImage ? next - paddedWindows : next,
                paddedWindows,
                to);
        }
    }
}
