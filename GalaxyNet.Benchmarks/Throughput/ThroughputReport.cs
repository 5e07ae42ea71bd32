using System.Text.Json.Serialization;

namespace GalaxyNet.Benchmarks;

/// <summary>What <c>throughput</c> measured: rates as medians over the steps, layers as means of a few more.</summary>
internal sealed record ThroughputReport
{
    public required string Device { get; init; }

    public required int Batch { get; init; }

    public required int Steps { get; init; }

    /// <summary>Null, as all that tells of training, if only inference was measured.</summary>
    public required double? TrainImagesPerSecond { get; init; }

    public required double InferImagesPerSecond { get; init; }

    /// <summary>With the factors of products rounded to TF32; null where that is no faster.</summary>
    public PassRates? Tf32 { get; init; }

    [JsonPropertyName("gemm_1024_gflops")]
    public double Gemm1024Gflops { get; init; }

    /// <summary>Multiply-adds in registers and nothing else.</summary>
    public double FmaPeakGflops { get; init; }

    /// <summary>The rate at which the direct method would have to compute to train as fast.</summary>
    public required double? DirectEquivalentGflops { get; init; }

    /// <summary>Of the whole process, before it multiplies matrices to see how fast the device is.</summary>
    public required double PeakRssMb { get; init; }

    /// <summary>A step is one of training, unless only inference was measured.</summary>
    public required long AllocatedBytesPerStep { get; init; }

    public required IReadOnlyDictionary<string, LayerTime> PerLayer { get; init; }

    /// <summary>Why an NVIDIA GPU was given launches one by one, if its driver captured no graph of them.</summary>
    public required string? WhyNoCapture { get; init; }

    /// <summary>The rates to hold against PyTorch's in one of its <see cref="PyTorchScript.WaysOn"/>.</summary>
    public PassRates AtPrecisionOf(string[] way) =>
        Tf32 is not null && way.Contains(PyTorchScript.Tf32)
            ? Tf32
            : new PassRates(TrainImagesPerSecond, InferImagesPerSecond);

    /// <summary>The same network in other libraries, measured right after ours.</summary>
    public IReadOnlyList<PeerThroughput> Peers { get; init; } = [];
}

/// <summary>Rates as medians over the steps; no training rate if only inference was measured.</summary>
internal sealed record PassRates(double? TrainImagesPerSecond, double InferImagesPerSecond);

/// <summary>Milliseconds of one stage; no backward pass if only inference was measured.</summary>
internal sealed record LayerTime(double ForwardMs, double? BackwardMs);
