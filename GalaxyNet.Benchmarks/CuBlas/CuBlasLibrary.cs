using System.Runtime.InteropServices;

namespace GalaxyNet.Benchmarks;

/// <summary>NVIDIA's cuBLAS of any version since CUDA 11: the few functions that a product needs.</summary>
/// <remarks>
/// https://docs.nvidia.com/cuda/cublas describes them. A handle works in one CUDA context. The library stays loaded
/// until the process ends, since it takes long to load.
/// </remarks>
internal sealed unsafe class CuBlasLibrary
{
    private const int NotTransposed = 0; // of cublasOperation_t

    // Of cublasMath_t: float32 is computed in float32, or in TF32.
    private const int DefaultMath = 0;
    private const int Tf32Math = 3;

    private readonly nint library;

    private CuBlasLibrary(nint library) => this.library = library;

    /// <summary>Opens the first of some libraries that is there.</summary>
    /// <param name="paths">Whole paths, or names for the system to search, in order of preference.</param>
    /// <exception cref="CuBlasException">None is there.</exception>
    public static CuBlasLibrary OpenFirst(IReadOnlyList<string> paths)
    {
        foreach (string path in paths)
        {
            if (NativeLibrary.TryLoad(path, out nint library))
                return new CuBlasLibrary(library);
        }
        throw new CuBlasException(
            $"cuBLAS, which the CUDA toolkit brings, is not installed here: looked for {string.Join(", ", paths)}.");
    }

    /// <summary>Makes a handle in the calling thread's context, for products of float32 on a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="precision">Whether it may round factors to TF32.</param>
    /// <exception cref="CuBlasException">cuBLAS refuses, for example beside a driver that is too old.</exception>
    public nint CreateHandle(nint stream, Precision precision)
    {
        nint handle;
        Check(((delegate* unmanaged<nint*, int>)Find("cublasCreate_v2"))(&handle));
        Check(((delegate* unmanaged<nint, nint, int>)Find("cublasSetStream_v2"))(handle, stream));
        Check(((delegate* unmanaged<nint, int, int>)Find("cublasSetMathMode"))(
            handle, precision == Precision.TensorFloat32 ? Tf32Math : DefaultMath));
        return handle;
    }

    /// <summary>The version that a handle is of.</summary>
    public Version VersionOf(nint handle)
    {
        int number; // 120304 is 12.3.4
        Check(((delegate* unmanaged<nint, int*, int>)Find("cublasGetVersion_v2"))(handle, &number));
        return new Version(number / 10_000, number / 100 % 100, number % 100);
    }

    /// <summary>C = A B, where all three are stored column by column.</summary>
    /// <param name="handle">The handle.</param>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="columns">Columns of B and C.</param>
    /// <param name="depth">Columns of A and rows of B.</param>
    /// <param name="left">A, in the device's memory, as B and C are.</param>
    /// <param name="right">B.</param>
    /// <param name="product">C.</param>
    public void Multiply(nint handle, int rows, int columns, int depth, float* left, float* right, float* product)
    {
        var multiply = (delegate* unmanaged<
            nint, int, int, int, int, int, float*, float*, int, float*, int, float*, float*, int, int>)
            Find("cublasSgemm_v2");
        float one = 1f, zero = 0f;
        Check(multiply(
            handle,
            NotTransposed,
            NotTransposed,
            rows,
            columns,
            depth,
            &one,
            left,
            rows,
            right,
            depth,
            &zero,
            product,
            rows));
    }

    /// <summary>Frees a handle.</summary>
    public void Destroy(nint handle) => Check(((delegate* unmanaged<nint, int>)Find("cublasDestroy_v2"))(handle));

    private static void Check(int status)
    {
        if (status != 0)
            throw new CuBlasException($"cuBLAS fails with status {status}: it may be newer than the driver allows.");
    }

    private nint Find(string function) => NativeLibrary.TryGetExport(library, function, out nint address)
        ? address
        : throw new CuBlasException($"This cuBLAS has no {function}: it takes that of CUDA 11 or newer.");
}

/// <summary>cuBLAS is not there, or fails.</summary>
internal sealed class CuBlasException(string message) : Exception(message);
