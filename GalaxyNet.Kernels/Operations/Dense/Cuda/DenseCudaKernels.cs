namespace GalaxyNet.Kernels;

/// <summary>y = x w^T + b.</summary>
internal readonly struct DenseCudaForward : ICudaKernel<CudaLines, CudaLines>
{
    [Kernel("dense", Schedule.Cuda)]
    public static void Kernel<TTile>(CudaLines input, CudaLines weight, CudaOutput output, CudaParts parts)
        where TTile : struct, ICudaTile =>
        CudaProduct.Compute<TTile, CudaLines, CudaLines.Copy, CudaLines, CudaLines.Copy>(
            input, weight, output, parts);
}

/// <summary>dx = dy w.</summary>
internal readonly struct DenseCudaBackwardInput : ICudaKernel<CudaLines, CudaDepths<FourFloats>>
{
    [Kernel("dense", Schedule.Cuda)]
    public static void Kernel<TTile>(
        CudaLines outputGradient, CudaDepths<FourFloats> weight, CudaOutput inputGradient, CudaParts parts)
        where TTile : struct, ICudaTile =>
        CudaProduct.Compute<TTile, CudaLines, CudaLines.Copy, CudaDepths<FourFloats>, CudaDepths<FourFloats>.Copy>(
            outputGradient, weight, inputGradient, parts);
}

/// <summary>dx = dy w, where w does not come in fours.</summary>
internal readonly struct DenseCudaBackwardInputByOne : ICudaKernel<CudaLines, CudaDepths<OneFloat>>
{
    [Kernel("dense", Schedule.Cuda)]
    public static void Kernel<TTile>(
        CudaLines outputGradient, CudaDepths<OneFloat> weight, CudaOutput inputGradient, CudaParts parts)
        where TTile : struct, ICudaTile =>
        CudaProduct.Compute<TTile, CudaLines, CudaLines.Copy, CudaDepths<OneFloat>, CudaDepths<OneFloat>.Copy>(
            outputGradient, weight, inputGradient, parts);
}

/// <summary>dw = dy^T x.</summary>
internal readonly struct DenseCudaBackwardWeight : ICudaKernel<CudaDepths<FourFloats>, CudaDepths<FourFloats>>
{
    [Kernel("dense", Schedule.Cuda)]
    public static void Kernel<TTile>(
        CudaDepths<FourFloats> outputGradient,
        CudaDepths<FourFloats> input,
        CudaOutput weightGradient,
        CudaParts parts)
        where TTile : struct, ICudaTile => CudaProduct.Compute<
            TTile,
            CudaDepths<FourFloats>,
            CudaDepths<FourFloats>.Copy,
            CudaDepths<FourFloats>,
            CudaDepths<FourFloats>.Copy>(outputGradient, input, weightGradient, parts);
}

/// <summary>dw = dy^T x, where dy or x does not come in fours.</summary>
internal readonly struct DenseCudaBackwardWeightByOne : ICudaKernel<CudaDepths<OneFloat>, CudaDepths<OneFloat>>
{
    [Kernel("dense", Schedule.Cuda)]
    public static void Kernel<TTile>(
        CudaDepths<OneFloat> outputGradient,
        CudaDepths<OneFloat> input,
        CudaOutput weightGradient,
        CudaParts parts)
        where TTile : struct, ICudaTile => CudaProduct.Compute<
            TTile,
            CudaDepths<OneFloat>,
            CudaDepths<OneFloat>.Copy,
            CudaDepths<OneFloat>,
            CudaDepths<OneFloat>.Copy>(outputGradient, input, weightGradient, parts);
}
