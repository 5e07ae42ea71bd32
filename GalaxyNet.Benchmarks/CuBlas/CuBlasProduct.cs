using ILGPU;
using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Benchmarks;

/// <summary>NVIDIA's own matrix product, to hold ours against.</summary>
internal sealed class CuBlasProduct : IDisposable
{
    private readonly CuBlasLibrary library;
    private readonly nint handle;

    /// <summary>Makes the product of a library on a stream, in the calling thread's CUDA context.</summary>
    /// <param name="library">The library.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="precision">Whether it may round factors to TF32.</param>
    /// <exception cref="CuBlasException">cuBLAS refuses.</exception>
    internal CuBlasProduct(CuBlasLibrary library, nint stream, Precision precision = Precision.Float32)
    {
        this.library = library;
        handle = library.CreateHandle(stream, precision);
        Name = $"cuBLAS {library.VersionOf(handle)}";
    }

    /// <summary>The library and its version, for people.</summary>
    public string Name { get; }

    /// <summary>Opens cuBLAS on the stream that our own kernels run on, at the device's precision.</summary>
    /// <returns>The product, or null and why there is none.</returns>
    public static (CuBlasProduct? Product, string? WhyNot) Open(Device device)
    {
        if (device.Accelerator is not CudaAccelerator accelerator)
            return (null, $"cuBLAS needs a CUDA device, and this is {device.Name}.");
        try
        {
            accelerator.Bind();
            var library = CuBlasLibrary.OpenFirst(CuBlasPaths.All);
            nint stream = ((CudaStream)accelerator.DefaultStream).StreamPtr;
            return (new CuBlasProduct(library, stream, device.Precision), null);
        }
        catch (CuBlasException exception)
        {
            return (null, exception.Message);
        }
    }

    /// <summary>C = A B.</summary>
    /// <remarks>cuBLAS reads matrices column by column, so it sees the transpose of ours: C^T = B^T A^T.</remarks>
    public unsafe void Multiply(
        ArrayView<float> left, ArrayView<float> right, ArrayView<float> product, ProductExtents extents) =>
        library.Multiply(
            handle,
            extents.Columns,
            extents.Rows,
            extents.Depth,
            right.Pointer(),
            left.Pointer(),
            product.Pointer());

    /// <inheritdoc/>
    public void Dispose() => library.Destroy(handle);
}
