namespace GalaxyNet.Tests;

/// <summary>The figure of a run's losses.</summary>
[TestFixture]
internal sealed class LossFigureTests
{
    [TestCase(1, 1)]
    [TestCase(6, 2)]
    [TestCase(200, 4)]
    public void EveryLengthOfRunGivesAnImage(int batches, int epochs)
    {
        float[] losses = [.. Enumerable.Range(0, batches).Select(batch => 1f / (batch + 1))];
        double[] means = [.. losses.Chunk(batches / epochs).Select(epoch => (double)epoch.Average())];
        using var folder = new TemporaryFolder();
        LossFigure.Write(folder.Path("loss.png"), "Loss", "MSE", losses, means);
        var image = ImageFile.Read(folder.Path("loss.png"));
        Assert.That(image.Pixels.Distinct().Count(), Is.GreaterThan(20));
    }
}
