namespace GalaxyNet.Train;

/// <summary>
/// How much of a device's memory a run takes, workspaces and batches included: to the byte, for any batch, without
/// taking any. What will allocate it is asked, on a device that only counts: see <see cref="Device.BytesHeldBy"/>.
/// </summary>
internal sealed class MemoryNeed
{
    private const double ReservedShare = 0.05; // of what is free: other programs take memory, too
    private const double ReservedBytes = 64e6; // a run compiles code, draws and writes, which takes about half of this

    private readonly TrainingPlan plan;
    private readonly Func<int, long> bytesAt;

    private MemoryNeed(TrainingPlan plan, Func<int, long> bytesAt)
    {
        this.plan = plan;
        this.bytesAt = bytesAt;
    }

    /// <summary>What training takes on a device.</summary>
    /// <param name="device">Where it is trained.</param>
    /// <param name="plan">How.</param>
    /// <param name="processes">Those that train together; null for this one alone.</param>
    public static MemoryNeed OfTraining(Device device, TrainingPlan plan, ICollective? processes = null) => new(
        plan,
        batch => device.BytesHeldBy(counting =>
        {
            using var network = plan.CreateNetwork(counting, plan.ImagesOfShard(batch));
            using var optimizer = plan.CreateOptimizer(network);
            using var average = plan.CreateAverage(network);
            using var loop = LoopOfOneImage(network, plan);
            float[] weights = new float[network.OutputShape.Count];
            var state = new TrainingState(network, optimizer, average, HasValidation: false);
            if (plan.Settings.Shards == 1)
                LaunchStep(state, weights, loop);
            else
                LaunchShard(state, plan, weights, loop, processes);
        }));

    /// <summary>What predicting takes on a device.</summary>
    public static MemoryNeed OfPrediction(Device device, TrainingPlan plan) => new(
        plan,
        batch => device.BytesHeldBy(counting =>
        {
            using var network = plan.CreatePredictor(counting, batch);
            using var loop = LoopOfOneImage(network, plan);
            loop.LaunchOnce(step: null);
        }));

    /// <summary>Makes sure, before anything is allocated, that a device has the memory to train.</summary>
    /// <param name="device">Where it is to be trained.</param>
    /// <param name="plan">How.</param>
    /// <param name="processes">Those that train together; null for this one alone.</param>
    /// <param name="sharing">How many of them share the device's memory.</param>
    /// <exception cref="UserErrorException">It has not: the message says which batch would fit.</exception>
    public static void RequireForTraining(
        Device device, TrainingPlan plan, ICollective? processes = null, int sharing = 1)
    {
        double left = LeftOn(device, sharing);
        if (OfTraining(device, plan, processes).Refusal(plan.Settings.BatchSize, device.Name, left) is { } refusal)
            throw new UserErrorException($"--batch-size {plan.Settings.BatchSize}: {refusal}");
    }

    /// <summary>The batch size to predict with: that of training, or the largest that fits.</summary>
    /// <exception cref="UserErrorException">There is not enough for a single image.</exception>
    public static int BatchToPredictIn(Device device, TrainingPlan plan, int processes = 1)
    {
        var need = OfPrediction(device, plan);
        double left = LeftOn(device, processes);
        int batch = plan.Settings.BatchSize;
        if (need.Fits(batch, left))
            return batch;
        int most = Math.Min(need.MostImages(left), batch);
        return most > 0
            ? most
            : throw new UserErrorException(
                $"Predicting needs {ByteCount.Text(need.At(1))} of memory for a single image, but {device.Name} has "
                + $"only {ByteCount.Text(left)} left for it: take another --device or a machine with more memory");
    }

    /// <summary>The bytes that a device has left for a run, or for each of several processes that share it.</summary>
    public static double LeftOn(Device device, int processes = 1)
    {
        double free = (double)device.FreeBytes / processes;
        return Math.Max(free - Math.Max(ReservedShare * free, ReservedBytes), 0);
    }

    /// <summary>The bytes for a batch. One that is too large to be indexed is reckoned from one that is not.</summary>
    public double At(int batch)
    {
        int counted = Math.Min(batch, plan.MostImages);
        while (Count(counted) is null)
            counted /= 2;
        return Count(counted)!.Value * ((double)batch / counted);
    }

    /// <summary>Why a batch is too large, and which would fit; null if it fits.</summary>
    /// <param name="batch">How many images.</param>
    /// <param name="device">What the device is called.</param>
    /// <param name="left">The bytes it has left.</param>
    public string? Refusal(int batch, string device, double left)
    {
        if (Fits(batch, left))
            return null;
        double need = At(batch);
        int most = MostImages(left);
        if (need <= left)
            return $"is more than can be indexed in every layer: {most} would fit";
        return $"needs {ByteCount.Text(need)} of memory, but {device} has only {ByteCount.Text(left)} left for it: "
            + (most > 0
                ? $"{most} would fit"
                : $"not even 1, which needs {ByteCount.Text(At(1))}, would fit: take another --attempt or --device, "
                    + "or a machine with more memory");
    }

    /// <summary>The largest batch that fits; 0 if none does.</summary>
    /// <param name="left">The bytes that are left.</param>
    public int MostImages(double left)
    {
        int fits = 0;
        for (int tooMany = plan.MostImages + 1; tooMany - fits > 1;)
        {
            int between = fits + ((tooMany - fits) / 2);
            if (Fits(between, left))
                fits = between;
            else
                tooMany = between;
        }
        return fits;
    }

    private bool Fits(int batch, double left) => batch <= plan.MostImages && Count(batch) <= left;

    /// <summary>The bytes for a batch; null if a workspace of it could not be indexed.</summary>
    private long? Count(int batch)
    {
        try
        {
            return bytesAt(batch);
        }
        catch (DeviceMemoryException)
        {
            return null;
        }
    }

    private static void LaunchStep(TrainingState state, float[] lossWeights, BatchLoop loop)
    {
        using var step = new TrainingStep(state.Network, state.Optimizer, lossWeights);
        loop.LaunchOnce(step);
        state.Average?.Update();
    }

    private static void LaunchShard(
        TrainingState state, TrainingPlan plan, float[] lossWeights, BatchLoop loop, ICollective? processes)
    {
        int shards = plan.Settings.Shards;
        using var steps = new ShardedSteps(
            state,
            plan,
            OneImage(plan),
            new float[state.Network.OutputShape.Count],
            lossWeights,
            new ShardDeal([0], Math.Max(plan.Settings.BatchSize, shards), shards, static _ => 0),
            new Shards(processes ?? new OneProcess(), shards));
        steps.LaunchOnce();
        loop.LaunchOnce(step: null);
    }

    private static BatchLoop LoopOfOneImage(Sequential network, TrainingPlan plan) =>
        new(network, OneImage(plan), new float[network.OutputShape.Count], plan.Interpolation);

    private static ImageBlock OneImage(TrainingPlan plan) => new(new byte[plan.CropShape.Count], plan.CropShape);
}
