using GalaxyNet.Kernels;
using GalaxyNet.Layers;

namespace GalaxyNet.Train;

/// <summary>
/// How much of a device's memory a network takes at work, workspaces and batches included. It is measured, on two small batches, where a
/// glance does not show that there is plenty: so no formula has to be kept in step with the operations.
/// </summary>
/// <param name="FixedBytes">Whatever the batch.</param>
/// <param name="ImageBytes">For each image of a batch.</param>
internal sealed record MemoryNeed(double FixedBytes, double ImageBytes)
{
    private const int SmallBatch = 8;
    private const int LargeBatch = 16;
    private const double Reserve = 0.95; // of what is free: other programs take memory, too
    private const int PlentyOfBlocks = 8; // as long as all parameters: values, gradients, moments, and operations' copies
    private const int PlentyOfOutputs = 4; // as long as the outputs of all layers

    /// <summary>Makes sure, before anything is allocated, that a device has the memory to train.</summary>
    /// <exception cref="UserErrorException">It has not: the message says how much there is, and which batch would fit.</exception>
    public static void RequireForTraining(Device device, TrainingSettings settings)
    {
        if (settings.BatchSize <= settings.MostImages && IsPlenty(device, settings))
            return;
        var need = OfTraining(device, settings);
        int most = need.MostImages(device, settings);
        if (settings.BatchSize > most)
            throw new UserErrorException(
                $"--batch-size {settings.BatchSize}: takes {ByteCount.Text(need.At(settings.BatchSize))} of memory where {device.Name} has "
                + $"{ByteCount.Text(device.FreeBytes)} left: " + (most > 0 ? $"{most} would fit" : "not even 1 would fit, so take another device"));
    }

    /// <summary>The batch to predict in: as in training, or the largest that the device has memory for.</summary>
    /// <exception cref="UserErrorException">It has not enough for a single image.</exception>
    public static int BatchToPredictIn(Device device, TrainingSettings settings)
    {
        if (IsPlenty(device, settings))
            return settings.BatchSize;
        var need = OfPrediction(device, settings);
        int most = Math.Min(need.MostImages(device, settings), settings.BatchSize);
        return most > 0
            ? most
            : throw new UserErrorException(
                $"Predicting takes {ByteCount.Text(need.At(1))} of memory for a single image where {device.Name} has "
                + $"{ByteCount.Text(device.FreeBytes)} left: see what else uses it");
    }

    /// <summary>Measures what training takes.</summary>
    public static MemoryNeed OfTraining(Device device, TrainingSettings settings) =>
        Measure(batch => BytesToTrain(device, settings with { BatchSize = batch }));

    /// <summary>The bytes that training takes, found by a step of it.</summary>
    public static long BytesToTrain(Device device, TrainingSettings settings)
    {
        long before = device.AllocatedBytes;
        using var network = settings.ToNetwork().Create(device, settings.BatchSize, settings.Seed);
        using var optimizer = settings.CreateOptimizer(network);
        using var step = new TrainingStep(network, optimizer, new float[network.OutputShape.Count]);
        using var loop = LoopOfBlackImages(network, settings);
        int[] order = [.. Enumerable.Range(0, settings.BatchSize)];
        foreach (int _ in loop.Train(step, order, _ => new Orientation(1), () => { }))
            loop.TakeResults();
        loop.Predict(order, [new Orientation(1)]);
        return device.AllocatedBytes - before;
    }

    /// <summary>True where a look at the layers' sizes shows that the memory is enough, so that measuring is not worth while.</summary>
    public static bool IsPlenty(Device device, TrainingSettings settings) =>
        UpperBound(settings) < Reserve * device.FreeBytes;

    /// <summary>More bytes than the settings' batch can take.</summary>
    public static double UpperBound(TrainingSettings settings)
    {
        var summary = settings.ToNetwork().Summary;
        double outputs = summary.Rows.Sum(row => (double)row.OutputShape.Count);
        int batch = Math.Max(settings.BatchSize, LargeBatch);
        return sizeof(float) * ((PlentyOfBlocks * (double)summary.ParameterCount) + (PlentyOfOutputs * outputs * batch));
    }

    /// <summary>The bytes for a batch.</summary>
    public double At(int batch) => FixedBytes + (ImageBytes * batch);

    private int MostImages(Device device, TrainingSettings settings) =>
        (int)Math.Clamp(((Reserve * device.FreeBytes) - FixedBytes) / ImageBytes, 0, settings.MostImages);

    private static MemoryNeed OfPrediction(Device device, TrainingSettings settings) => Measure(batch =>
    {
        long before = device.AllocatedBytes;
        using var network = settings.ToNetwork().Create(device, batch, settings.Seed);
        using var loop = LoopOfBlackImages(network, settings);
        loop.Predict([.. Enumerable.Range(0, batch)], [new Orientation(1)]);
        return device.AllocatedBytes - before;
    });

    private static MemoryNeed Measure(Func<int, long> bytesAt)
    {
        long small = bytesAt(SmallBatch);
        double imageBytes = (bytesAt(LargeBatch) - small) / (double)(LargeBatch - SmallBatch);
        return new MemoryNeed(small - (SmallBatch * imageBytes), imageBytes);
    }

    private static BatchLoop LoopOfBlackImages(Sequential network, TrainingSettings settings) => new(
        network,
        new byte[network.MaxBatch * network.InputShape.Count],
        new float[network.MaxBatch * network.OutputShape.Count],
        settings.ToInterpolation());
}
