using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>
/// The vector bodies of rectified 2x2 pooling: two rows of the picture and one of the output. The picture may be scaled and shifted
/// on the way, x' = scale x + shift, which is what batch normalisation does to a channel.
/// </summary>
internal static unsafe class PooledRows
{
    /// <summary>The only window with a vector body.</summary>
    public const int Kernel = 2;

    /// <summary>y and the index bytes of one row of windows.</summary>
    public static void Forward<TSimd, TVector>(
        float* top, float* bottom, float scale, float shift, float* output, byte* indices, int windows)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int j = 0;
        for (; j <= windows - TSimd.Count; j += TSimd.Count)
            ForwardVector<TSimd, TVector>(top + (2 * j), bottom + (2 * j), scale, shift, output + j, indices + j);
        for (; j < windows; j++)
            ForwardVector<SimdScalar, float>(top + (2 * j), bottom + (2 * j), scale, shift, output + j, indices + j);
    }

    /// <summary>dx of two rows, where x was not scaled.</summary>
    public static void Backward<TSimd, TVector>(
        byte* indices, float* outputGradient, float* top, float* bottom, int windows)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int j = 0;
        for (; j <= windows - TSimd.Count; j += TSimd.Count)
            BackwardVector<TSimd, TVector>(indices + j, outputGradient + j, top + (2 * j), bottom + (2 * j));
        for (; j < windows; j++)
            BackwardVector<SimdScalar, float>(indices + j, outputGradient + j, top + (2 * j), bottom + (2 * j));
    }

    /// <summary>The numbers of 2 x Count windows at one place of each: 0 and 1 from the top row, 2 and 3 from the bottom row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WindowPlaces<TVector> Load<TSimd, TVector>(float* top, float* bottom)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var (place0, place1) = TSimd.Deinterleave(TSimd.Load(top), TSimd.Load(top + TSimd.Count));
        var (place2, place3) = TSimd.Deinterleave(TSimd.Load(bottom), TSimd.Load(bottom + TSimd.Count));
        return new WindowPlaces<TVector>(place0, place1, place2, place3);
    }

    /// <summary>The inverse of <see cref="Load"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TSimd, TVector>(in WindowPlaces<TVector> places, float* top, float* bottom)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var (top0, top1) = TSimd.Interleave(places.Place0, places.Place1);
        TSimd.Store(top0, top);
        TSimd.Store(top1, top + TSimd.Count);
        var (bottom0, bottom1) = TSimd.Interleave(places.Place2, places.Place3);
        TSimd.Store(bottom0, bottom);
        TSimd.Store(bottom1, bottom + TSimd.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ForwardVector<TSimd, TVector>(
        float* top, float* bottom, float scale, float shift, float* output, byte* indices)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var x = Load<TSimd, TVector>(top, bottom);
        TVector factor = TSimd.Broadcast(scale), added = TSimd.Broadcast(shift);
        TVector maximum = TSimd.MultiplyAdd(x.Place0, factor, added);
        TVector index = TSimd.Zero;
        Challenge<TSimd, TVector>(TSimd.MultiplyAdd(x.Place1, factor, added), 1f, ref maximum, ref index);
        Challenge<TSimd, TVector>(TSimd.MultiplyAdd(x.Place2, factor, added), 2f, ref maximum, ref index);
        Challenge<TSimd, TVector>(TSimd.MultiplyAdd(x.Place3, factor, added), 3f, ref maximum, ref index);
        TVector passes = TSimd.IsGreaterOrNaN(maximum, TSimd.Zero);
        TSimd.Store(TSimd.Select(passes, maximum, TSimd.Zero), output);
        TSimd.StoreBytes(TSimd.Select(passes, index, TSimd.Broadcast(ReluMaxPool2d.Blocked)), indices);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Challenge<TSimd, TVector>(TVector value, float place, ref TVector maximum, ref TVector index)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector wins = TSimd.IsGreaterOrNaN(value, maximum);
        maximum = TSimd.Select(wins, value, maximum);
        index = TSimd.Select(wins, TSimd.Broadcast(place), index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BackwardVector<TSimd, TVector>(
        byte* indices, float* outputGradient, float* top, float* bottom)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector index = TSimd.LoadBytes(indices);
        TVector gradient = TSimd.Load(outputGradient);
        Store<TSimd, TVector>(
            new WindowPlaces<TVector>(
                AtPlace<TSimd, TVector>(index, 0f, gradient),
                AtPlace<TSimd, TVector>(index, 1f, gradient),
                AtPlace<TSimd, TVector>(index, 2f, gradient),
                AtPlace<TSimd, TVector>(index, 3f, gradient)),
            top,
            bottom);
    }

    /// <summary>The gradient in the lanes whose maximum was at a place, else zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector AtPlace<TSimd, TVector>(TVector index, float place, TVector gradient)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.Select(TSimd.IsEqual(index, TSimd.Broadcast(place)), gradient, TSimd.Zero);
}

/// <summary>The four numbers of as many 2x2 windows as a vector has lanes.</summary>
internal readonly struct WindowPlaces<TVector>(TVector place0, TVector place1, TVector place2, TVector place3)
{
    public readonly TVector Place0 = place0;
    public readonly TVector Place1 = place1;
    public readonly TVector Place2 = place2;
    public readonly TVector Place3 = place3;
}
