using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>The sums over a row of windows of dy and of dy (x - mean), where x is the window's maximum.</summary>
internal unsafe struct GradientSumRow : IRowBody
{
    public float* Top;
    public float* Bottom;
    public byte* Indices;
    public float* OutputGradient;
    public float Mean;
    public float Sum;
    public float Product;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<TSimd, TVector>(int first)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var x = PooledRows.Load<TSimd, TVector>(Top + (2 * first), Bottom + (2 * first));
        TVector index = TSimd.LoadBytes(Indices + first);
        TVector maximum = TSimd.Select(TSimd.IsEqual(index, TSimd.Broadcast(1f)), x.Pixel1, x.Pixel0);
        maximum = TSimd.Select(TSimd.IsEqual(index, TSimd.Broadcast(2f)), x.Pixel2, maximum);
        maximum = TSimd.Select(TSimd.IsEqual(index, TSimd.Broadcast(3f)), x.Pixel3, maximum);
        TVector passes = TSimd.IsGreater(TSimd.Broadcast(ReluMaxPool2d.Blocked), index);
        TVector gradient = TSimd.Select(passes, TSimd.Load(OutputGradient + first), TSimd.Zero);
        Sum += TSimd.Sum(gradient);
        Product += TSimd.Sum(TSimd.Multiply(gradient, TSimd.Subtract(maximum, TSimd.Broadcast(Mean))));
    }
}

/// <summary>dx = scale dy + slope x + constant for the two rows of pixels under one row of windows.</summary>
internal unsafe struct NormalizedBackwardRow : IRowBody
{
    public float* Top;
    public float* Bottom;
    public byte* Indices;
    public float* OutputGradient;
    public float Scale;
    public float Slope;
    public float Constant;
    public float* TopGradient;
    public float* BottomGradient;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Run<TSimd, TVector>(int first)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var x = PooledRows.Load<TSimd, TVector>(Top + (2 * first), Bottom + (2 * first));
        TVector index = TSimd.LoadBytes(Indices + first);
        TVector gradient = TSimd.Multiply(TSimd.Broadcast(Scale), TSimd.Load(OutputGradient + first));
        PooledRows.Store<TSimd, TVector>(
            new WindowPixels<TVector>(
                At<TSimd, TVector>(x.Pixel0, index, 0f, gradient),
                At<TSimd, TVector>(x.Pixel1, index, 1f, gradient),
                At<TSimd, TVector>(x.Pixel2, index, 2f, gradient),
                At<TSimd, TVector>(x.Pixel3, index, 3f, gradient)),
            TopGradient + (2 * first),
            BottomGradient + (2 * first));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly TVector At<TSimd, TVector>(TVector value, TVector index, float place, TVector gradient)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.Add(
            PooledRows.GradientAt<TSimd, TVector>(index, place, gradient),
            TSimd.MultiplyAdd(TSimd.Broadcast(Slope), value, TSimd.Broadcast(Constant)));
}
