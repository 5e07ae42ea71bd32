namespace GalaxyNet.Benchmarks;

/// <summary>
/// What the parts of a training step of attempt 4 took on an H200, in microseconds by layer and pass.
/// </summary>
/// <remarks>
/// At a batch of 64, on 2026-11-28: 132 multiprocessors, driver 580, CUDA 13.0. The products were timed one by one,
/// with the tile and split that the plan takes now (a test compares them with the timings); the rest is from a profile
/// of a step at commit c5280dd, whose convolutions left moments for the batch normalization. A whole step with these
/// plans has not been timed; that commit's, with others, made <see cref="ImagesPerSecondBefore"/>.
/// </remarks>
internal static class MeasuredOnH200
{
    /// <summary>Of a training step with the plans before these, in float32.</summary>
    public const double ImagesPerSecondBefore = 12_175;

    // Masks, the loss and the dense layers' biases, from the profile.
    private const double Rest = 114;

    private static readonly Dictionary<(string Layer, string Pass), double> All = new()
    {
        [("conv1", "forward")] = 261.1,
        [("conv1", "weight gradient")] = 331.7,
        [("conv2", "forward")] = 577.3,
        [("conv2", "input gradient")] = 615.9,
        [("conv2", "weight gradient")] = 830.9,
        [("conv3", "forward")] = 106.4,
        [("conv3", "input gradient")] = 116.3,
        [("conv3", "weight gradient")] = 140.8,
        [("fc1", "forward")] = 53.1,
        [("fc1", "input gradient")] = 40.5,
        [("fc1", "weight gradient")] = 37.9,
        [("fc2", "forward")] = 14.8,
        [("fc2", "input gradient")] = 12.9,
        [("fc2", "weight gradient")] = 10.5,
        [("fc3", "forward")] = 16.2,
        [("fc3", "input gradient")] = 8.4,
        [("fc3", "weight gradient")] = 10.6,
        [("relu_max_pool2d", "")] = 82,
        [("batch_norm_relu_max_pool2d", "")] = 107,
        [("channel_sum", "")] = 85,
        [("adam", "")] = 68,
    };

    /// <summary>Of a training step that takes as long as its parts together.</summary>
    public static double ImagesPerSecond => 1e6 * EstimatedPart.Batch / (All.Values.Sum() + Rest);

    /// <summary>The time of an <see cref="EstimatedPart"/>; null if it was not taken.</summary>
    public static double? Microseconds(string layer, string pass) =>
        All.TryGetValue((layer, pass), out double time) ? time : null;
}
