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
    public static void Input(in TileView source, float* target, int matrixSize)
    {
        int stride = matrixSize / TSimd.Count;
        for (int pair = 0; pair < TTile.Pairs; pair++)
            TTile.Input<TSimd, TVector>(
                pair, source, Row(pair, 0, target, matrixSize), Row(pair, 1, target, matrixSize), stride);
    }

    /// <summary>Two rows of B^T x B, those of a pair of points, for a vector of channels of one tile.</summary>
    /// <param name="pair">Which points: see <see cref="IWinogradTile"/>.</param>
    /// <param name="source">The tile's pixels.</param>
    /// <param name="target">Element (0, 0) of the first matrix.</param>
    /// <param name="matrixSize">Floats from a point's matrix to the next one's.</param>
    public static void Input(int pair, in TileView source, float* target, int matrixSize) =>
        TTile.Input<TSimd, TVector>(
            pair, source, (TVector*)target, (TVector*)(target + (TTile.Points * matrixSize)), matrixSize / TSimd.Count);

    /// <summary>Two rows of A dy A^T, likewise.</summary>
    /// <param name="pair">Which points: see <see cref="IWinogradTile"/>.</param>
    /// <param name="source">The tile's first pixel.</param>
    /// <param name="sourceStride">Vectors from a row of pixels to the next.</param>
    /// <param name="target">Element (0, 0) of the first matrix.</param>
    /// <param name="matrixSize">Floats from a point's matrix to the next one's.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void OutputGradient(int pair, TVector* source, int sourceStride, float* target, int matrixSize)
    {
        var (first0, second0) = EvaluateAtPair(pair, source, sourceStride);
        var (first1, second1) = EvaluateAtPair(pair, source + 1, sourceStride);
        var (first2, second2) = EvaluateAtPair(pair, source + 2, sourceStride);
        var (first3, second3) = EvaluateAtPair(pair, source + 3, sourceStride);
        int stride = matrixSize / TSimd.Count;
        Evaluate(first0, first1, first2, first3, (TVector*)target, stride);
        Evaluate(second0, second1, second2, second3, (TVector*)target + (TTile.Points * stride), stride);
    }

    /// <summary>G w G^T.</summary>
    /// <param name="taps">w, row after row.</param>
    /// <param name="tile">Receives the values.</param>
    public static void Filter(TVector* taps, TVector* tile)
    {
        for (int j = 0; j < TTile.Taps; j++)
            TTile.Filter<TSimd, TVector>(taps + j, TTile.Taps, tile + j, 8);
        for (int i = 0; i < TTile.Points; i++)
            TTile.Filter<TSimd, TVector>(tile + (8 * i), 1, tile + (8 * i), 1);
    }

    /// <summary>G^T du G.</summary>
    /// <param name="tile">du; overwritten.</param>
    /// <param name="taps">Receives the gradient of the taps, row after row.</param>
    public static void FilterGradient(TVector* tile, TVector* taps)
    {
        for (int j = 0; j < TTile.Points; j++)
            TTile.FilterGradient<TSimd, TVector>(tile + j, 8, tile + j, 8);
        for (int i = 0; i < TTile.Taps; i++)
            TTile.FilterGradient<TSimd, TVector>(tile + (8 * i), 1, taps + (TTile.Taps * i), 1);
    }

    private static TVector* Row(int pair, int which, float* target, int matrixSize) =>
        (TVector*)(target + (IWinogradTile.PointOf<TTile>(pair, which) * TTile.Points * matrixSize));

    // A y at the two points of a pair, for a column.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector First, TVector Second) EvaluateAtPair(int pair, TVector* source, int sourceStride)
    {
        TVector y0 = source[0], y3 = source[3 * sourceStride];
        return pair == 0 ? (y0, y3) : AtPair(pair, y0, source[sourceStride], source[2 * sourceStride], y3);
    }

    // A y at all points.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Evaluate(TVector y0, TVector y1, TVector y2, TVector y3, TVector* target, int stride)
    {
        target[0] = y0;
        (target[stride], target[2 * stride]) = AtPair(1, y0, y1, y2, y3);
        (target[3 * stride], target[4 * stride]) = AtPair(2, y0, y1, y2, y3);
        if (TTile.Pairs > 3)
            (target[5 * stride], target[6 * stride]) = AtPair(3, y0, y1, y2, y3);
        target[(TTile.Points - 1) * stride] = y3;
    }

    // y0 + a y1 + a^2 y2 + a^3 y3 at the points +-a of a pair.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector First, TVector Second) AtPair(int pair, TVector y0, TVector y1, TVector y2, TVector y3)
    {
        float point = pair switch { 1 => 1f, 2 => 2f, _ => 0.5f };
        return Linear<TSimd, TVector>.Pair(
            point,
            Linear<TSimd, TVector>.Plus(point * point, y2, y0),
            Linear<TSimd, TVector>.Plus(point * point, y3, y1));
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

    /// <summary>The values at a point and at its negative: even + odd, and even - odd.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TVector First, TVector Second) Pair(TVector even, TVector odd) =>
        (TSimd.Add(even, odd), TSimd.Subtract(even, odd));

    /// <summary>The same for an odd part that lacks a factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TVector First, TVector Second) Pair(float factor, TVector even, TVector odd) =>
        factor == 1f ? Pair(even, odd) : (Plus(factor, odd, even), Plus(-factor, odd, even));
}
