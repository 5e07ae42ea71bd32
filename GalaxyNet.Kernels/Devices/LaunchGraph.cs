using System.Runtime.InteropServices;
using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Kernels;

/// <summary>Launches that an NVIDIA GPU keeps, with their arguments, and that the host launches whole.</summary>
/// <remarks>CUDA calls it a graph, and keeping the launches in place of running them a capture of the stream.</remarks>
internal sealed partial class LaunchGraph : IDisposable
{
    private const int ThreadLocal = 1; // CU_STREAM_CAPTURE_MODE_THREAD_LOCAL: other threads may copy and allocate

    private readonly Device device;
    private nint executable;

    /// <summary>Captures launches, none of which runs yet.</summary>
    /// <param name="device">An NVIDIA GPU.</param>
    /// <param name="launch">Launches kernels on the device's stream. It may not allocate, free, copy or wait.</param>
    /// <exception cref="CudaException">The driver refuses something; the stream is as it was.</exception>
    /// <exception cref="EntryPointNotFoundException">The driver is older than 11.4.</exception>
    public LaunchGraph(Device device, Action launch)
    {
        this.device = device;
        device.Accelerator.Bind();
        nint graph = Capture(launch);
        try
        {
            CudaException.ThrowIfFailed(Instantiate(out executable, graph, flags: 0));
        }
        finally
        {
            _ = DestroyGraph(graph);
        }
    }

    /// <summary>Launches them all, after whatever is in the queue.</summary>
    public void Launch()
    {
        device.Accelerator.Bind();
        CudaException.ThrowIfFailed(Launch(executable, Stream));
    }

    /// <summary>Forgets them. What has been launched still runs.</summary>
    public void Dispose()
    {
        if (executable == 0 || device.IsDisposed) // with the device its graphs are gone
            return;
        device.Accelerator.Bind();
        _ = DestroyExecutable(executable);
        executable = 0;
    }

    private nint Stream => ((CudaStream)device.Stream).StreamPtr;

    private nint Capture(Action launch)
    {
        CudaException.ThrowIfFailed(BeginCapture(Stream, ThreadLocal));
        try
        {
            launch();
        }
        catch
        {
            _ = EndCapture(Stream, out nint unfinished); // or the stream would run nothing any more
            _ = DestroyGraph(unfinished);
            throw;
        }
        CudaException.ThrowIfFailed(EndCapture(Stream, out nint graph));
        return graph;
    }

    [LibraryImport(CudaDriver.Library, EntryPoint = "cuStreamBeginCapture_v2")]
    private static partial CudaError BeginCapture(nint stream, int mode);

    [LibraryImport(CudaDriver.Library, EntryPoint = "cuStreamEndCapture")]
    private static partial CudaError EndCapture(nint stream, out nint graph);

    [LibraryImport(CudaDriver.Library, EntryPoint = "cuGraphInstantiateWithFlags")]
    private static partial CudaError Instantiate(out nint executable, nint graph, ulong flags);

    [LibraryImport(CudaDriver.Library, EntryPoint = "cuGraphLaunch")]
    private static partial CudaError Launch(nint executable, nint stream);

    [LibraryImport(CudaDriver.Library, EntryPoint = "cuGraphDestroy")]
    private static partial CudaError DestroyGraph(nint graph);

    [LibraryImport(CudaDriver.Library, EntryPoint = "cuGraphExecDestroy")]
    private static partial CudaError DestroyExecutable(nint executable);
}
