namespace GalaxyNet.Tests;

/// <summary>
/// What a network says of an image does not depend on those that are predicted with it, nor on their number: so
/// processes may share images out in any way.
/// </summary>
[TestFixture]
internal sealed class PredictionBatchTests
{
    private const int Images = 21;
    private const int Outputs = DecisionTree.ClassCount;

    private static IEnumerable<TestCaseData> Cases =>
        from name in TestDevices.Names
        where name.StartsWith("cpu", StringComparison.Ordinal)
        from attempt in Enumerable.Range(1, 5)
        select new TestCaseData(attempt, name).InDefaultTier(TestDevices.IsQuick(name) && attempt >= 4);

    [TestCaseSource(nameof(Cases))]
    public void APredictionDoesNotDependOnItsBatch(int attempt, string name)
    {
        var plan = new TrainingPlan(new TrainingSettings { Attempt = attempt });
        var images = ImagesOf(plan.CropShape);
        int[] all = [.. Enumerable.Range(0, Images)];
        float[] expected = Predict(plan, TestDevices.Get(name), images, maxBatch: Images, all);
        foreach (int maxBatch in new[] { 1, 2, 5, 8, 16 })
        {
            int[] order = [.. all.Reverse().Where(image => image % maxBatch != 1)];
            float[] predictions = Predict(plan, TestDevices.Get(name), images, maxBatch, order);
            for (int i = 0; i < order.Length; i++)
            {
                Assert.That(
                    predictions.AsSpan(i * Outputs, Outputs).SequenceEqual(
                        expected.AsSpan(order[i] * Outputs, Outputs)),
                    $"image {order[i]} in batches of {maxBatch}");
            }
        }
    }

    private static ImageBlock ImagesOf(Shape shape)
    {
        float[] values = Values.Uniform(shape.Batch(Images), 1);
        return new ImageBlock(Array.ConvertAll(values, value => (byte)(256 * (value + 0.5f))), shape);
    }

    private static float[] Predict(TrainingPlan plan, Device device, ImageBlock images, int maxBatch, int[] order)
    {
        using var network = plan.CreatePredictor(device, maxBatch);
        using var loop = new BatchLoop(network, images, targets: []);
        return loop.Predict(order, [Pose.AsIs, new Pose(90)]);
    }
}
