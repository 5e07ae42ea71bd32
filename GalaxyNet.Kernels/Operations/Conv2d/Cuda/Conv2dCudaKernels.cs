namespace GalaxyNet.Kernels;

/// <summary>The output: filters times windows of the input.</summary>
internal readonly struct Conv2dCudaForward : ICudaKernel<CudaLines, CudaWindows>
{
    [Kernel("conv2d", Schedule.Cuda)]
    [Registers(typeof(CudaTile96x128), 255)] // for the taps that are on their way
    [Registers(typeof(CudaTile64x128), 168)]
    [Registers(typeof(CudaTile64x64), 168)]
    public static void Kernel<TTile>(CudaLines weight, CudaWindows input, CudaOutput output, CudaParts parts)
        where TTile : struct, ICudaTile =>
        CudaProduct.Compute<TTile, CudaLines, CudaLines.Copy, CudaWindows, CudaWindows.Copy>(
            weight, input, output, parts);
}

/// <summary>The input's gradient: filters, turned, times windows of the output's gradient.</summary>
internal readonly struct Conv2dCudaBackwardInput : ICudaKernel<CudaDepths<FourFloats>, CudaWindows>
{
    [Kernel("conv2d", Schedule.Cuda)]
    [Registers(typeof(CudaTile96x128), 255)] // for the taps that are on their way
    [Registers(typeof(CudaTile64x128), 168)]
    [Registers(typeof(CudaTile64x64), 168)]
    public static void Kernel<TTile>(
        CudaDepths<FourFloats> weight,
        CudaWindows outputGradient,
        CudaOutput inputGradient,
        CudaParts parts)
        where TTile : struct, ICudaTile => CudaProduct.Compute<
            TTile, CudaDepths<FourFloats>, CudaDepths<FourFloats>.Copy, CudaWindows, CudaWindows.Copy>(
            weight, outputGradient, inputGradient, parts);
}

/// <summary>The filters' gradient: the output's gradient times windows of the input.</summary>
internal readonly struct Conv2dCudaBackwardWeight : ICudaKernel<CudaChannels, CudaWindowsByTap>
{
    [Kernel("conv2d", Schedule.Cuda)]
    public static void Kernel<TTile>(
        CudaChannels outputGradient, CudaWindowsByTap input, CudaOutput weightGradient, CudaParts parts)
        where TTile : struct, ICudaTile =>
        CudaProduct.Compute<TTile, CudaChannels, CudaChannels.Copy, CudaWindowsByTap, CudaWindowsByTap.Copy>(
            outputGradient, input, weightGradient, parts);
}
