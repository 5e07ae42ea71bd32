namespace GalaxyNet.Train;

/// <summary>Linear least squares with an intercept: target = intercept + features * coefficients.</summary>
/// <remarks>
/// With the means taken off, the coefficients solve the normal equations X^T X b = X^T Y, in double precision and by
/// Gaussian elimination. A feature that depends on earlier ones, as in gray images, gets 0.
/// </remarks>
internal sealed class LinearRegression
{
    private const double Nothing = 1e-12; // of a feature's own variance

    private readonly double[] featureMeans;
    private readonly double[] targetMeans;
    private readonly double[][] coefficients; // [features][targets]

    private LinearRegression(double[] featureMeans, double[] targetMeans, double[][] coefficients)
    {
        this.featureMeans = featureMeans;
        this.targetMeans = targetMeans;
        this.coefficients = coefficients;
    }

    /// <summary>The numbers that were fitted.</summary>
    public int ParameterCount => (featureMeans.Length + 1) * targetMeans.Length;

    /// <summary>Fits targets to features, row by row.</summary>
    /// <param name="features">[rows][features]; at least one row.</param>
    /// <param name="targets">[rows][targets], with as many rows.</param>
    public static LinearRegression Fit(double[][] features, double[][] targets)
    {
        double[] featureMeans = Means(features);
        double[] targetMeans = Means(targets);
        int count = featureMeans.Length;
        var system = new double[count][]; // each row is one of X^T X, then one of X^T Y
        for (int i = 0; i < count; i++)
            system[i] = new double[count + targetMeans.Length];
        for (int row = 0; row < features.Length; row++)
        {
            double[] values =
                [.. features[row].Zip(featureMeans, Minus), .. targets[row].Zip(targetMeans, Minus)];
            for (int i = 0; i < count; i++)
                AddScaled(system[i], values, values[i]);
        }
        Solve(system);
        return new LinearRegression(featureMeans, targetMeans, Array.ConvertAll(system, row => row[count..]));
    }

    /// <summary>The targets for one row of features.</summary>
    public double[] Predict(double[] features)
    {
        double[] prediction = [.. targetMeans];
        for (int i = 0; i < features.Length; i++)
            AddScaled(prediction, coefficients[i], features[i] - featureMeans[i]);
        return prediction;
    }

    /// <summary>
    /// Gauss-Jordan elimination. X^T X is positive semidefinite, so the diagonal serves as pivots in its own order.
    /// </summary>
    private static void Solve(double[][] system)
    {
        double[] variances = [.. system.Select((row, i) => row[i])];
        for (int pivot = 0; pivot < system.Length; pivot++)
        {
            double[] row = system[pivot];
            double diagonal = row[pivot];
            double scale = diagonal > Nothing * variances[pivot] ? 1 / diagonal : 0;
            for (int i = 0; i < row.Length; i++)
                row[i] *= scale;
            for (int other = 0; other < system.Length; other++)
            {
                if (other != pivot)
                    AddScaled(system[other], row, -system[other][pivot]);
            }
        }
    }

    private static double[] Means(double[][] rows)
    {
        var sums = new double[rows[0].Length];
        foreach (double[] row in rows)
            AddScaled(sums, row, 1);
        return Array.ConvertAll(sums, sum => sum / rows.Length);
    }

    private static void AddScaled(double[] target, double[] source, double factor)
    {
        for (int i = 0; i < target.Length; i++)
            target[i] += factor * source[i];
    }

    private static double Minus(double value, double mean) => value - mean;
}
