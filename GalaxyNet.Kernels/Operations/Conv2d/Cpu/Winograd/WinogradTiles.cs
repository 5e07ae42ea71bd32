using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>F(4x4, 3x3): 36 multiplications for 144, at the points 0, +-1, +-2 and infinity.</summary>
internal readonly unsafe struct WinogradTile3x3 : IWinogradTile
{
    public static int Taps => 3;

    public static int Points => 6;

    public static int Pairs => 3;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Input<TSimd, TVector>(
        int pair, in TileView source, TVector* first, TVector* second, int stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var (first0, second0) = InputAt<TSimd, TVector>(pair, source.Column(0));
        var (first1, second1) = InputAt<TSimd, TVector>(pair, source.Column(1));
        var (first2, second2) = InputAt<TSimd, TVector>(pair, source.Column(2));
        var (first3, second3) = InputAt<TSimd, TVector>(pair, source.Column(3));
        var (first4, second4) = InputAt<TSimd, TVector>(pair, source.Column(4));
        var (first5, second5) = InputAt<TSimd, TVector>(pair, source.Column(5));
        Input<TSimd, TVector>(first0, first1, first2, first3, first4, first5, first, stride);
        Input<TSimd, TVector>(second0, second1, second2, second3, second4, second5, second, stride);
    }

    // B^T x at a pair of points, for a column.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector First, TVector Second) InputAt<TSimd, TVector>(int pair, TileColumn column)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector x1 = column.Load<TSimd, TVector>(1), x2 = column.Load<TSimd, TVector>(2);
        TVector x3 = column.Load<TSimd, TVector>(3), x4 = column.Load<TSimd, TVector>(4);
        return pair == 0
            ? (AtZero<TSimd, TVector>(column.Load<TSimd, TVector>(0), x2, x4),
                AtZero<TSimd, TVector>(x1, x3, column.Load<TSimd, TVector>(5)))
            : AtPair<TSimd, TVector>(pair, x1, x2, x3, x4);
    }

    // B^T x at all points.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Input<TSimd, TVector>(
        TVector x0, TVector x1, TVector x2, TVector x3, TVector x4, TVector x5, TVector* target, int stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        target[0] = AtZero<TSimd, TVector>(x0, x2, x4);
        (target[stride], target[2 * stride]) = AtPair<TSimd, TVector>(1, x1, x2, x3, x4);
        (target[3 * stride], target[4 * stride]) = AtPair<TSimd, TVector>(2, x1, x2, x3, x4);
        target[5 * stride] = AtZero<TSimd, TVector>(x1, x3, x5);
    }

    // B^T x at +-1 and +-2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector First, TVector Second) AtPair<TSimd, TVector>(
        int pair, TVector x1, TVector x2, TVector x3, TVector x4)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        // Both parts of the pair +-a without the factor a of the odd one.
        var (point, even2, odd1) = pair switch { 1 => (1f, -4f, -4f), _ => (2f, -1f, -1f) };
        return Linear<TSimd, TVector>.Pair(
            point, Linear<TSimd, TVector>.Plus(even2, x2, x4), Linear<TSimd, TVector>.Plus(odd1, x1, x3));
    }

    // B^T x at 0, and with the numbers after these at infinity: 4 x0 - 5 x2 + x4.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AtZero<TSimd, TVector>(TVector x0, TVector x2, TVector x4)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        Linear<TSimd, TVector>.Plus(4f, x0, Linear<TSimd, TVector>.Plus(-5f, x2, x4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TVector, TVector, TVector, TVector) Output<TSimd, TVector>(TVector* source, int stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var (sum0, difference0) = Linear<TSimd, TVector>.Pair(source[stride], source[2 * stride]);
        var (sum1, difference1) = Linear<TSimd, TVector>.Pair(source[3 * stride], source[4 * stride]);
        return (
            TSimd.Add(TSimd.Add(sum0, sum1), source[0]),
            Linear<TSimd, TVector>.Plus(2f, difference1, difference0),
            Linear<TSimd, TVector>.Plus(4f, sum1, sum0),
            TSimd.Add(Linear<TSimd, TVector>.Plus(8f, difference1, difference0), source[5 * stride]));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Filter<TSimd, TVector>(TVector* source, int sourceStride, TVector* target, int stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector w0 = source[0], w1 = source[sourceStride], w2 = source[2 * sourceStride];
        target[0] = TSimd.Multiply(TSimd.Broadcast(0.25f), w0);
        (target[stride], target[2 * stride]) = Linear<TSimd, TVector>.Pair(
            Linear<TSimd, TVector>.Of(-1f / 6f, w0, -1f / 6f, w2),
            TSimd.Multiply(TSimd.Broadcast(-1f / 6f), w1));
        (target[3 * stride], target[4 * stride]) = Linear<TSimd, TVector>.Pair(
            Linear<TSimd, TVector>.Of(1f / 24f, w0, 1f / 6f, w2),
            TSimd.Multiply(TSimd.Broadcast(1f / 12f), w1));
        target[5 * stride] = w2;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FilterGradient<TSimd, TVector>(TVector* source, int sourceStride, TVector* target, int stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector sum0 = TSimd.Add(source[sourceStride], source[2 * sourceStride]);
        TVector difference0 = TSimd.Subtract(source[sourceStride], source[2 * sourceStride]);
        TVector sum1 = TSimd.Add(source[3 * sourceStride], source[4 * sourceStride]);
        TVector difference1 = TSimd.Subtract(source[3 * sourceStride], source[4 * sourceStride]);
        TVector first = source[0], last = source[5 * sourceStride];
        target[0] = Linear<TSimd, TVector>.Of(0.25f, first, -1f / 6f, sum0, 1f / 24f, sum1);
        target[stride] = Linear<TSimd, TVector>.Of(-1f / 6f, difference0, 1f / 12f, difference1);
        target[2 * stride] = Linear<TSimd, TVector>.Of(1f, last, -1f / 6f, sum0, 1f / 6f, sum1);
    }
}

/// <summary>F(4x4, 5x5): 64 multiplications for 400, at the points 0, +-1, +-2, +-1/2 and infinity.</summary>
internal readonly unsafe struct WinogradTile5x5 : IWinogradTile
{
    public static int Taps => 5;

    public static int Points => 8;

    public static int Pairs => 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Input<TSimd, TVector>(
        int pair, in TileView source, TVector* first, TVector* second, int stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var (first0, second0) = InputAt<TSimd, TVector>(pair, source.Column(0));
        var (first1, second1) = InputAt<TSimd, TVector>(pair, source.Column(1));
        var (first2, second2) = InputAt<TSimd, TVector>(pair, source.Column(2));
        var (first3, second3) = InputAt<TSimd, TVector>(pair, source.Column(3));
        var (first4, second4) = InputAt<TSimd, TVector>(pair, source.Column(4));
        var (first5, second5) = InputAt<TSimd, TVector>(pair, source.Column(5));
        var (first6, second6) = InputAt<TSimd, TVector>(pair, source.Column(6));
        var (first7, second7) = InputAt<TSimd, TVector>(pair, source.Column(7));
        Input<TSimd, TVector>(first0, first1, first2, first3, first4, first5, first6, first7, first, stride);
        Input<TSimd, TVector>(second0, second1, second2, second3, second4, second5, second6, second7, second, stride);
    }

    // B^T x at a pair of points, for a column.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector First, TVector Second) InputAt<TSimd, TVector>(int pair, TileColumn column)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector x1 = column.Load<TSimd, TVector>(1), x2 = column.Load<TSimd, TVector>(2);
        TVector x3 = column.Load<TSimd, TVector>(3), x4 = column.Load<TSimd, TVector>(4);
        TVector x5 = column.Load<TSimd, TVector>(5), x6 = column.Load<TSimd, TVector>(6);
        return pair == 0
            ? (AtZero<TSimd, TVector>(column.Load<TSimd, TVector>(0), x2, x4, x6),
                AtZero<TSimd, TVector>(column.Load<TSimd, TVector>(7), x5, x3, x1))
            : AtPair<TSimd, TVector>(pair, x1, x2, x3, x4, x5, x6);
    }

    // B^T x at all points.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Input<TSimd, TVector>(
        TVector x0,
        TVector x1,
        TVector x2,
        TVector x3,
        TVector x4,
        TVector x5,
        TVector x6,
        TVector x7,
        TVector* target,
        int stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        target[0] = AtZero<TSimd, TVector>(x0, x2, x4, x6);
        (target[stride], target[2 * stride]) = AtPair<TSimd, TVector>(1, x1, x2, x3, x4, x5, x6);
        (target[3 * stride], target[4 * stride]) = AtPair<TSimd, TVector>(2, x1, x2, x3, x4, x5, x6);
        (target[5 * stride], target[6 * stride]) = AtPair<TSimd, TVector>(3, x1, x2, x3, x4, x5, x6);
        target[7 * stride] = AtZero<TSimd, TVector>(x7, x5, x3, x1);
    }

    // B^T x at +-1, +-2 and +-1/2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector First, TVector Second) AtPair<TSimd, TVector>(
        int pair, TVector x1, TVector x2, TVector x3, TVector x4, TVector x5, TVector x6)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        // The parts of the pair +-a: even2 x2 + even4 x4 + x6, and a (odd1 x1 + odd3 x3 + x5), or at +-1/2, where the
        // factors stay powers of two so, x1 + odd3 x3 + odd1 x5 times 1 / a.
        var (even2, even4) = pair switch { 1 => (1f, -4.25f), 2 => (0.25f, -1.25f), _ => (4f, -5f) };
        TVector even = Linear<TSimd, TVector>.Plus(even2, x2, Linear<TSimd, TVector>.Plus(even4, x4, x6));
        TVector odd = pair switch
        {
            1 => Linear<TSimd, TVector>.Plus(-4.25f, x3, TSimd.Add(x1, x5)),
            2 => Linear<TSimd, TVector>.Plus(0.25f, x1, Linear<TSimd, TVector>.Plus(-1.25f, x3, x5)),
            _ => Linear<TSimd, TVector>.Plus(-1.25f, x3, Linear<TSimd, TVector>.Plus(0.25f, x5, x1)),
        };
        return Linear<TSimd, TVector>.Pair(pair == 1 ? 1f : 2f, even, odd);
    }

    // B^T x at 0, and with the numbers the other way round at infinity: x0 - x6 + 5.25 (x4 - x2).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AtZero<TSimd, TVector>(TVector x0, TVector x2, TVector x4, TVector x6)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        Linear<TSimd, TVector>.Plus(5.25f, TSimd.Subtract(x4, x2), TSimd.Subtract(x0, x6));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TVector, TVector, TVector, TVector) Output<TSimd, TVector>(TVector* source, int stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var (sum0, difference0) = Linear<TSimd, TVector>.Pair(source[stride], source[2 * stride]);
        var (sum1, difference1) = Linear<TSimd, TVector>.Pair(source[3 * stride], source[4 * stride]);
        var (sum2, difference2) = Linear<TSimd, TVector>.Pair(source[5 * stride], source[6 * stride]);
        return (
            TSimd.Add(TSimd.Add(sum0, sum1), TSimd.Add(sum2, source[0])),
            Linear<TSimd, TVector>.Plus(0.5f, difference2, Linear<TSimd, TVector>.Plus(2f, difference1, difference0)),
            Linear<TSimd, TVector>.Plus(0.25f, sum2, Linear<TSimd, TVector>.Plus(4f, sum1, sum0)),
            Linear<TSimd, TVector>.Plus(
                0.125f,
                difference2,
                TSimd.Add(Linear<TSimd, TVector>.Plus(8f, difference1, difference0), source[7 * stride])));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Filter<TSimd, TVector>(TVector* source, int sourceStride, TVector* target, int stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector w0 = source[0], w1 = source[sourceStride], w2 = source[2 * sourceStride], w3 = source[3 * sourceStride];
        TVector w4 = source[4 * sourceStride];
        target[0] = w0;
        (target[stride], target[2 * stride]) = Linear<TSimd, TVector>.Pair(
            Linear<TSimd, TVector>.Of(-2f / 9f, w0, -2f / 9f, w2, -2f / 9f, w4),
            Linear<TSimd, TVector>.Of(-2f / 9f, w1, -2f / 9f, w3));
        (target[3 * stride], target[4 * stride]) = Linear<TSimd, TVector>.Pair(
            Linear<TSimd, TVector>.Of(1f / 90f, w0, 2f / 45f, w2, 8f / 45f, w4),
            Linear<TSimd, TVector>.Of(1f / 45f, w1, 4f / 45f, w3));
        (target[5 * stride], target[6 * stride]) = Linear<TSimd, TVector>.Pair(
            Linear<TSimd, TVector>.Of(32f / 45f, w0, 8f / 45f, w2, 2f / 45f, w4),
            Linear<TSimd, TVector>.Of(16f / 45f, w1, 4f / 45f, w3));
        target[7 * stride] = w4;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FilterGradient<TSimd, TVector>(TVector* source, int sourceStride, TVector* target, int stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector sum0 = TSimd.Add(source[sourceStride], source[2 * sourceStride]);
        TVector difference0 = TSimd.Subtract(source[sourceStride], source[2 * sourceStride]);
        TVector sum1 = TSimd.Add(source[3 * sourceStride], source[4 * sourceStride]);
        TVector difference1 = TSimd.Subtract(source[3 * sourceStride], source[4 * sourceStride]);
        TVector sum2 = TSimd.Add(source[5 * sourceStride], source[6 * sourceStride]);
        TVector difference2 = TSimd.Subtract(source[5 * sourceStride], source[6 * sourceStride]);
        TVector first = source[0], last = source[7 * sourceStride];
        target[0] = Linear<TSimd, TVector>.Of(1f, first, -2f / 9f, sum0, 1f / 90f, sum1, 32f / 45f, sum2);
        target[stride] =
            Linear<TSimd, TVector>.Of(-2f / 9f, difference0, 1f / 45f, difference1, 16f / 45f, difference2);
        target[2 * stride] = Linear<TSimd, TVector>.Of(-2f / 9f, sum0, 2f / 45f, sum1, 8f / 45f, sum2);
        target[3 * stride] =
            Linear<TSimd, TVector>.Of(-2f / 9f, difference0, 4f / 45f, difference1, 4f / 45f, difference2);
        target[4 * stride] = Linear<TSimd, TVector>.Of(1f, last, -2f / 9f, sum0, 8f / 45f, sum1, 2f / 45f, sum2);
    }
}
