using System.Text;
using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Kernels;

/// <summary>
/// What the driver's compiler says of PTX that it refuses. ILGPU asks for 1,024 bytes, and throws them away.
/// </summary>
internal static unsafe class CompilerLog
{
    private const int Bytes = 1 << 16;
    private const int ErrorLog = 5; // CU_JIT_ERROR_LOG_BUFFER
    private const int ErrorLogBytes = 6; // CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES

    /// <summary>The log, on one line; what was thrown, if there is none.</summary>
    public static string Of(string ptx, CudaException thrown)
    {
        int[] options = [ErrorLog, ErrorLogBytes];
        var log = new byte[Bytes];
        fixed (byte* start = log)
        fixed (int* names = options)
        {
            nint[] values = [(nint)start, Bytes];
            fixed (nint* first = values)
            {
                var api = CudaAPI.CurrentAPI;
                if (api.LoadModule(out nint module, ptx, options.Length, (nint)names, (nint)first)
                    == CudaError.CUDA_SUCCESS)
                    api.DestroyModule(module);
            }
        }
        string text = Encoding.UTF8.GetString(log.AsSpan(0, Math.Max(Array.IndexOf(log, (byte)0), 0)));
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == 0 ? thrown.Message : string.Join("; ", lines);
    }
}
