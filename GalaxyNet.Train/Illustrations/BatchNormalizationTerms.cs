namespace GalaxyNet.Train;

/// <summary>
/// The three terms of a batch normalization's gradient, from what <see cref="BatchNorm2dReference"/> gives.
/// </summary>
internal sealed class BatchNormalizationTerms
{
    private readonly double[] dy;
    private readonly double[] normalized;
    private readonly double dw;
    private readonly double db;

    /// <summary>Works them out for a channel.</summary>
    /// <param name="x">Its elements.</param>
    /// <param name="w">The weight.</param>
    /// <param name="dy">The gradient that comes back.</param>
    public BatchNormalizationTerms(double[] x, double w, double[] dy)
    {
        this.dy = dy;
        var reference = new BatchNorm2dReference(momentum: 0, epsilon: 0, isTraining: true);
        var (dx, allDw, allDb) = reference.Backward(Row(x), [w], Row(dy));
        (Dx, dw, db) = ([.. dx.Cast<double>()], allDw[0], allDb[0]);
        normalized = [.. reference.Forward(Row(x), [1], [0], [0], [1]).Cast<double>()];
        Factor = w * (normalized[1] - normalized[0]) / (x[1] - x[0]);
    }

    /// <summary>The gradient with respect to the elements.</summary>
    public double[] Dx { get; }

    /// <summary>w / sigma, which all terms have in common.</summary>
    public double Factor { get; }

    /// <summary>What comes through the element itself, the mean and the variance.</summary>
    public (double Own, double Mean, double Variance) Of(int j) =>
        (dy[j], -db / dy.Length, -normalized[j] * dw / dy.Length);

    private static double[,,,] Row(double[] values) => Matrix.ToImage(Matrix.Of(1, values.Length, (_, j) => values[j]));
}
