using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>F(4x4, 3x3): 36 multiplications for 144, at the points 0, +-1, +-2 and infinity.</summary>
internal readonly unsafe struct WinogradTile3x3 : IWinogradTile
{
    public static int Taps => 3;

    public static int Points => 6;

    public static int Pairs => 3;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input<TSimd, TVector>(
        TVector* source, TVector* below, int sourceStride, TVector* target, int stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector x0 = source[0], x1 = source[sourceStride], x2 = source[2 * sourceStride], x3 = source[3 * sourceStride];
        TVector x4 = below[0], x5 = below[sourceStride];
        target[0] = Linear<TSimd, TVector>.Of(4f, x0, -5f, x2, 1f, x4);
        StorePair<TSimd, TVector>(1, x1, x2, x3, x4, target + stride, stride);
        StorePair<TSimd, TVector>(2, x1, x2, x3, x4, target + (3 * stride), stride);
        target[5 * stride] = Linear<TSimd, TVector>.Of(4f, x1, -5f, x3, 1f, x5);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InputPair<TSimd, TVector>(int pair, TVector* source, int sourceStride, TVector* target)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        for (int j = 0; j < Points; j++, source++, target++)
        {
            TVector x1 = source[sourceStride], x2 = source[2 * sourceStride], x3 = source[3 * sourceStride];
            TVector x4 = source[4 * sourceStride];
            if (pair == 0)
            {
                target[0] = Linear<TSimd, TVector>.Of(4f, source[0], -5f, x2, 1f, x4);
                target[8] = Linear<TSimd, TVector>.Of(4f, x1, -5f, x3, 1f, source[5 * sourceStride]);
            }
            else
            {
                StorePair<TSimd, TVector>(pair, x1, x2, x3, x4, target, 8);
            }
        }
    }

    // B^T at the points +-1 and +-2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePair<TSimd, TVector>(
        int pair, TVector x1, TVector x2, TVector x3, TVector x4, TVector* target, int stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var (even2, odd1, odd3) = pair switch { 1 => (-4f, -4f, 1f), _ => (-1f, -2f, 2f) };
        Linear<TSimd, TVector>.StorePair(
            Linear<TSimd, TVector>.Of(even2, x2, 1f, x4),
            Linear<TSimd, TVector>.Of(odd1, x1, odd3, x3),
            target,
            stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output<TSimd, TVector>(TVector* source, int sourceStride, TVector* target, int stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector sum0 = TSimd.Add(source[sourceStride], source[2 * sourceStride]);
        TVector difference0 = TSimd.Subtract(source[sourceStride], source[2 * sourceStride]);
        TVector sum1 = TSimd.Add(source[3 * sourceStride], source[4 * sourceStride]);
        TVector difference1 = TSimd.Subtract(source[3 * sourceStride], source[4 * sourceStride]);
        TVector last = source[5 * sourceStride];
        target[0] = Linear<TSimd, TVector>.Of(1f, source[0], 1f, sum0, 1f, sum1);
        target[stride] = Linear<TSimd, TVector>.Of(1f, difference0, 2f, difference1);
        target[2 * stride] = Linear<TSimd, TVector>.Of(1f, sum0, 4f, sum1);
        target[3 * stride] = Linear<TSimd, TVector>.Of(1f, last, 1f, difference0, 8f, difference1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Filter<TSimd, TVector>(TVector* source, int sourceStride, TVector* target, int stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector w0 = source[0], w1 = source[sourceStride], w2 = source[2 * sourceStride];
        target[0] = TSimd.Multiply(TSimd.Broadcast(0.25f), w0);
        Linear<TSimd, TVector>.StorePair(
            Linear<TSimd, TVector>.Of(-1f / 6f, w0, -1f / 6f, w2),
            TSimd.Multiply(TSimd.Broadcast(-1f / 6f), w1),
            target + stride,
            stride);
        Linear<TSimd, TVector>.StorePair(
            Linear<TSimd, TVector>.Of(1f / 24f, w0, 1f / 6f, w2),
            TSimd.Multiply(TSimd.Broadcast(1f / 12f), w1),
            target + (3 * stride),
            stride);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input<TSimd, TVector>(
        TVector* source, TVector* below, int sourceStride, TVector* target, int stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector x0 = source[0], x1 = source[sourceStride], x2 = source[2 * sourceStride], x3 = source[3 * sourceStride];
        TVector x4 = below[0], x5 = below[sourceStride], x6 = below[2 * sourceStride], x7 = below[3 * sourceStride];
        target[0] = Linear<TSimd, TVector>.Of(1f, x0, -5.25f, x2, 5.25f, x4, -1f, x6);
        StorePair<TSimd, TVector>(1, x1, x2, x3, x4, x5, x6, target + stride, stride);
        StorePair<TSimd, TVector>(2, x1, x2, x3, x4, x5, x6, target + (3 * stride), stride);
        StorePair<TSimd, TVector>(3, x1, x2, x3, x4, x5, x6, target + (5 * stride), stride);
        target[7 * stride] = Linear<TSimd, TVector>.Of(-1f, x1, 5.25f, x3, -5.25f, x5, 1f, x7);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InputPair<TSimd, TVector>(int pair, TVector* source, int sourceStride, TVector* target)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        for (int j = 0; j < Points; j++, source++, target++)
        {
            TVector x1 = source[sourceStride], x2 = source[2 * sourceStride], x3 = source[3 * sourceStride];
            TVector x4 = source[4 * sourceStride], x5 = source[5 * sourceStride], x6 = source[6 * sourceStride];
            if (pair == 0)
            {
                target[0] = Linear<TSimd, TVector>.Of(1f, source[0], -5.25f, x2, 5.25f, x4, -1f, x6);
                target[8] = Linear<TSimd, TVector>.Of(-1f, x1, 5.25f, x3, -5.25f, x5, 1f, source[7 * sourceStride]);
            }
            else
            {
                StorePair<TSimd, TVector>(pair, x1, x2, x3, x4, x5, x6, target, 8);
            }
        }
    }

    // B^T at the points +-1, +-2 and +-1/2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePair<TSimd, TVector>(
        int pair, TVector x1, TVector x2, TVector x3, TVector x4, TVector x5, TVector x6, TVector* target, int stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var (even2, even4) = pair switch { 1 => (1f, -4.25f), 2 => (0.25f, -1.25f), _ => (4f, -5f) };
        var (odd1, odd3, odd5) = pair switch { 1 => (1f, -4.25f, 1f), 2 => (0.5f, -2.5f, 2f), _ => (2f, -2.5f, 0.5f) };
        Linear<TSimd, TVector>.StorePair(
            Linear<TSimd, TVector>.Of(even2, x2, even4, x4, 1f, x6),
            Linear<TSimd, TVector>.Of(odd1, x1, odd3, x3, odd5, x5),
            target,
            stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output<TSimd, TVector>(TVector* source, int sourceStride, TVector* target, int stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector sum0 = TSimd.Add(source[sourceStride], source[2 * sourceStride]);
        TVector difference0 = TSimd.Subtract(source[sourceStride], source[2 * sourceStride]);
        TVector sum1 = TSimd.Add(source[3 * sourceStride], source[4 * sourceStride]);
        TVector difference1 = TSimd.Subtract(source[3 * sourceStride], source[4 * sourceStride]);
        TVector sum2 = TSimd.Add(source[5 * sourceStride], source[6 * sourceStride]);
        TVector difference2 = TSimd.Subtract(source[5 * sourceStride], source[6 * sourceStride]);
        TVector last = source[7 * sourceStride];
        target[0] = Linear<TSimd, TVector>.Of(1f, source[0], 1f, sum0, 1f, sum1, 1f, sum2);
        target[stride] = Linear<TSimd, TVector>.Of(1f, difference0, 2f, difference1, 0.5f, difference2);
        target[2 * stride] = Linear<TSimd, TVector>.Of(1f, sum0, 4f, sum1, 0.25f, sum2);
        target[3 * stride] = Linear<TSimd, TVector>.Of(1f, last, 1f, difference0, 8f, difference1, 0.125f, difference2);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Filter<TSimd, TVector>(TVector* source, int sourceStride, TVector* target, int stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector w0 = source[0], w1 = source[sourceStride], w2 = source[2 * sourceStride], w3 = source[3 * sourceStride];
        TVector w4 = source[4 * sourceStride];
        target[0] = w0;
        Linear<TSimd, TVector>.StorePair(
            Linear<TSimd, TVector>.Of(-2f / 9f, w0, -2f / 9f, w2, -2f / 9f, w4),
            Linear<TSimd, TVector>.Of(-2f / 9f, w1, -2f / 9f, w3),
            target + stride,
            stride);
        Linear<TSimd, TVector>.StorePair(
            Linear<TSimd, TVector>.Of(1f / 90f, w0, 2f / 45f, w2, 8f / 45f, w4),
            Linear<TSimd, TVector>.Of(1f / 45f, w1, 4f / 45f, w3),
            target + (3 * stride),
            stride);
        Linear<TSimd, TVector>.StorePair(
            Linear<TSimd, TVector>.Of(32f / 45f, w0, 8f / 45f, w2, 2f / 45f, w4),
            Linear<TSimd, TVector>.Of(16f / 45f, w1, 4f / 45f, w3),
            target + (5 * stride),
            stride);
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
