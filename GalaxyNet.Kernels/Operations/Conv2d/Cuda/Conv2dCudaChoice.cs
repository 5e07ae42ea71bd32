namespace GalaxyNet.Kernels;

/// <summary>
/// Whether the CUDA engine convolves directly or fast: what takes less time for the three passes together, by the
/// estimate of their plans. It needs no device.
/// </summary>
internal static class Conv2dCudaChoice
{
    /// <summary>Whether a fast convolution pays for so many images.</summary>
    public static bool IsFast(Conv2dGeometry geometry, int images, GpuSize gpu) =>
        WinogradCuda.Fits(geometry)
        && ClocksOfFast(PassSizes.OfFast(geometry, images), gpu)
        < ClocksOfDirect(PassSizes.OfDirect(geometry, images), gpu);

    private static double ClocksOfFast(PassSizes sizes, GpuSize gpu) =>
        WinogradLaunches.ClocksForward(sizes.Forward, gpu)
        + WinogradLaunches.ClocksBackward(sizes.BackwardWeight, sizes.BackwardInput, gpu);

    private static double ClocksOfDirect(PassSizes sizes, GpuSize gpu) =>
        CudaLauncher<Conv2dCudaForward, CudaLines, CudaWindows>.ClocksOf(sizes.Forward, gpu)
        + CudaLauncher<Conv2dCudaBackwardInput, CudaDepths<FourFloats>, CudaWindows>.ClocksOf(sizes.BackwardInput, gpu)
        + CudaLauncher<Conv2dCudaBackwardWeight, CudaChannels, CudaWindowsByTap>.ClocksOf(sizes.BackwardWeight, gpu);
}
