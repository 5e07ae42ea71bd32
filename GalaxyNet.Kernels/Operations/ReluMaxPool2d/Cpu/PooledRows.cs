using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>2x2 windows over two rows of an image, as many side by side as a vector has lanes.</summary>
internal static unsafe class PooledRows
{
    /// <summary>The only window with a vector body.</summary>
    public const int Kernel = 2;

    /// <summary>The pixels of the windows, position by position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WindowPixels<TVector> Load<TSimd, TVector>(float* top, float* bottom)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var (pixel0, pixel1) = TSimd.Deinterleave(TSimd.Load(top), TSimd.Load(top + TSimd.Count));
        var (pixel2, pixel3) = TSimd.Deinterleave(TSimd.Load(bottom), TSimd.Load(bottom + TSimd.Count));
        return new WindowPixels<TVector>(pixel0, pixel1, pixel2, pixel3);
    }

    /// <summary>The inverse of <see cref="Load"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TSimd, TVector>(in WindowPixels<TVector> pixels, float* top, float* bottom)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var (top0, top1) = TSimd.Interleave(pixels.Pixel0, pixels.Pixel1);
        TSimd.Store(top0, top);
        TSimd.Store(top1, top + TSimd.Count);
        var (bottom0, bottom1) = TSimd.Interleave(pixels.Pixel2, pixels.Pixel3);
        TSimd.Store(bottom0, bottom);
        TSimd.Store(bottom1, bottom + TSimd.Count);
    }

    /// <summary>
    /// The maximum of each window and its position: the first of several, or the last NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TVector Maximum, TVector Index) Maximum<TSimd, TVector>(
        TVector pixel0, TVector pixel1, TVector pixel2, TVector pixel3)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.HasNaN(TSimd.Add(TSimd.Add(pixel0, pixel1), TSimd.Add(pixel2, pixel3)))
            ? MaximumOrNaN<TSimd, TVector>(pixel0, pixel1, pixel2, pixel3)
            : MaximumOfNumbers<TSimd, TVector>(pixel0, pixel1, pixel2, pixel3);

    /// <summary>The same for pixels that are not NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TVector Maximum, TVector Index) MaximumOfNumbers<TSimd, TVector>(
        TVector pixel0, TVector pixel1, TVector pixel2, TVector pixel3)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector wins1 = TSimd.IsGreater(pixel1, pixel0);
        TVector wins3 = TSimd.IsGreater(pixel3, pixel2);
        TVector top = TSimd.Select(wins1, pixel1, pixel0);
        TVector bottom = TSimd.Select(wins3, pixel3, pixel2);
        TVector wins = TSimd.IsGreater(bottom, top);
        TVector topIndex = TSimd.Select(wins1, TSimd.Broadcast(1f), TSimd.Zero);
        TVector bottomIndex = TSimd.Select(wins3, TSimd.Broadcast(3f), TSimd.Broadcast(2f));
        return (TSimd.Select(wins, bottom, top), TSimd.Select(wins, bottomIndex, topIndex));
    }

    /// <summary>The ReLU of a maximum, and its index, or that of a window without a gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TVector Output, TVector Index) Rectify<TSimd, TVector>(TVector maximum, TVector index)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector isBlocked = TSimd.IsAtMost(maximum, TSimd.Zero); // a NaN is not
        return (
            TSimd.Select(isBlocked, TSimd.Zero, maximum),
            TSimd.Select(isBlocked, TSimd.Broadcast(ReluMaxPool2d.Blocked), index));
    }

    /// <summary>The gradient in the lanes whose maximum was at a position, else zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector GradientAt<TSimd, TVector>(TVector index, float position, TVector gradient)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.Select(TSimd.IsEqual(index, TSimd.Broadcast(position)), gradient, TSimd.Zero);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (TVector Maximum, TVector Index) MaximumOrNaN<TSimd, TVector>(
        TVector pixel0, TVector pixel1, TVector pixel2, TVector pixel3)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector maximum = pixel0, index = TSimd.Zero;
        Challenge<TSimd, TVector>(pixel1, 1f, ref maximum, ref index);
        Challenge<TSimd, TVector>(pixel2, 2f, ref maximum, ref index);
        Challenge<TSimd, TVector>(pixel3, 3f, ref maximum, ref index);
        return (maximum, index);
    }

    private static void Challenge<TSimd, TVector>(TVector value, float position, ref TVector maximum, ref TVector index)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector wins = TSimd.IsGreaterOrNaN(value, maximum);
        maximum = TSimd.Select(wins, value, maximum);
        index = TSimd.Select(wins, TSimd.Broadcast(position), index);
    }
}

/// <summary>The four pixels of each window: 0 and 1 in the top row, 2 and 3 in the bottom row.</summary>
internal readonly struct WindowPixels<TVector>(TVector pixel0, TVector pixel1, TVector pixel2, TVector pixel3)
{
    public readonly TVector Pixel0 = pixel0;
    public readonly TVector Pixel1 = pixel1;
    public readonly TVector Pixel2 = pixel2;
    public readonly TVector Pixel3 = pixel3;
}

/// <summary>
/// y and the index bytes of one row of windows. The image may be scaled and shifted on the way, x' = scale x + shift,
/// which is what batch normalization does to a channel.
/// </summary>
internal unsafe struct PooledForwardRow : IRowBody
{
    public float* Top;
    public float* Bottom;
    public float Scale;
    public float Shift;
    public float* Output;
    public byte* Indices;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Run<TSimd, TVector>(int first)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var x = PooledRows.Load<TSimd, TVector>(Top + (2 * first), Bottom + (2 * first));
        TVector scale = TSimd.Broadcast(Scale), shift = TSimd.Broadcast(Shift);
        var (maximum, index) = PooledRows.Maximum<TSimd, TVector>(
            TSimd.MultiplyAdd(x.Pixel0, scale, shift),
            TSimd.MultiplyAdd(x.Pixel1, scale, shift),
            TSimd.MultiplyAdd(x.Pixel2, scale, shift),
            TSimd.MultiplyAdd(x.Pixel3, scale, shift));
        (maximum, index) = PooledRows.Rectify<TSimd, TVector>(maximum, index);
        TSimd.Store(maximum, Output + first);
        TSimd.StoreBytes(index, Indices + first);
    }
}

/// <summary>dx of the two rows of pixels under one row of windows.</summary>
internal unsafe struct PooledBackwardRow : IRowBody
{
    public byte* Indices;
    public float* OutputGradient;
    public float* Top;
    public float* Bottom;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Run<TSimd, TVector>(int first)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector index = TSimd.LoadBytes(Indices + first);
        TVector gradient = TSimd.Load(OutputGradient + first);
        PooledRows.Store<TSimd, TVector>(
            new WindowPixels<TVector>(
                PooledRows.GradientAt<TSimd, TVector>(index, 0f, gradient),
                PooledRows.GradientAt<TSimd, TVector>(index, 1f, gradient),
                PooledRows.GradientAt<TSimd, TVector>(index, 2f, gradient),
                PooledRows.GradientAt<TSimd, TVector>(index, 3f, gradient)),
            Top + (2 * first),
            Bottom + (2 * first));
    }
}
