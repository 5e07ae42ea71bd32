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

/// <summary>dw = dy^T x, and dx = dy w.</summary>
internal readonly struct DenseCudaBackward
    : ICudaPairKernel<CudaDepths<FourFloats>, CudaDepths<FourFloats>, CudaLines, CudaDepths<FourFloats>>
{
    [Kernel("dense", Schedule.Cuda)]
    public static void Kernel<TTile>(
        CudaWork<CudaDepths<FourFloats>, CudaDepths<FourFloats>> weightGradient,
        CudaWork<CudaLines, CudaDepths<FourFloats>> inputGradient)
        where TTile : struct, ICudaTile => CudaPair.Compute<
            TTile,
            CudaDepths<FourFloats>,
            CudaDepths<FourFloats>.Copy,
            CudaDepths<FourFloats>,
            CudaDepths<FourFloats>.Copy,
            CudaLines,
            CudaLines.Copy,
            CudaDepths<FourFloats>,
            CudaDepths<FourFloats>.Copy>(weightGradient, inputGradient);
}

/// <summary>The same where dy, x or w does not come in fours.</summary>
internal readonly struct DenseCudaBackwardByOne
    : ICudaPairKernel<CudaDepths<OneFloat>, CudaDepths<OneFloat>, CudaLines, CudaDepths<OneFloat>>
{
    [Kernel("dense", Schedule.Cuda)]
    public static void Kernel<TTile>(
        CudaWork<CudaDepths<OneFloat>, CudaDepths<OneFloat>> weightGradient,
        CudaWork<CudaLines, CudaDepths<OneFloat>> inputGradient)
        where TTile : struct, ICudaTile => CudaPair.Compute<
            TTile,
            CudaDepths<OneFloat>,
            CudaDepths<OneFloat>.Copy,
            CudaDepths<OneFloat>,
            CudaDepths<OneFloat>.Copy,
            CudaLines,
            CudaLines.Copy,
            CudaDepths<OneFloat>,
            CudaDepths<OneFloat>.Copy>(weightGradient, inputGradient);
}
