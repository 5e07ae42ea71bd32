namespace GalaxyNet.Benchmarks;

/// <summary>Attempt 4 in another library, beside ours on the same device.</summary>
/// <param name="Name">The library, its device and how it computes.</param>
/// <param name="TrainImagesPerSecond">Its training.</param>
/// <param name="InferImagesPerSecond">Its inference.</param>
/// <param name="TrainRatio">Our training rate divided by its; null if ours was not measured.</param>
/// <param name="InferRatio">Our inference rate divided by its.</param>
internal sealed record PeerThroughput(
    string Name, double TrainImagesPerSecond, double InferImagesPerSecond, double? TrainRatio, double InferRatio)
{
    /// <summary>Compares PyTorch's rates with ours.</summary>
    public static PeerThroughput Beside(PassRates ours, PyTorchRates theirs) => new(
        theirs.Device,
        theirs.TrainImagesPerSecond,
        theirs.InferImagesPerSecond,
        ours.TrainImagesPerSecond / theirs.TrainImagesPerSecond,
        ours.InferImagesPerSecond / theirs.InferImagesPerSecond);
}
