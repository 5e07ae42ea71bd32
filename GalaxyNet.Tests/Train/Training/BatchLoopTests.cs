namespace GalaxyNet.Tests;

/// <summary>Steps that queue up on a device give what steps one by one give.</summary>
[TestFixture]
internal sealed class BatchLoopTests
{
    private const int Images = 98; // 24 batches of 4 and one of 2: half as many again as losses are kept
    private const int Never = int.MaxValue;

    private static readonly Shape ImagesShape = SmallNetwork.InputShape.Batch(Images);
    private static readonly ImageBlock Block = new(
        (byte[])[.. Values.Uniform(ImagesShape, 1).Select(u => (byte)(256 * (u + 0.5f)))], SmallNetwork.InputShape);
    private static readonly float[] Targets = Values.Between(0f, 1f)([Images, SmallNetwork.Outputs], 2);
    private static readonly int[] Order = [.. Enumerable.Range(0, Images).Reverse()];

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.SlowlyTested))]
    public void EveryDeviceTrainsOnTheSameImagesInTheSameOrder(string name)
    {
        var (expected, _) = Train(TestDevices.Get("cpu-128"), readEvery: 5);
        var (actual, _) = Train(TestDevices.Get(name), Never);
        Assert.That(actual.Select(result => result.Images), Is.EqualTo([.. Enumerable.Repeat(4, 24), 2]));
        Assert.That(
            RelativeDifference.Of(
                [.. actual.Select(result => result.Loss)], [.. expected.Select(result => result.Loss)]),
            Is.LessThan(1e-4));
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.SlowlyTested))]
    public void AQueueChangesNoBit(string name)
    {
        var device = TestDevices.Get(name);
        var (losses, predictions) = Train(device, readEvery: 1); // which waits for each step
        foreach (int readEvery in new[] { 5, Never })
        {
            var (queued, queuedPredictions) = Train(device, readEvery);
            Assert.That(queued, Is.EqualTo(losses));
            Assert.That(queuedPredictions, Is.EqualTo(predictions));
        }
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.SlowlyTested))]
    public void StoppingEarlyLosesNothing(string name)
    {
        using var network = SmallNetwork.Create(TestDevices.Get(name));
        using var optimizer = new SgdOptimizer(network, 0.01f, momentum: 0f);
        using var step = CreateStep(network, optimizer);
        using var loop = new BatchLoop(network, Block, Targets);
        Assert.That(loop.Train(step, Order, image => new Pose(image), () => { }).Take(9).Count(), Is.EqualTo(9));
        float[] predictions = loop.Predict(Order[..6], [Pose.AsIs]); // with steps whose losses are not read yet
        Assert.That(loop.TakeResults(), Has.Count.EqualTo(9));
        Assert.That(loop.Predict(Order[..6], [Pose.AsIs]), Is.EqualTo(predictions));
    }

    private static (List<StepResult> Losses, float[] Predictions) Train(Device device, int readEvery)
    {
        using var network = SmallNetwork.Create(device);
        using var optimizer = new SgdOptimizer(network, 0.01f, momentum: 0f);
        using var step = CreateStep(network, optimizer);
        using var loop = new BatchLoop(network, Block, Targets);
        var results = new List<StepResult>();
        int steps = 0;
        foreach (int _ in loop.Train(step, Order, image => new Pose(image), () => { }))
        {
            if (++steps % readEvery == 0)
                results.AddRange(loop.TakeResults());
        }
        float[] predictions = loop.Predict(Order[..6], [Pose.AsIs]);
        results.AddRange(loop.TakeResults());
        return (results, predictions);
    }

    private static TrainingStep CreateStep(Sequential network, Optimizer optimizer) =>
        new(network, optimizer, [0.2f, 0.3f, 0.5f]);
}
