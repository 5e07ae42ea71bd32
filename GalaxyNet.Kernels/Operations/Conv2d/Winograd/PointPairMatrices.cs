namespace GalaxyNet.Kernels;

/// <summary>
/// The tiles of a step evaluated at two of the points down the columns, and at all points along the rows: for each of these 2 x r + 6
/// places a matrix [tiles, channels].
/// </summary>
/// <remarks>
/// Both factors of the weight gradient's products have the tiles as their common axis, and lie in memory as the products read them.
/// All 64 places of an image of conv2, with their sums, take 4 MB, which would go through the third-level cache. A pair of points has a
/// quarter of the places, and with 32 tiles a step, half an image, all of it stays in the second.
/// </remarks>
/// <param name="size">The images' extents.</param>
/// <param name="before">Zeros above and to the left.</param>
/// <param name="span">How far a tile sees: the points for an input, 4 for an output gradient.</param>
/// <param name="steps">How the tiles are taken.</param>
/// <param name="pitch">Floats from a tile to the next: the channels, or more.</param>
internal readonly unsafe struct PointPairMatrices<TTile>(ImageShape size, int before, int span, TileSteps steps, int pitch)
    where TTile : struct, IWinogradTile
{
    private readonly ImageShape size = size;
    private readonly int span = span;
    private readonly ChannelStage stage = new(
        size,
        before,
        (IWinogradTile.Outputs * (steps.BandRows - 1)) + span,
        (IWinogradTile.Outputs * (steps.Grid.Columns - 1)) + span);

    // A cache line more than the numbers take: the matrices are written side by side, and at a distance that is a power of two they
    // would fight over the same few places in the cache. The last panel of six channels may read into it.
    private readonly int matrixSize = (steps.MostTiles * pitch) + CacheLine.Floats;

    /// <summary>Floats from a tile to the next.</summary>
    public readonly int Pitch = pitch;

    /// <summary>Floats of memory for the matrices and the stage, which must be zero at first.</summary>
    public int SizeOf(int vectorLength) => (2 * TTile.Points * matrixSize) + stage.SizeOf(vectorLength);

    /// <summary>The matrix of a place: those of the first point's row, then those of the second's.</summary>
    public float* Matrix(float* memory, int place) => memory + ((long)place * matrixSize);

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
                    WinogradTransform<TTile, TSimd, TVector>.OutputGradient(pair, source, stage.Columns, target, matrixSize);
                else
                    WinogradTransform<TTile, TSimd, TVector>.Input(pair, source, stage.Columns, target, matrixSize);
            }
        }
    }
}
