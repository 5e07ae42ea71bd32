namespace GalaxyNet.Kernels;

/// <summary>
/// The tiles of a step evaluated at two of the points down the columns, and at all r + 3 along the rows: for each of
/// these 2 r + 6 points of the plane a matrix [tiles, channels].
/// </summary>
/// <remarks>
/// Both factors of the weight gradient's products have the tiles as their common axis, and lie in memory as the
/// products read them. All 64 points of an image of conv2, with their sums, take 4 MB, which would go through the
/// third-level cache. A pair of points has a quarter of that, and with 32 tiles a step, half an image, all of it stays
/// in the second.
/// </remarks>
/// <param name="size">The images' extents.</param>
/// <param name="before">Zeros above and to the left.</param>
/// <param name="span">How far a tile sees: the points for an input, 4 for an output gradient.</param>
/// <param name="steps">How the tiles are taken.</param>
/// <param name="pitch">Floats from a tile to the next: the channels, or more.</param>
internal readonly unsafe struct PointPairMatrices<TTile>(
    ImageShape size, int before, int span, TileSteps steps, int pitch)
    where TTile : struct, IWinogradTile
{
    private readonly ChannelStage stage = new(
        size,
        before,
        (IWinogradTile.Outputs * (steps.BandRows - 1)) + span,
        (IWinogradTile.Outputs * (steps.Grid.Columns - 1)) + span);

    // A cache line more than the numbers take, for the same reason as in WinogradInput. The last panel of six channels
    // may read into it.
    private readonly int matrixSize = (steps.MostTiles * pitch) + CacheLine.Floats;

    /// <summary>Floats from a tile to the next.</summary>
    public readonly int Pitch = pitch;

    /// <summary>Floats of memory for the matrices and the stage, which must be zero at first.</summary>
    public int SizeOf(int vectorLength) => (2 * TTile.Points * matrixSize) + stage.SizeOf(vectorLength);

    /// <summary>The matrix of a point: those of the pair's first row, then those of its second.</summary>
    public float* Matrix(float* memory, int point) => memory + ((long)point * matrixSize);

    /// <summary>Fills the matrices.</summary>
    /// <param name="pair">Which points: see <see cref="IWinogradTile"/>.</param>
    /// <param name="images">The first image of the batch.</param>
    /// <param name="tiles">The tiles of the step.</param>
    /// <param name="memory">Receives the matrices.</param>
    public void Fill<TSimd, TVector>(int pair, float* images, TilesAtOnce tiles, float* memory)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* staged = Matrix(memory, 2 * TTile.Points);
        float* target = memory;
        for (int image = 0; image < tiles.Images; image++, target += tiles.Rows * tiles.Columns * Pitch)
        {
            float* source = images + ((long)(tiles.Image + image) * size.Count);
            for (int channel = 0; channel < size.Channels; channel += TSimd.Count)
            {
                stage.Fill<TSimd, TVector>(source, channel, IWinogradTile.Outputs * tiles.FirstRow, staged);
                Evaluate<TSimd, TVector>(pair, staged, tiles, target + channel);
            }
        }
    }

    private void Evaluate<TSimd, TVector>(int pair, float* staged, TilesAtOnce tiles, float* target)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        for (int row = 0; row < tiles.Rows; row++)
        {
            TVector* source = (TVector*)staged + (row * IWinogradTile.Outputs * stage.Columns);
            for (int column = 0; column < tiles.Columns; column++, source += IWinogradTile.Outputs, target += Pitch)
            {
                if (span == IWinogradTile.Outputs)
                    WinogradTransform<TTile, TSimd, TVector>.OutputGradient(
                        pair, source, stage.Columns, target, matrixSize);
                else
                    WinogradTransform<TTile, TSimd, TVector>.Input(pair, source, stage.Columns, target, matrixSize);
            }
        }
    }
}

/// <summary>
/// A band of an image with its channels in the lanes: for each pixel a vector of as many channels, zeros where the
/// image has ended.
/// </summary>
/// <param name="size">The image's extents.</param>
/// <param name="before">Zeros above and to the left.</param>
/// <param name="rows">Rows of the band.</param>
/// <param name="columns">Columns of the band, at least those of the image and the zeros to its left.</param>
internal readonly unsafe struct ChannelStage(ImageShape size, int before, int rows, int columns)
{
    /// <summary>Columns of the band: vectors from a row to the next.</summary>
    public readonly int Columns = columns;

    /// <summary>Floats of memory.</summary>
    public int SizeOf(int vectorLength) => rows * Columns * vectorLength;

    /// <summary>
    /// Fills the band from a vector of the channels of an image, from padded row <paramref name="firstRow"/> on.
    /// </summary>
    public void Fill<TSimd, TVector>(float* image, int channel, int firstRow, float* memory)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* planes = image + ((long)channel * size.Area);
        int lanes = Math.Min(TSimd.Count, size.Channels - channel);
        int after = Columns - before - size.Width;
        for (int r = 0; r < rows; r++, memory += Columns * TSimd.Count)
        {
            int y = firstRow + r - before;
            if (y < 0 || y >= size.Height)
            {
                new Span<float>(memory, Columns * TSimd.Count).Clear();
                continue;
            }
            float* pixels = memory + (before * TSimd.Count);
            new Span<float>(memory, before * TSimd.Count).Clear();
            new Span<float>(pixels + (size.Width * TSimd.Count), after * TSimd.Count).Clear();
            if (lanes == TSimd.Count && size.Width >= TSimd.Count)
                TransposeRow<TSimd, TVector>(planes + (y * size.Width), pixels);
            else
                GatherRow(planes + (y * size.Width), lanes, pixels, TSimd.Count);
        }
    }

    // The last block of a row ends with it, and may repeat pixels of the one before.
    private void TransposeRow<TSimd, TVector>(float* planes, float* pixels)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        for (int x = 0; x < size.Width; x += TSimd.Count)
        {
            int first = Math.Min(x, size.Width - TSimd.Count);
            SimdMatrix.TransposeBlock<TSimd, TVector>(
                planes + first, size.Area, pixels + (first * TSimd.Count), TSimd.Count);
        }
    }

    private void GatherRow(float* planes, int lanes, float* pixels, int vectorLength)
    {
        for (int x = 0; x < size.Width; x++)
        {
            for (int lane = 0; lane < vectorLength; lane++)
                pixels[(x * vectorLength) + lane] = lane < lanes ? planes[(lane * size.Area) + x] : 0f;
        }
    }
}
