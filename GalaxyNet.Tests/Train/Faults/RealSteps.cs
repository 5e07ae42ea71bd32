namespace GalaxyNet.Tests;

/// <summary>What a run allocates, and really does.</summary>
internal static class RealSteps
{
    /// <summary>The bytes that a device holds after two steps, the second of one image, and predictions.</summary>
    public static long Bytes(Device device, TrainingPlan plan)
    {
        using var network = plan.CreateNetwork(device, plan.Settings.BatchSize);
        using var optimizer = plan.CreateOptimizer(network);
        using var average = plan.CreateAverage(network);
        using var step = new TrainingStep(network, optimizer, new float[network.OutputShape.Count]);
        using var loop = LoopOfBlackImages(network, plan);
        int[] order = [.. Enumerable.Range(0, plan.Settings.BatchSize)];
        foreach (int _ in loop.Train(step, [.. order, 0], _ => new Pose(1), () => { }))
        {
            loop.TakeResults();
            average?.Update();
        }
        loop.Predict(order, [Pose.AsIs, new Pose(1)]);
        return device.AllocatedBytes;
    }

    /// <summary>Batches of black images, as many as the network takes at a time.</summary>
    public static BatchLoop LoopOfBlackImages(Sequential network, TrainingPlan plan) => new(
        network,
        new ImageBlock(new byte[network.MaxBatch * plan.CropShape.Count], plan.CropShape),
        new float[network.MaxBatch * network.OutputShape.Count],
        plan.Interpolation);
}
