namespace GalaxyNet.Kernels;

/// <summary>The last step of a fast convolution: from the products at the points to what was asked for.</summary>
internal static class WinogradInterpolation
{
    /// <summary>A^T m A and G^T u G, each by groups of its own, where it is asked for.</summary>
    [Kernel("conv2d", Schedule.Shared)]
    public static void InterpolateKernel<TMaps>(InterpolatedImages images, InterpolatedFilters filters)
        where TMaps : struct, IWinogradMaps
    {
        int group = Grid.IdxX;
        if (group < images.Groups)
            images.Interpolate<TMaps>(group);
        else
            filters.Interpolate<TMaps>(group - images.Groups);
    }
}
