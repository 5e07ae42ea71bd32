namespace GalaxyNet.Kernels;

/// <summary>Filters times tiles, for each point: outputs, or with turned filters an input's gradient.</summary>
internal readonly struct Conv2dCudaPoints : ICudaKernel<CudaDepths<FourFloats>, CudaDepths<FourFloats>>
{
    [Kernel("conv2d", Schedule.Cuda)]
    public static void Kernel<TTile>(
        CudaDepths<FourFloats> filters, CudaDepths<FourFloats> tiles, CudaOutput products, CudaParts parts)
        where TTile : struct, ICudaTile => CudaProduct.Compute<
            TTile,
            CudaDepths<FourFloats>,
            CudaDepths<FourFloats>.Copy,
            CudaDepths<FourFloats>,
            CudaDepths<FourFloats>.Copy>(filters, tiles, products, parts);
}

/// <summary>Output gradients times tiles of the input, for each point: the gradients of filters.</summary>
internal readonly struct Conv2dCudaPointsBackwardWeight : ICudaKernel<CudaLines, CudaLines>
{
    [Kernel("conv2d", Schedule.Cuda)]
    public static void Kernel<TTile>(CudaLines outputGradient, CudaLines input, CudaOutput products, CudaParts parts)
        where TTile : struct, ICudaTile =>
        CudaProduct.Compute<TTile, CudaLines, CudaLines.Copy, CudaLines, CudaLines.Copy>(
            outputGradient, input, products, parts);
}
