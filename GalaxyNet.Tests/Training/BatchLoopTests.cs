using GalaxyNet.Kernels;
using GalaxyNet.Layers;
using GalaxyNet.Train;

namespace GalaxyNet.Tests;

/// <summary>Steps that queue up on a device give what steps one by one give.</summary>
[TestFixture]
internal sealed class BatchLoopTests
{
    private const int Pictures = 74; // 18 batches of 4 and one of 2: more than losses are kept

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void EveryDeviceTrainsOnTheSamePicturesInTheSameOrder(string name)
    {
        var expected = Losses(TestDevices.Get("cpu-128"));
        var actual = Losses(TestDevices.Get(name));
        Assert.That(actual.Select(result => result.Pictures), Is.EqualTo([.. Enumerable.Repeat(4, 18), 2]));
        Assert.That(
            RelativeDifference.Of([.. actual.Select(result => result.Loss)], [.. expected.Select(result => result.Loss)]),
            Is.LessThan(1e-4));
    }

    private static List<StepResult> Losses(Device device)
    {
        Shape picturesShape = SmallNetwork.InputShape.Batch(Pictures);
        byte[] pixels = [.. Values.Uniform(picturesShape, 1).Select(u => (byte)(256 * (u + 0.5f)))];
        float[] targets = Values.Between(0f, 1f)([Pictures, SmallNetwork.Outputs], 2);
        using var network = SmallNetwork.Create(device);
        using var optimizer = new SgdOptimizer(network, 0.01f, momentum: 0f);
        using var step = new TrainingStep(network, optimizer, [0.2f, 0.3f, 0.5f]);
        using var loop = new BatchLoop(network, pixels, targets);
        int[] order = [.. Enumerable.Range(0, Pictures).Reverse()];
        var results = new List<StepResult>();
        int steps = 0;
        foreach (int _ in loop.Train(step, order, picture => new Orientation(picture), () => { }))
        {
            if (++steps == 5)
                results.AddRange(loop.TakeResults(step));
        }
        results.AddRange(loop.TakeResults(step));
        return results;
    }
}
