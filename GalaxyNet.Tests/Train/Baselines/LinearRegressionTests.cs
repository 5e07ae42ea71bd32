namespace GalaxyNet.Tests;

[TestFixture]
internal sealed class LinearRegressionTests
{
    private const double Tolerance = 1e-9;

    [Test]
    public void AnExactRelationIsFound()
    {
        double[][] features = [[1, 2], [4, 1], [0, 5], [7, 7], [3, 3]];
        double[][] targets = [.. features.Select(Relation)];
        var regression = LinearRegression.Fit(features, targets);
        double[] unseen = [-11, 6];
        Assert.That(regression.Predict(unseen), Is.EqualTo(Relation(unseen)).Within(Tolerance));
        Assert.That(regression.ParameterCount, Is.EqualTo(6));

        static double[] Relation(double[] x) => [0.5 + (2 * x[0]) - (3 * x[1]), 4 + x[1]];
    }

    [Test]
    public void ResidualsAreOrthogonalToEveryFeatureAndToOne()
    {
        var random = new Random(3);
        double[][] features = [.. Enumerable.Range(0, 50).Select(_ => Row(random, 3))];
        double[][] targets = [.. Enumerable.Range(0, 50).Select(_ => Row(random, 1))];
        var regression = LinearRegression.Fit(features, targets);
        double[] residuals = [.. features.Select((row, i) => targets[i][0] - regression.Predict(row)[0])];
        Assert.That(residuals.Max(), Is.GreaterThan(1));
        Assert.That(residuals.Sum(), Is.Zero.Within(Tolerance));
        for (int feature = 0; feature < 3; feature++)
            Assert.That(residuals.Zip(features, (r, row) => r * row[feature]).Sum(), Is.Zero.Within(1e-6));
    }

    [Test]
    public void FeaturesThatFollowFromOthersDoNotMatter()
    {
        double[][] gray = [[10, 10, 10], [20, 20, 20], [50, 50, 50]];
        var regression = LinearRegression.Fit(gray, [[1], [2], [5]]);
        Assert.That(regression.Predict([30, 30, 30])[0], Is.EqualTo(3).Within(Tolerance));
    }

    [Test]
    public void WithoutAnyVarianceTheMeanIsSaid()
    {
        var regression = LinearRegression.Fit([[7, 7, 7], [7, 7, 7]], [[1], [2]]);
        Assert.That(regression.Predict([9, 8, 7])[0], Is.EqualTo(1.5).Within(Tolerance));
    }

    private static double[] Row(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => 255 * random.NextDouble())];
}
