namespace GalaxyNet.Benchmarks;

/// <summary>The products at the points that a fast convolution takes for a pass of a layer.</summary>
internal static class FastProduct
{
    /// <summary>Those of a direct pass, for as many images as the library takes at once.</summary>
    public static LayerProduct Of(LayerProduct direct, Conv2dGeometry geometry)
    {
        int images = WinogradCuda.StepsFor(geometry, direct.Shapes.Input[0]).AtOnce;
        var sizes = PassSizes.OfFast(geometry, images);
        var (size, partner) = direct.IsForward ? (sizes.Forward, (ProductSize?)null)
            : direct.IsBackwardInput ? (sizes.BackwardInput, sizes.BackwardWeight)
            : (sizes.BackwardWeight, sizes.BackwardInput);
        double bytes = sizeof(float) * size.Matrices * new ProductExtents(size.Rows, size.Columns, size.Depth).Numbers;
        return direct with
        {
            Kernel = direct.IsForward ? "conv2d.CudaPoints" : "conv2d.CudaPointsBackward",
            Partner = partner,
            Rows = size.Rows,
            Columns = size.Columns,
            Depth = size.Depth,
            Matrices = size.Matrices,
            Bytes = bytes,
            // The layer's own tensors, and each matrix: what the products read is written before, and the other way.
            BytesAround = direct.Bytes + bytes,
            FastImages = images,
        };
    }
}
