using System.Text.Json;

namespace GalaxyNet.Tests;

/// <summary>The labels of the sample's real galaxies against pandas.</summary>
[TestFixture]
internal sealed class GoldenExplorationTests
{
    private const double Rounding = 1e-6; // of the numbers in the file

    private readonly JsonElement golden = GoldenFolder.ReadJson("explore.json");
    private Labels labels = null!;

    [OneTimeSetUp]
    public void ReadLabels() => labels = Labels.Load(GalaxyFolder.LabelsPath(SampleFolder.Find()));

    [Test]
    public void TheMeanOfEachClassIsPandas() =>
        Assert.That(labels.Means(), Is.EqualTo(Numbers("class_mean")).Within(Rounding));

    /// <summary>The file's counts have those with exactly a half, which the notebook calls above.</summary>
    [Test]
    public void TheCountOfEachClassIsPandas() => Assert.That(
        Enumerable.Range(0, DecisionTree.ClassCount)
            .Select(index => labels.CountAboveHalf(index) + labels.Column(index).Count(vote => vote == 0.5)),
        Is.EqualTo(Numbers("class_count_ge_half")));

    [TestCase("corr_6_1_vs_6_2", "Class6.1", "Class6.2")]
    [TestCase("corr_1_1_vs_1_2", "Class1.1", "Class1.2")]
    public void TheCorrelationIsPandas(string name, string one, string other)
    {
        double[,] matrix = Correlation.Matrix(
            [labels.Column(DecisionTree.IndexOf(one)), labels.Column(DecisionTree.IndexOf(other))]);
        Assert.That(matrix[0, 1], Is.EqualTo(golden.GetProperty(name).GetDouble()).Within(Rounding));
    }

    private double[] Numbers(string name)
    {
        var numbers = golden.GetProperty(name).EnumerateObject().ToList();
        Assert.That(numbers.Select(number => number.Name), Is.EqualTo(DecisionTree.ClassNames));
        return [.. numbers.Select(number => number.Value.GetDouble())];
    }
}
