using ILGPU;
using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Benchmarks;

/// <summary>NVIDIA's own matrix product, to hold ours against.</summary>
internal sealed class CuBlasProduct : IDisposable
{
    private readonly CuBlas library;

    private CuBlasProduct(CudaAccelerator accelerator) => library = new CuBlas(accelerator);

    /// <summary>Opens cuBLAS.</summary>
    /// <returns>The product, or null and why there is none.</returns>
    public static (CuBlasProduct? Product, string? WhyNot) Open(Device device)
    {
        if (device.Accelerator is not CudaAccelerator accelerator)
            return (null, $"cuBLAS needs a CUDA device, and this is {device.Name}.");
        try
        {
            return (new CuBlasProduct(accelerator), null);
        }
        catch (Exception exception) when (
            exception is DllNotFoundException
                or EntryPointNotFoundException
                or NotSupportedException
                or CuBlasException)
        {
            return (null, $"cuBLAS is not installed here, or not one that works ({exception.Message}): "
                + "it comes with the CUDA toolkit.");
        }
    }

    /// <summary>C = A B.</summary>
    /// <remarks>cuBLAS reads matrices column by column, so it sees the transpose of ours: C^T = B^T A^T.</remarks>
    public void Multiply(
        ArrayView<float> left, ArrayView<float> right, ArrayView<float> product, ProductExtents extents) =>
        library.Gemm(
            CuBlasOperation.NonTranspose,
            CuBlasOperation.NonTranspose,
            extents.Columns,
            extents.Rows,
            extents.Depth,
            1f,
            right,
            extents.Columns,
            left,
            extents.Depth,
            0f,
            product,
            extents.Columns);

    /// <inheritdoc/>
    public void Dispose() => library.Dispose();
}
