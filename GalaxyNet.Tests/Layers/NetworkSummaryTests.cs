namespace GalaxyNet.Tests;

/// <summary>The four attempts have the notebook's layers.</summary>
[TestFixture]
internal sealed class NetworkSummaryTests
{
    [TestCase(1, 4096, 2_169_349)]
    [TestCase(2, 21_600, 60_340_391)]
    [TestCase(3, 21_600, 60_340_391)]
    [TestCase(4, 8192, 8_942_021)]
    public void AnAttemptHasTheNotebooksSize(int number, int flattened, int parameters)
    {
        var summary = GalaxyZooNetworks.Attempt(number).Summary;
        Assert.Multiple(() =>
        {
            Assert.That(
                summary.Rows.Single(row => row.Type == "Flatten").OutputShape, Is.EqualTo(Shape.Create([flattened])));
            Assert.That(summary.Rows[^1].OutputShape, Is.EqualTo(Shape.Create([GalaxyZooNetworks.Classes])));
            Assert.That(summary.ParameterCount, Is.EqualTo(parameters));
        });
    }

    [Test]
    public void OnlyTheThirdAndFourthAttemptWeightTheirLoss() =>
        Assert.That(
            Enumerable.Range(1, 5).Select(number => GalaxyZooNetworks.Attempt(number).WeightsClasses),
            Is.EqualTo((bool[])[false, false, true, true, false]));

    [TestCase(0)]
    [TestCase(6)]
    public void AnotherAttemptIsAnError(int number) =>
        Assert.That(
            () => GalaxyZooNetworks.Attempt(number),
            Throws.ArgumentException.With.Message.EqualTo(
                $"There is no attempt {number}: there are 1 to 5."));

    [Test]
    public void TheTableEndsWithTheTotal() =>
        Assert.That(
            GalaxyZooNetworks.Attempt(4).Summary.ToString().TrimEnd(),
            Does.EndWith("8,942,021").And.Contain("conv2_bn     BatchNorm2d  96x32x32              192"));
}
