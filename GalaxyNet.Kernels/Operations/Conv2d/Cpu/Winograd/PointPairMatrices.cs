namespace GalaxyNet.Kernels;

/// <summary>
/// The tiles of a step evaluated at two of the points down the columns, and at all r + 3 along the rows: for each of
/// these 2 r + 6 points of the plane a matrix [tiles, channels].
/// </summary>
/// <remarks>
/// Both factors of the weight gradient's products have the tiles as their common axis, and lie in memory as the
/// products read them. All 64 points of an image of conv2, with their sums, take 4 MB, which would go through the
/// third-level cache. A pair of points has a quarter of that, and with 32 tiles a step, half an image, all of it stays
/// in the second. What the pairs are evaluated from, the pixels with their channels in the lanes, is made once for all
/// of them: <see cref="Stage"/>.
/// </remarks>
/// <param name="source">The images.</param>
/// <param name="steps">How the tiles are taken.</param>
/// <param name="pitch">Floats from a tile to the next: the channels, or more.</param>
internal readonly unsafe struct PointPairMatrices<TTile, TSource>(TSource source, TileSteps steps, int pitch)
    where TTile : struct, IWinogradTile
    where TSource : struct, IChannelSource
{
    private readonly TSource source = source;
    private readonly ChannelBand band = new(
        (IWinogradTile.Outputs * (steps.BandRows - 1)) + source.Span,
        (IWinogradTile.Outputs * (steps.Grid.Columns - 1)) + source.Span);

    // A cache line more than the numbers take, for the same reason as in WinogradInput. The last panel of six channels
    // may read into it.
    private readonly int matrixSize = (steps.MostTiles * pitch) + CacheLine.Floats;

    /// <summary>Floats from a tile to the next.</summary>
    public readonly int Pitch = pitch;

    /// <summary>Floats of memory for the matrices.</summary>
    public int Size => 2 * TTile.Points * matrixSize;

    /// <summary>Floats of memory for the pixels of a step.</summary>
    public int StageSize(int vectorLength) =>
        steps.ImagesAtOnce * Rounding.CeilingDivide(source.Channels, vectorLength) * BandSize(vectorLength);

    /// <summary>Floats of memory that <see cref="Stage"/> needs beside them.</summary>
    public int StageMemory(int vectorLength) => source.MemorySize(band, vectorLength);

    /// <summary>The matrix of a point: those of the pair's first row, then those of its second.</summary>
    public float* Matrix(float* memory, int point) => memory + ((long)point * matrixSize);

    /// <summary>Brings the channels of a step's pixels into the lanes.</summary>
    /// <param name="tiles">The tiles of the step.</param>
    /// <param name="memory">As much as <see cref="StageMemory"/> says.</param>
    /// <param name="staged">Receives the pixels.</param>
    public void Stage<TSimd, TVector>(TilesAtOnce tiles, float* memory, float* staged)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int firstRow = IWinogradTile.Outputs * tiles.FirstRow;
        for (int image = 0; image < tiles.Images; image++)
        {
            for (int channel = 0; channel < source.Channels; channel += TSimd.Count)
            {
                source.Stage<TSimd, TVector>(tiles.Image + image, channel, firstRow, band, memory, staged);
                staged += BandSize(TSimd.Count);
            }
        }
    }

    /// <summary>Whether it is an output gradient.</summary>
    public bool IsGradient => source.Span == IWinogradTile.Outputs;

    /// <summary>Adds the pixels of a step's output gradient to a sum for each channel.</summary>
    /// <param name="tiles">The tiles of the step.</param>
    /// <param name="staged">Its pixels.</param>
    /// <param name="sums">The sums, whole vectors of them.</param>
    public void AddPixels<TSimd, TVector>(TilesAtOnce tiles, float* staged, float* sums)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        for (int image = 0; image < tiles.Images; image++)
        {
            for (int channel = 0; channel < source.Channels; channel += TSimd.Count, staged += BandSize(TSimd.Count))
            {
                TVector* pixels = (TVector*)staged;
                // Two sums, because an addition takes several cycles and two can be under way.
                TVector even = TSimd.Zero, odd = TSimd.Zero;
                for (int i = 0; i < band.Rows * band.Columns; i += 2)
                {
                    even = TSimd.Add(even, pixels[i]);
                    odd = TSimd.Add(odd, pixels[i + 1]);
                }
                TVector sum = TSimd.Add(TSimd.Load(sums + channel), TSimd.Add(even, odd));
                TSimd.Store(sum, sums + channel);
            }
        }
    }

    /// <summary>Fills the matrices.</summary>
    /// <param name="pair">Which points: see <see cref="IWinogradTile"/>.</param>
    /// <param name="staged">The pixels of the step.</param>
    /// <param name="tiles">Its tiles.</param>
    /// <param name="memory">Receives the matrices.</param>
    public void Fill<TSimd, TVector>(int pair, float* staged, TilesAtOnce tiles, float* memory)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* target = memory;
        for (int image = 0; image < tiles.Images; image++, target += tiles.Rows * tiles.Columns * Pitch)
        {
            for (int channel = 0; channel < source.Channels; channel += TSimd.Count)
            {
                Evaluate<TSimd, TVector>(pair, (TVector*)staged, tiles, target + channel);
                staged += BandSize(TSimd.Count);
            }
        }
    }

    // Where a row is shorter than a vector, the last one is written past its end.
    private int BandSize(int vectorLength) =>
        ((band.Rows * band.Columns) + Math.Max(0, vectorLength - band.Columns)) * vectorLength;

    private void Evaluate<TSimd, TVector>(int pair, TVector* staged, TilesAtOnce tiles, float* target)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        for (int row = 0; row < tiles.Rows; row++)
        {
            TVector* pixel = staged + (row * IWinogradTile.Outputs * band.Columns);
            for (int column = 0; column < tiles.Columns; column++, pixel += IWinogradTile.Outputs, target += Pitch)
            {
                if (IsGradient)
                    WinogradTransform<TTile, TSimd, TVector>.OutputGradient(
                        pair, pixel, band.Columns, target, matrixSize);
                else
                    WinogradTransform<TTile, TSimd, TVector>.Input(
                        pair, TileView.OfChannels<TSimd, TVector>(pixel, band.Columns), target, matrixSize);
            }
        }
    }
}
