namespace GalaxyNet.Tests;

[TestFixture]
internal sealed class CorrelationTests
{
    private const double Tolerance = 1e-12;

    // What pandas 1.5 gives for the same columns.
    [Test]
    public void TheMatrixIsThatOfPandas()
    {
        double[,] matrix = Correlation.Matrix(
        [
            [1, 2, 4, double.NaN, 3],
            [2, 1, 5, 7, 3],
            [0, 9, double.NaN, 2, 1],
            [5, 5, 5, 5, 5],
        ]);
        const double ab = 0.8315218406202999, ac = 0.10136060675992288, bc = -0.4035982733672931;
        double[,] expected =
        {
            { 1, ab, ac, double.NaN },
            { ab, 1, bc, double.NaN },
            { ac, bc, 1, double.NaN },
            { double.NaN, double.NaN, double.NaN, double.NaN },
        };
        Assert.That(matrix, Is.EqualTo(expected).Within(Tolerance));
    }

    [Test]
    public void ColumnsAreTakenFromAMatrix() =>
        Assert.That(
            Correlation.ColumnsOf(new double[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } }),
            Is.EqualTo(new double[][] { [1, 3, 5], [2, 4, 6] }));
}
