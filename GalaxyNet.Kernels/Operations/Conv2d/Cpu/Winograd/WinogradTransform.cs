using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>
/// The maps of an <see cref="IWinogradTile"/> in two dimensions: along the columns, then along the rows.
/// </summary>
/// <remarks>
/// A tile is 8 x 8 elements of one vector each, element (i, j) at 8 i + j, of which the maps use as many as they need.
/// </remarks>
internal static unsafe class WinogradTransform<TTile, TSimd, TVector>
    where TTile : struct, IWinogradTile
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>Elements of a tile.</summary>
    public const int Size = 8 * 8;

    /// <summary>B^T x B, from a channel of an image to the points' matrices.</summary>
    /// <param name="source">What the tiles see.</param>
    /// <param name="target">Element (0, 0) of the first matrix.</param>
    /// <param name="matrixSize">Floats from a point's matrix to the next one's.</param>
    public static void Input(TileView source, float* target, int matrixSize)
    {
        TVector* tile = stackalloc TVector[Size];
        int sourceStride = source.RowStride / TSimd.Count;
        int stride = matrixSize / TSimd.Count;
        for (int j = 0; j < TTile.Points; j++)
        {
            float* column = source.Column(j);
            TTile.Input<TSimd, TVector>(
                (TVector*)column, (TVector*)(column + source.FourRowsDown), sourceStride, tile + j, 8);
        }
        for (int i = 0; i < TTile.Points; i++, tile += 8, target += TTile.Points * matrixSize)
            TTile.Input<TSimd, TVector>(tile, tile + 4, 1, (TVector*)target, stride);
    }

    /// <summary>Two rows of B^T x B, those of a pair of points, for a vector of channels of one tile.</summary>
    /// <param name="pair">Which points: see <see cref="IWinogradTile"/>.</param>
    /// <param name="source">The tile's first pixel.</param>
    /// <param name="sourceStride">Vectors from a row of pixels to the next.</param>
    /// <param name="target">Element (0, 0) of the first matrix.</param>
    /// <param name="matrixSize">Floats from a point's matrix to the next one's.</param>
    public static void Input(int pair, TVector* source, int sourceStride, float* target, int matrixSize)
    {
        TVector* tile = stackalloc TVector[2 * 8];
        int stride = matrixSize / TSimd.Count;
        TTile.InputPair<TSimd, TVector>(pair, source, sourceStride, tile);
        TTile.Input<TSimd, TVector>(tile, tile + 4, 1, (TVector*)target, stride);
        TTile.Input<TSimd, TVector>(tile + 8, tile + 12, 1, (TVector*)target + (TTile.Points * stride), stride);
    }

    /// <summary>Two rows of A dy A^T, likewise.</summary>
    /// <param name="pair">Which points: see <see cref="IWinogradTile"/>.</param>
    /// <param name="source">The tile's first pixel.</param>
    /// <param name="sourceStride">Vectors from a row of pixels to the next.</param>
    /// <param name="target">Element (0, 0) of the first matrix.</param>
    /// <param name="matrixSize">Floats from a point's matrix to the next one's.</param>
    public static void OutputGradient(int pair, TVector* source, int sourceStride, float* target, int matrixSize)
    {
        TVector* tile = stackalloc TVector[2 * 8];
        int stride = matrixSize / TSimd.Count;
        EvaluateAtPair(pair, source, sourceStride, tile);
        Evaluate(tile, (TVector*)target, stride);
        Evaluate(tile + 8, (TVector*)target + (TTile.Points * stride), stride);
    }

    /// <summary>G w G^T.</summary>
    public static void Filter(TVector* tile)
    {
        for (int j = 0; j < TTile.Taps; j++)
            TTile.Filter<TSimd, TVector>(tile + j, 8, tile + j, 8);
        for (int i = 0; i < TTile.Points; i++)
            TTile.Filter<TSimd, TVector>(tile + (8 * i), 1, tile + (8 * i), 1);
    }

    /// <summary>G^T du G.</summary>
    public static void FilterGradient(TVector* tile)
    {
        for (int j = 0; j < TTile.Points; j++)
            TTile.FilterGradient<TSimd, TVector>(tile + j, 8, tile + j, 8);
        for (int i = 0; i < TTile.Taps; i++)
            TTile.FilterGradient<TSimd, TVector>(tile + (8 * i), 1, tile + (8 * i), 1);
    }

    // A y at the two points of a pair, for 4 columns.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EvaluateAtPair(int pair, TVector* source, int sourceStride, TVector* target)
    {
        for (int j = 0; j < IWinogradTile.Outputs; j++, source++, target++)
        {
            TVector y0 = source[0], y1 = source[sourceStride];
            TVector y2 = source[2 * sourceStride], y3 = source[3 * sourceStride];
            if (pair == 0)
            {
                target[0] = y0;
                target[8] = y3;
            }
            else
            {
                StorePair(pair, y0, y1, y2, y3, target, 8);
            }
        }
    }

    // A y at all points, of 4 numbers side by side.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Evaluate(TVector* source, TVector* target, int stride)
    {
        TVector y0 = source[0], y1 = source[1], y2 = source[2], y3 = source[3];
        target[0] = y0;
        StorePair(1, y0, y1, y2, y3, target + stride, stride);
        StorePair(2, y0, y1, y2, y3, target + (3 * stride), stride);
        if (TTile.Pairs > 3)
            StorePair(3, y0, y1, y2, y3, target + (5 * stride), stride);
        target[(TTile.Points - 1) * stride] = y3;
    }

    // y0 + a y1 + a^2 y2 + a^3 y3 at the points +-a of a pair.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePair(int pair, TVector y0, TVector y1, TVector y2, TVector y3, TVector* target, int stride)
    {
        float point = pair switch { 1 => 1f, 2 => 2f, _ => 0.5f };
        Linear<TSimd, TVector>.StorePair(
            point,
            Linear<TSimd, TVector>.Plus(point * point, y2, y0),
            Linear<TSimd, TVector>.Plus(point * point, y3, y1),
            target,
            stride);
    }
}

/// <summary>
/// Linear combinations of vectors with constant factors, and pairs of them, for the maps of <see
/// cref="IWinogradTile"/>.
/// </summary>
internal static unsafe class Linear<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>a x + y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Plus(float a, TVector x, TVector y) => TSimd.MultiplyAdd(TSimd.Broadcast(a), x, y);

    /// <summary>a x + b y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of(float a, TVector x, float b, TVector y) =>
        TSimd.MultiplyAdd(TSimd.Broadcast(a), x, TSimd.Multiply(TSimd.Broadcast(b), y));

    /// <summary>a x + b y + c z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of(float a, TVector x, float b, TVector y, float c, TVector z) =>
        TSimd.MultiplyAdd(TSimd.Broadcast(a), x, Of(b, y, c, z));

    /// <summary>a x + b y + c z + d u.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of(float a, TVector x, float b, TVector y, float c, TVector z, float d, TVector u) =>
        TSimd.MultiplyAdd(TSimd.Broadcast(a), x, Of(b, y, c, z, d, u));

    /// <summary>
    /// Writes the values at a point and at its negative: even + odd, and <paramref name="stride"/> further even - odd.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePair(TVector even, TVector odd, TVector* target, int stride)
    {
        target[0] = TSimd.Add(even, odd);
        target[stride] = TSimd.Subtract(even, odd);
    }

    /// <summary>The same for an odd part that lacks a factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePair(float factor, TVector even, TVector odd, TVector* target, int stride)
    {
        target[0] = Plus(factor, odd, even);
        target[stride] = Plus(-factor, odd, even);
    }
}
