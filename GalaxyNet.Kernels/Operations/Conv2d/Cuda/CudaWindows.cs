namespace GalaxyNet.Kernels;

/// <summary>
/// The windows of images, for the CUDA engine: a line for each window, a depth for each tap. A thread keeps one window,
/// and neighboring threads neighboring ones, so that a warp reads along the rows of an image.
/// </summary>
/// <param name="images">Where the images are.</param>
/// <param name="imageSize">Elements of an image, all channels.</param>
/// <param name="height">Rows of an image.</param>
/// <param name="width">Columns of an image.</param>
/// <param name="taps">Where the table of taps is.</param>
/// <param name="grid">How the windows lie.</param>
/// <param name="lines">The windows of all images.</param>
internal readonly struct CudaWindows(
    long images, int imageSize, int height, int width, long taps, WindowGrid grid, int lines)
    : ICudaOperand<CudaWindows.Copy>
{
    private readonly long images = images;
    private readonly int imageSize = imageSize;
    private readonly int height = height;
    private readonly int width = width;
    private readonly long taps = taps;
    private readonly WindowGrid grid = grid;
    private readonly int lines = lines;

    /// <summary>The windows of a convolution's input.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="input">Its input.</param>
    /// <param name="taps">The table <see cref="WindowTables.InputTaps"/>.</param>
    /// <param name="windowsOfImage">How many each image has.</param>
    /// <param name="inSquares">As in <see cref="WindowGrid.OfInput"/>.</param>
    public static CudaWindows OfInput(
        Conv2dGeometry geometry, Tensor input, DeviceBuffer<WindowTap> taps, int windowsOfImage, bool inSquares) => new(
        input.Data.Address(),
        geometry.InputShape(1).Count,
        geometry.InHeight,
        geometry.InWidth,
        taps.View.Address(),
        WindowGrid.OfInput(geometry, inSquares),
        lines: input.Shape[0] * windowsOfImage);

    public Copy Begin(TileLines tile, int start)
    {
        int place = PowerOfTwo.Remainder(Group.IdxX, tile.Count);
        int line = tile.First + place;
        int depth = PowerOfTwo.Quotient(Group.IdxX, tile.Count);
        long tap = taps + (16L * (start + depth));
        uint to = tile.Slice + (uint)((depth * tile.PitchBytes) + (4 * place));
        if (line >= lines)
            return new Copy(tap, images, uint.MaxValue, uint.MaxValue, to);
        int window = grid.WindowOf(line);
        int windowRow = window / grid.Across;
        int image = windowRow / grid.Down;
        int row = ((windowRow - (image * grid.Down)) * grid.Step) + grid.Origin;
        int column = ((window - (windowRow * grid.Across)) * grid.Step) + grid.Origin;
        int offset = (row / grid.Spread * width) + (column / grid.Spread);
        return new Copy(
            tap,
            images + (4 * (((long)image * imageSize) + offset)),
            WindowTap.Missing(row, grid.Direction, grid.TapsDown, grid.Spread, height),
            WindowTap.Missing(column, grid.Direction, grid.TapsAcross, grid.Spread, width),
            to);
    }

    internal readonly struct Copy(
        long tap, long window, uint missingRows, uint missingColumns, uint to) : ICudaCopy<Copy>
    {
        private readonly long tap = tap;
        private readonly long window = window;
        private readonly uint missingRows = missingRows;
        private readonly uint missingColumns = missingColumns;
        private readonly uint to = to;

        public void Bring(TileLines tile, uint stage, int terms)
        {
            int depths = tile.Threads / tile.Count; // of a round
            new RoundsOfPixels(
                tap,
                16 * depths,
                new PixelWindow(window, missingRows, missingColumns),
                to + stage,
                depths * tile.PitchBytes)
                .Start(CudaTile.Depth / depths);
        }

        public Copy Next() => new(tap + (16 * CudaTile.Depth), window, missingRows, missingColumns, to);
    }
}
