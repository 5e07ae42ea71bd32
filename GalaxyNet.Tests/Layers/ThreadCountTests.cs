namespace GalaxyNet.Tests;

/// <summary>On a processor the number of threads makes no difference to any bit.</summary>
[TestFixture]
internal sealed class ThreadCountTests
{
    private static readonly int[] ThreadCounts = [2, 3, 8];
    private static readonly float[] EqualWeights =
        [.. Enumerable.Repeat(1f / GalaxyZooNetworks.Classes, GalaxyZooNetworks.Classes)];

    private readonly Dictionary<int, Device> devices = [];

    private static IEnumerable<OperationCase> Cases =>
        OperationCatalogue.All.Where(each => !each.IsBenchmark && TestDevices.Runs("cpu-512", each));

    [OneTimeTearDown]
    public void CloseTheDevices()
    {
        foreach (var device in devices.Values)
            device.Dispose();
    }

    [TestCaseSource(nameof(Cases))]
    public void AnOperationGivesTheSameBits(OperationCase operationCase)
    {
        var expected = AgreementTests.Results(On(1), operationCase);
        foreach (int threads in ThreadCounts)
            Assert.That(
                AgreementTests.Results(On(threads), operationCase), Is.EqualTo(expected), $"{threads} threads");
    }

    [TestCase(1, 1, Category = ExhaustiveAttribute.Name)]
    [TestCase(1, 19)]
    [TestCase(2, 1, Category = ExhaustiveAttribute.Name)]
    [TestCase(2, 19, Category = ExhaustiveAttribute.Name)]
    [TestCase(4, 1, Category = ExhaustiveAttribute.Name)]
    [TestCase(4, 19, Category = ExhaustiveAttribute.Name)]
    public void TrainingGivesTheSameBits(int attempt, int batch)
    {
        var expected = Train(On(1), attempt, batch);
        foreach (int threads in ThreadCounts)
        {
            var (loss, values) = Train(On(threads), attempt, batch);
            Assert.That(loss, Is.EqualTo(expected.Loss), $"{threads} threads");
            Assert.That(values.AsSpan().SequenceEqual(expected.Values), $"{threads} threads");
        }
    }

    private static (float Loss, float[] Values) Train(Device device, int attempt, int batch)
    {
        const int Steps = 2;
        var described = GalaxyZooNetworks.Attempt(attempt);
        using var network = described.Create(device, batch, seed: 7);
        using var optimizer = new AdamOptimizer(network);
        using var training = new TrainingStep(network, optimizer, EqualWeights);
        var inputShape = described.InputShape.Batch(batch);
        var targetShape = network.OutputShape.Batch(batch);
        using var input = device.Allocate(inputShape, Values.Between(0, 1)(inputShape, 1));
        using var target = device.Allocate(targetShape, Values.Between(0, 1)(targetShape, 2));
        for (int step = 0; step < Steps; step++)
            training.Run(input, target);
        float[] output = network.Forward(input, Mode.Evaluation).ToArray();
        float[] values = [.. network.Values.Flat.ToArray(), .. network.Statistics.Flat.ToArray(), .. output];
        return (training.ReadLoss(), values);
    }

    private Device On(int threads)
    {
        if (!devices.TryGetValue(threads, out var device))
            devices.Add(threads, device = Device.OpenCpu(threads));
        return device;
    }
}
