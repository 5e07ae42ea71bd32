using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>One plane of a picture x, and the gradients and indices of its 2x2 windows.</summary>
internal readonly unsafe struct PooledGradientRows(float* x, int width, byte* indices, float* gradients)
{
    private readonly float* x = x;
    private readonly byte* indices = indices;
    private readonly float* gradients = gradients;

    /// <summary>The sums over a row of windows of dy and of dy (x - mean), where x is the window's maximum.</summary>
    public (float Sum, float Product) Sums<TSimd, TVector>(int row, float mean, int windows)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector sums = TSimd.Zero, products = TSimd.Zero;
        int j = 0;
        for (; j <= windows - TSimd.Count; j += TSimd.Count)
            Add<TSimd, TVector>(row, j, mean, windows, ref sums, ref products);
        float sum = TSimd.Sum(sums), product = TSimd.Sum(products);
        for (; j < windows; j++)
            Add<SimdScalar, float>(row, j, mean, windows, ref sum, ref product);
        return (sum, product);
    }

    /// <summary>dx = scale dy + slope x + constant for the two rows of pixels under a row of windows.</summary>
    public void Spread<TSimd, TVector>(
        int row, float scale, float slope, float constant, float* top, float* bottom, int windows)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int j = 0;
        for (; j <= windows - TSimd.Count; j += TSimd.Count)
            SpreadVector<TSimd, TVector>(row, j, windows, scale, slope, constant, top + (2 * j), bottom + (2 * j));
        for (; j < windows; j++)
            SpreadVector<SimdScalar, float>(row, j, windows, scale, slope, constant, top + (2 * j), bottom + (2 * j));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add<TSimd, TVector>(
        int row, int column, float mean, int windows, ref TVector sums, ref TVector products)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* source = x + (2 * row * width) + (2 * column);
        var places = PooledRows.Load<TSimd, TVector>(source, source + width);
        TVector index = TSimd.LoadBytes(indices + (row * windows) + column);
        TVector maximum = TSimd.Select(TSimd.IsEqual(index, TSimd.Broadcast(1f)), places.Place1, places.Place0);
        maximum = TSimd.Select(TSimd.IsEqual(index, TSimd.Broadcast(2f)), places.Place2, maximum);
        maximum = TSimd.Select(TSimd.IsEqual(index, TSimd.Broadcast(3f)), places.Place3, maximum);
        TVector passes = TSimd.IsGreater(TSimd.Broadcast(ReluMaxPool2d.Blocked), index);
        TVector gradient = TSimd.Select(passes, TSimd.Load(gradients + (row * windows) + column), TSimd.Zero);
        sums = TSimd.Add(sums, gradient);
        products = TSimd.MultiplyAdd(gradient, TSimd.Subtract(maximum, TSimd.Broadcast(mean)), products);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SpreadVector<TSimd, TVector>(
        int row, int column, int windows, float scale, float slope, float constant, float* top, float* bottom)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* source = x + (2 * row * width) + (2 * column);
        var places = PooledRows.Load<TSimd, TVector>(source, source + width);
        TVector index = TSimd.LoadBytes(indices + (row * windows) + column);
        TVector gradient = TSimd.Multiply(
            TSimd.Broadcast(scale), TSimd.Load(gradients + (row * windows) + column));
        PooledRows.Store<TSimd, TVector>(
            new WindowPlaces<TVector>(
                At<TSimd, TVector>(places.Place0, index, 0f, gradient, slope, constant),
                At<TSimd, TVector>(places.Place1, index, 1f, gradient, slope, constant),
                At<TSimd, TVector>(places.Place2, index, 2f, gradient, slope, constant),
                At<TSimd, TVector>(places.Place3, index, 3f, gradient, slope, constant)),
            top,
            bottom);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector At<TSimd, TVector>(
        TVector value, TVector index, float place, TVector gradient, float slope, float constant)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.Add(
            PooledRows.AtPlace<TSimd, TVector>(index, place, gradient),
            TSimd.MultiplyAdd(TSimd.Broadcast(slope), value, TSimd.Broadcast(constant)));
}
