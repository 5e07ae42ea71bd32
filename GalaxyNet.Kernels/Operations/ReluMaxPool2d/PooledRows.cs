using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>2x2 windows over two rows of an image, as many side by side as a vector has lanes.</summary>
internal static unsafe class PooledRows
{
    /// <summary>The only window with a vector body.</summary>
    public const int Kernel = 2;

    /// <summary>The numbers of the windows, place by place.</summary>
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

    /// <summary>The gradient in the lanes whose maximum was at a place, else zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector AtPlace<TSimd, TVector>(TVector index, float place, TVector gradient)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.Select(TSimd.IsEqual(index, TSimd.Broadcast(place)), gradient, TSimd.Zero);
}

/// <summary>The four numbers of each window: 0 and 1 in the top row, 2 and 3 in the bottom row.</summary>
internal readonly struct WindowPlaces<TVector>(TVector place0, TVector place1, TVector place2, TVector place3)
{
    public readonly TVector Place0 = place0;
    public readonly TVector Place1 = place1;
    public readonly TVector Place2 = place2;
    public readonly TVector Place3 = place3;
}

/// <summary>
/// y and the index bytes of one row of windows. The image may be scaled and shifted on the way, x' = scale x + shift, which is what
/// batch normalization does to a channel.
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
        TVector maximum = TSimd.MultiplyAdd(x.Place0, scale, shift);
        TVector index = TSimd.Zero;
        Challenge<TSimd, TVector>(TSimd.MultiplyAdd(x.Place1, scale, shift), 1f, ref maximum, ref index);
        Challenge<TSimd, TVector>(TSimd.MultiplyAdd(x.Place2, scale, shift), 2f, ref maximum, ref index);
        Challenge<TSimd, TVector>(TSimd.MultiplyAdd(x.Place3, scale, shift), 3f, ref maximum, ref index);
        TVector passes = TSimd.IsGreaterOrNaN(maximum, TSimd.Zero);
        TSimd.Store(TSimd.Select(passes, maximum, TSimd.Zero), Output + first);
        TSimd.StoreBytes(TSimd.Select(passes, index, TSimd.Broadcast(ReluMaxPool2d.Blocked)), Indices + first);
    }

    /// <summary>Lets a place's number take the maximum where it is greater.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Challenge<TSimd, TVector>(TVector value, float place, ref TVector maximum, ref TVector index)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector wins = TSimd.IsGreaterOrNaN(value, maximum);
        maximum = TSimd.Select(wins, value, maximum);
        index = TSimd.Select(wins, TSimd.Broadcast(place), index);
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
            new WindowPlaces<TVector>(
                PooledRows.AtPlace<TSimd, TVector>(index, 0f, gradient),
                PooledRows.AtPlace<TSimd, TVector>(index, 1f, gradient),
                PooledRows.AtPlace<TSimd, TVector>(index, 2f, gradient),
                PooledRows.AtPlace<TSimd, TVector>(index, 3f, gradient)),
            Top + (2 * first),
            Bottom + (2 * first));
    }
}
