namespace GalaxyNet.Kernels;

/// <summary>Filters times tiles, for each point: outputs, or with turned filters an input's gradient.</summary>
internal readonly struct Conv2dCudaPoints : ICudaKernel<CudaDepths<FourFloats>, CudaDepths<FourFloats>>
{
    [Kernel("conv2d", Schedule.Cuda)]
    [KeepsFloat32]
    public static void Kernel<TTile>(
        CudaDepths<FourFloats> filters, CudaDepths<FourFloats> tiles, CudaOutput products, CudaParts parts)
        where TTile : struct, ICudaTile => CudaProduct.Compute<
            TTile,
            CudaDepths<FourFloats>,
            CudaDepths<FourFloats>.Copy,
            CudaDepths<FourFloats>,
            CudaDepths<FourFloats>.Copy>(filters, tiles, products, parts);
}

/// <summary>
/// For each point, output gradients times tiles of the input, which make the filters' gradients, and filters times
/// tiles of the output's gradient, which make the input's.
/// </summary>
internal readonly struct Conv2dCudaPointsBackward
    : ICudaPairKernel<CudaLines, CudaLines, CudaDepths<FourFloats>, CudaDepths<FourFloats>>
{
    [Kernel("conv2d", Schedule.Cuda)]
    [KeepsFloat32]
    public static void Kernel<TTile>(
        CudaWork<CudaLines, CudaLines> filterGradient,
        CudaWork<CudaDepths<FourFloats>, CudaDepths<FourFloats>> inputGradient)
        where TTile : struct, ICudaTile => CudaPair.Compute<
            TTile,
            CudaLines,
            CudaLines.Copy,
            CudaLines,
            CudaLines.Copy,
            CudaDepths<FourFloats>,
            CudaDepths<FourFloats>.Copy,
            CudaDepths<FourFloats>,
            CudaDepths<FourFloats>.Copy>(filterGradient, inputGradient);
}
