namespace GalaxyNet.Benchmarks;

/// <summary>What a training step of attempt 4 took on an H200, in microseconds by layer and pass.</summary>
/// <remarks>
/// At a batch of 64, on 2026-11-28 at commit c5280dd: 132 multiprocessors, driver 580, CUDA 13.0. From a profile of a
/// step, but for the products of fc2 and fc3, which were timed one by one; in the step all six took 106.
/// </remarks>
internal static class MeasuredOnH200
{
    /// <summary>Of a training step at that batch, in float32.</summary>
    public const double ImagesPerSecond = 12_175;

    private static readonly Dictionary<(string Layer, string Pass), double> All = new()
    {
        [("conv1", "forward")] = 268,
        [("conv1", "weight gradient")] = 679,
        [("conv2", "forward")] = 1_035,
        [("conv2", "input gradient")] = 616,
        [("conv2", "weight gradient")] = 1_278,
        [("conv3", "forward")] = 183,
        [("conv3", "input gradient")] = 215,
        [("conv3", "weight gradient")] = 257,
        [("fc1", "forward")] = 66,
        [("fc1", "input gradient")] = 51,
        [("fc1", "weight gradient")] = 38,
        [("fc2", "forward")] = 21.0,
        [("fc2", "input gradient")] = 20.8,
        [("fc2", "weight gradient")] = 14.9,
        [("fc3", "forward")] = 27.0,
        [("fc3", "input gradient")] = 12.7,
        [("fc3", "weight gradient")] = 15.4,
        [("relu_max_pool2d", "")] = 82,
        [("batch_norm_relu_max_pool2d", "")] = 107,
        [("channel_sum", "")] = 85,
        [("adam", "")] = 68,
    };

    /// <summary>The time of an <see cref="EstimatedPart"/>; null if it was not taken.</summary>
    public static double? Microseconds(string layer, string pass) =>
        All.TryGetValue((layer, pass), out double time) ? time : null;
}
