namespace GalaxyNet.Train;

/// <summary>
/// How much of a device's memory a network takes, workspaces and batches included. It is measured with two small
/// batches, unless a rough bound shows that there is plenty: so no formula has to be kept in step with the operations.
/// </summary>
/// <param name="FixedBytes">Whatever the batch size.</param>
/// <param name="ImageBytes">For each image of a batch.</param>
internal sealed record MemoryNeed(double FixedBytes, double ImageBytes)
{
    private const int SmallBatch = 16;
    private const int LargeBatch = 32;
    private const double Reserve = 0.95; // of what is free: other programs take memory, too
    private const int PlentyOfBlocks = 8; // of the parameters' size: values, gradients, moments, operations' copies
    private const int PlentyOfOutputs = 4; // of the size of all layers' outputs

    /// <summary>Makes sure, before anything is allocated, that a device has the memory to train.</summary>
    /// <exception cref="UserErrorException">It has not: the message says which batch would fit.</exception>
    public static void RequireForTraining(Device device, TrainingPlan plan)
    {
        int batch = plan.Settings.BatchSize;
        if (batch <= plan.MostImages && IsPlenty(device, plan))
            return;
        var need = OfTraining(device, plan);
        int most = need.MostImages(device, plan);
        if (batch > most)
            throw new UserErrorException(
                $"--batch-size {batch}: needs {ByteCount.Text(need.At(batch))} of memory, but {device.Name} has only "
                + $"{ByteCount.Text(device.FreeBytes)} left: "
                + (most > 0 ? $"{most} would fit" : "not even 1 would fit, so take another device"));
    }

    /// <summary>The batch size to predict with: that of training, or the largest that fits.</summary>
    /// <exception cref="UserErrorException">It has not enough for a single image.</exception>
    public static int BatchToPredictIn(Device device, TrainingPlan plan)
    {
        if (IsPlenty(device, plan))
            return plan.Settings.BatchSize;
        var need = OfPrediction(device, plan);
        int most = Math.Min(need.MostImages(device, plan), plan.Settings.BatchSize);
        return most > 0
            ? most
            : throw new UserErrorException(
                $"Predicting needs {ByteCount.Text(need.At(1))} of memory for a single image, but {device.Name} has "
                + $"only {ByteCount.Text(device.FreeBytes)} left: see what else uses it");
    }

    /// <summary>Measures what training takes.</summary>
    public static MemoryNeed OfTraining(Device device, TrainingPlan plan) =>
        Measure(batch => BytesToTrain(device, plan, batch));

    /// <summary>The bytes that training with a batch size takes, measured in one step.</summary>
    public static long BytesToTrain(Device device, TrainingPlan plan, int batch)
    {
        long before = device.AllocatedBytes;
        using var network = plan.CreateNetwork(device, batch);
        using var optimizer = plan.CreateOptimizer(network);
        using var average = plan.CreateAverage(network);
        using var step = new TrainingStep(network, optimizer, new float[network.OutputShape.Count]);
        using var loop = LoopOfBlackImages(network, plan);
        int[] order = [.. Enumerable.Range(0, batch)];
        foreach (int _ in loop.Train(step, order, _ => new Pose(1), () => { }))
            loop.TakeResults();
        loop.Predict(order, [new Pose(1)]);
        return device.AllocatedBytes - before;
    }

    /// <summary>More bytes than the settings' batch size can take.</summary>
    public static double UpperBound(TrainingPlan plan)
    {
        var summary = plan.Network.Summary;
        double outputs = summary.Rows.Sum(row => (double)row.OutputShape.Count);
        int batch = Math.Max(plan.Settings.BatchSize, LargeBatch);
        double blocks = PlentyOfBlocks * (double)summary.ParameterCount;
        return sizeof(float) * (blocks + (PlentyOfOutputs * outputs * batch));
    }

    /// <summary>The bytes for a batch.</summary>
    public double At(int batch) => FixedBytes + (ImageBytes * batch);

    private int MostImages(Device device, TrainingPlan plan) =>
        (int)Math.Clamp(((Reserve * device.FreeBytes) - FixedBytes) / ImageBytes, 0, plan.MostImages);

    /// <summary>True if the layers' sizes alone show that the memory is enough.</summary>
    private static bool IsPlenty(Device device, TrainingPlan plan) => UpperBound(plan) < Reserve * device.FreeBytes;

    private static MemoryNeed OfPrediction(Device device, TrainingPlan plan) => Measure(batch =>
    {
        long before = device.AllocatedBytes;
        using var network = plan.CreatePredictor(device, batch);
        using var loop = LoopOfBlackImages(network, plan);
        loop.Predict([.. Enumerable.Range(0, batch)], [new Pose(1)]);
        return device.AllocatedBytes - before;
    });

    private static MemoryNeed Measure(Func<int, long> bytesAt)
    {
        long small = bytesAt(SmallBatch);
        double imageBytes = (bytesAt(LargeBatch) - small) / (double)(LargeBatch - SmallBatch);
        return new MemoryNeed(small - (SmallBatch * imageBytes), imageBytes);
    }

    private static BatchLoop LoopOfBlackImages(Sequential network, TrainingPlan plan) => new(
        network,
        new ImageBlock(new byte[network.MaxBatch * plan.CropShape.Count], plan.CropShape),
        new float[network.MaxBatch * network.OutputShape.Count],
        plan.Interpolation);
}
