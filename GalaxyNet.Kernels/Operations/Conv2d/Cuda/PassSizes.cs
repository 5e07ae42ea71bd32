namespace GalaxyNet.Kernels;

/// <summary>The extents of the products that a convolution's passes take on the CUDA engine.</summary>
/// <param name="Forward">Of the output.</param>
/// <param name="BackwardInput">Of the input's gradient.</param>
/// <param name="BackwardWeight">Of the gradients of filters and biases.</param>
internal sealed record PassSizes(ProductSize Forward, ProductSize BackwardInput, ProductSize BackwardWeight)
{
    /// <summary>Of both gradients in one launch.</summary>
    public PairSize Backward => new(BackwardWeight, BackwardInput);

    /// <summary>Those of <see cref="Conv2dCuda"/>, whose weight gradient has a column for the biases.</summary>
    public static PassSizes OfDirect(Conv2dGeometry geometry, int images)
    {
        int filterSize = geometry.KernelHeight * geometry.KernelWidth;
        int pixels = geometry.OutHeight * geometry.OutWidth;
        return new(
            new(geometry.OutChannels, images * pixels, geometry.WindowSize),
            new(geometry.InChannels, images * geometry.InHeight * geometry.InWidth, geometry.OutChannels * filterSize),
            new(geometry.OutChannels, geometry.WindowSize + 1, images * PaddedPixels(geometry)));
    }

    /// <summary>Those of <see cref="WinogradCuda"/>, for so many images at once.</summary>
    public static PassSizes OfFast(Conv2dGeometry geometry, int images)
    {
        int points = WinogradLaunches.PointsOf(geometry.KernelHeight);
        int inputTiles = images * ImageTiles.CountOver(geometry.Input);
        int outputTiles = images * ImageTiles.CountOver(geometry.Output);
        return new(
            new(geometry.OutChannels, PointMatrices.ColumnsFor(outputTiles), geometry.InChannels, points),
            new(geometry.InChannels, PointMatrices.ColumnsFor(inputTiles), geometry.OutChannels, points),
            new(geometry.OutChannels, geometry.InChannels, outputTiles, points));
    }

    /// <summary>Depths that an image takes in the sum of a direct weight gradient.</summary>
    public static int PaddedPixels(Conv2dGeometry geometry) =>
        Rounding.RoundUp(geometry.OutHeight * geometry.OutWidth, CudaTile.Depth);
}
