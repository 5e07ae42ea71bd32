using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>The maps of an <see cref="IWinogradTile"/> in two dimensions: along the columns, then along the rows.</summary>
/// <remarks>A tile is 8 x 8 places of one vector each, place (i, j) at 8 i + j, of which the maps use as many as they need.</remarks>
internal static unsafe class WinogradTransform<TTile, TSimd, TVector>
    where TTile : struct, IWinogradTile
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>Places of a tile.</summary>
    public const int Places = 8 * 8;

    /// <summary>B^T x B, from a channel of an image to the points' matrices.</summary>
    /// <param name="source">What the tiles see.</param>
    /// <param name="target">Place (0, 0) of the first matrix.</param>
    /// <param name="matrixSize">Floats from a point's matrix to the next one's.</param>
    public static void Input(TileView source, float* target, int matrixSize)
    {
        TVector* places = stackalloc TVector[Places];
        int sourceStride = source.RowStride / TSimd.Count;
        int stride = matrixSize / TSimd.Count;
        for (int j = 0; j < TTile.Points; j++)
        {
            float* column = source.Column(j);
            TTile.Input<TSimd, TVector>(
                (TVector*)column, (TVector*)(column + source.FourRowsDown), sourceStride, places + j, 8);
        }
        for (int i = 0; i < TTile.Points; i++, places += 8, target += TTile.Points * matrixSize)
            TTile.Input<TSimd, TVector>(places, places + 4, 1, (TVector*)target, stride);
    }

    /// <summary>A^T m A, from the products at the points to places (0, 0) to (3, 3).</summary>
    /// <param name="products">The first point's.</param>
    /// <param name="pointStride">Floats from a point's product to the next one's.</param>
    /// <param name="places">Receives the outputs.</param>
    public static void Output(float* products, int pointStride, TVector* places)
    {
        int sourceStride = TTile.Points * pointStride / TSimd.Count;
        for (int j = 0; j < TTile.Points; j++)
            TTile.Output<TSimd, TVector>((TVector*)(products + (j * pointStride)), sourceStride, places + j, 8);
        for (int i = 0; i < IWinogradTile.Outputs; i++)
            TTile.Output<TSimd, TVector>(places + (8 * i), 1, places + (8 * i), 1);
    }

    /// <summary>Two rows of B^T x B, those of a pair of points, for a vector of channels of one tile.</summary>
    /// <param name="pair">Which points: see <see cref="IWinogradTile"/>.</param>
    /// <param name="source">The tile's first pixel.</param>
    /// <param name="sourceStride">Vectors from a row of pixels to the next.</param>
    /// <param name="target">Place (0, 0) of the first matrix.</param>
    /// <param name="matrixSize">Floats from a place's matrix to the next one's.</param>
    public static void Input(int pair, TVector* source, int sourceStride, float* target, int matrixSize)
    {
        TVector* places = stackalloc TVector[2 * 8];
        int stride = matrixSize / TSimd.Count;
        TTile.InputPair<TSimd, TVector>(pair, source, sourceStride, places);
        TTile.Input<TSimd, TVector>(places, places + 4, 1, (TVector*)target, stride);
        TTile.Input<TSimd, TVector>(places + 8, places + 12, 1, (TVector*)target + (TTile.Points * stride), stride);
    }

    /// <summary>Two rows of A dy A^T, likewise.</summary>
    /// <param name="pair">Which points: see <see cref="IWinogradTile"/>.</param>
    /// <param name="source">The tile's first pixel.</param>
    /// <param name="sourceStride">Vectors from a row of pixels to the next.</param>
    /// <param name="target">Place (0, 0) of the first matrix.</param>
    /// <param name="matrixSize">Floats from a place's matrix to the next one's.</param>
    public static void OutputGradient(int pair, TVector* source, int sourceStride, float* target, int matrixSize)
    {
        TVector* places = stackalloc TVector[2 * 8];
        int stride = matrixSize / TSimd.Count;
        EvaluateAtPair(pair, source, sourceStride, places);
        Evaluate(places, (TVector*)target, stride);
        Evaluate(places + 8, (TVector*)target + (TTile.Points * stride), stride);
    }

    /// <summary>G w G^T.</summary>
    public static void Filter(TVector* places)
    {
        for (int j = 0; j < TTile.Taps; j++)
            TTile.Filter<TSimd, TVector>(places + j, 8, places + j, 8);
        for (int i = 0; i < TTile.Points; i++)
            TTile.Filter<TSimd, TVector>(places + (8 * i), 1, places + (8 * i), 1);
    }

    /// <summary>G^T du G.</summary>
    public static void FilterGradient(TVector* places)
    {
        for (int j = 0; j < TTile.Points; j++)
            TTile.FilterGradient<TSimd, TVector>(places + j, 8, places + j, 8);
        for (int i = 0; i < TTile.Taps; i++)
            TTile.FilterGradient<TSimd, TVector>(places + (8 * i), 1, places + (8 * i), 1);
    }

    // A y at the two points of a pair, for 4 columns.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EvaluateAtPair(int pair, TVector* source, int sourceStride, TVector* target)
    {
        for (int j = 0; j < IWinogradTile.Outputs; j++, source++, target++)
        {
            TVector y0 = source[0], y1 = source[sourceStride], y2 = source[2 * sourceStride], y3 = source[3 * sourceStride];
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
            Linear<TSimd, TVector>.Of(1f, y0, point * point, y2),
            Linear<TSimd, TVector>.Of(point, y1, point * point * point, y3),
            target,
            stride);
    }
}
