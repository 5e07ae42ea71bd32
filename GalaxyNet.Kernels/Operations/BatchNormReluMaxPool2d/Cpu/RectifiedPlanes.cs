using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>
/// y and the index bytes of a plane in which each pixel is a window: the ReLU of scale x + shift, and whether it
/// passes.
/// </summary>
internal unsafe struct RectifiedForwardPlane : IRowBody
{
    public float* Input;
    public float Scale;
    public float Shift;
    public float* Output;
    public byte* Indices;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Run<TSimd, TVector>(int first)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector normalized = TSimd.MultiplyAdd(
            TSimd.Load(Input + first), TSimd.Broadcast(Scale), TSimd.Broadcast(Shift));
        var (output, index) = PooledRows.Rectify<TSimd, TVector>(normalized, TSimd.Zero);
        TSimd.Store(output, Output + first);
        TSimd.StoreBytes(index, Indices + first);
    }
}

/// <summary>
/// dx = scale dy + slope x + constant for such a plane, dy being zero where the ReLU stopped the pixel.
/// </summary>
internal unsafe struct RectifiedBackwardPlane : IRowBody
{
    public float* Input;
    public byte* Indices;
    public float* OutputGradient;
    public float Scale;
    public float Slope;
    public float Constant;
    public float* InputGradient;

    /// <summary>The sums over a plane of dy and of dy (x - mean), without the pixels that the ReLU stopped.</summary>
    public static (float Sum, float Product) Sums<TSimd, TVector>(
        float* input, byte* indices, float* outputGradient, float mean, int count)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector sum = TSimd.Zero, product = TSimd.Zero;
        int i = 0;
        for (; i <= count - TSimd.Count; i += TSimd.Count)
        {
            TVector gradient = Passed<TSimd, TVector>(indices + i, outputGradient + i);
            TVector deviation = TSimd.Subtract(TSimd.Load(input + i), TSimd.Broadcast(mean));
            sum = TSimd.Add(sum, gradient);
            product = TSimd.MultiplyAdd(gradient, deviation, product);
        }
        float lastSum = 0f, lastProduct = 0f;
        for (; i < count; i++)
        {
            float gradient = Passed<SimdScalar, float>(indices + i, outputGradient + i);
            lastSum += gradient;
            lastProduct += gradient * (input[i] - mean);
        }
        return (TSimd.Sum(sum) + lastSum, TSimd.Sum(product) + lastProduct);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Run<TSimd, TVector>(int first)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector line = TSimd.MultiplyAdd(
            TSimd.Load(Input + first), TSimd.Broadcast(Slope), TSimd.Broadcast(Constant));
        TVector gradient = Passed<TSimd, TVector>(Indices + first, OutputGradient + first);
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Broadcast(Scale), gradient, line), InputGradient + first);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Passed<TSimd, TVector>(byte* indices, float* outputGradient)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        PooledRows.GradientAt<TSimd, TVector>(TSimd.LoadBytes(indices), 0f, TSimd.Load(outputGradient));
}
