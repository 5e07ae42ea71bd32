using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace GalaxyNet.Benchmarks;

/// <summary>Runs <c>attempt4.py</c>, which measures attempt 4 in PyTorch.</summary>
/// <param name="python">The Python that has PyTorch.</param>
/// <param name="cancellation">Ends a run.</param>
internal sealed class PyTorchScript(string python, CancellationToken cancellation)
{
    /// <summary>The option that lets tensor cores round.</summary>
    public const string Tf32 = "--tf32";

    private static readonly string Path =
        System.IO.Path.Combine(AppContext.BaseDirectory, "PyTorch", "attempt4.py");

    /// <summary>
    /// The options of the ways in which people run PyTorch on a device: as it comes; on a GPU also at its best, and
    /// then in TF32.
    /// </summary>
    /// <exception cref="UserErrorException">PyTorch does not run on such a device.</exception>
    public static string[][] WaysOn(DeviceKind kind) => kind switch
    {
        DeviceKind.Cpu => [[]],
        DeviceKind.Cuda => [[], ["--graph"], ["--graph", Tf32]],
        _ => throw new UserErrorException($"--peer: PyTorch runs on CUDA and on CPUs, and this is {kind}."),
    };

    /// <summary>Measures one way.</summary>
    /// <param name="device">The device, such as <c>cuda:1</c>: PyTorch calls them as we do.</param>
    /// <param name="batch">Images in a step.</param>
    /// <param name="steps">Steps to measure.</param>
    /// <param name="threads">Threads, if the device is the CPU.</param>
    /// <param name="way">One of <see cref="WaysOn"/>.</param>
    /// <exception cref="UserErrorException">There is no such Python, or the script fails.</exception>
    public PyTorchRates Measure(string device, int batch, int steps, int threads, string[] way)
    {
        string output = Run(
        [
            "--device", device,
            "--batch", batch.ToString(CultureInfo.InvariantCulture),
            "--steps", steps.ToString(CultureInfo.InvariantCulture),
            "--threads", threads.ToString(CultureInfo.InvariantCulture),
            .. way,
        ]);
        try
        {
            return JsonSerializer.Deserialize<PyTorchRates>(output, JsonFormat.Options)!;
        }
        catch (JsonException)
        {
            throw new UserErrorException($"--python {python}: {Path} printed no result there");
        }
    }

    private string Run(string[] arguments)
    {
        var start = new ProcessStartInfo(python, [Path, .. arguments]);
        // Otherwise glibc gives the memory of each step back to the system, and fetching it again takes PyTorch on a
        // CPU up to three quarters of its time.
        start.Environment["MALLOC_MMAP_THRESHOLD_"] = "4294967296";
        start.Environment["MALLOC_TRIM_THRESHOLD_"] = "8589934592";
        start.Environment["MALLOC_TOP_PAD_"] = "268435456";
        try
        {
            var run = ProgramOutput.Of(start, cancellation);
            return run.ExitCode == 0
                ? run.Output
                : throw new UserErrorException($"--python {python}: {run.Error.TrimEnd().Split('\n')[^1]}");
        }
        catch (Win32Exception)
        {
            throw new UserErrorException(
                $"--python {python}: there is no such program; name a Python that has PyTorch");
        }
    }
}

/// <summary>What <c>attempt4.py</c> prints, as far as it is compared.</summary>
internal sealed record PyTorchRates(string Device, double TrainImagesPerSecond, double InferImagesPerSecond);
