namespace GalaxyNet.Kernels;

/// <summary>What goes wrong in the backward pass of <see cref="BatchNorm2dReference"/>.</summary>
internal static class BatchNorm2dMistakes
{
    public static IEnumerable<Mistake> All =>
    [
        Of("mean-term-left-out", "dx treats the mean as a constant: db / m is missing.", Change.MeanTermLeftOut),
        Of(
            "variance-term-left-out",
            "dx treats the variance as a constant: z dw / m is missing.",
            Change.VarianceTermLeftOut),
        Of(
            "both-terms-left-out",
            "dx is w dy / sigma alone, as in evaluation: it treats mean and variance as constants.",
            Change.BothTermsLeftOut),
        Of("sums-not-divided", "dx subtracts db and z dw whole, without dividing them by m.", Change.SumsNotDivided),
        Of(
            "running-statistics",
            "The running mean and variance stand for those of the batch, in training too.",
            Change.RunningStatistics),
        Of(
            "statistics-per-image",
            "The mean and the variance are those of each image, not those of the whole batch.",
            Change.StatisticsPerImage),
        Of(
            "unbiased-variance",
            "The variance is a sum divided by m - 1, where the forward pass has m.",
            Change.UnbiasedVariance),
        Of("no-square-root", "The variance stands where its square root should.", Change.NoSquareRoot),
        Of("weight-left-out", "dx is not multiplied by w.", Change.WeightLeftOut),
        Of("input-not-normalized", "dw is the sum of dy x, where x should be z.", Change.InputNotNormalized),
    ];

    private enum Change
    {
        MeanTermLeftOut,
        VarianceTermLeftOut,
        BothTermsLeftOut,
        SumsNotDivided,
        RunningStatistics,
        StatisticsPerImage,
        UnbiasedVariance,
        NoSquareRoot,
        WeightLeftOut,
        InputNotNormalized,
    }

    private static Mistake Of(string name, string description, Change change) => new(
        name,
        description,
        (reference, arguments, outputGradient) =>
        {
            var (settings, dy) = ((BatchNorm2dReference)reference, (double[,,,])outputGradient);
            var (x, w) = ((double[,,,])arguments[0], (double[])arguments[1]);
            double[] runningMean = (double[])arguments[3], runningVariance = (double[])arguments[4];
            if (!settings.IsTraining)
                return [Evaluation(change, settings.Epsilon, w, runningVariance, dy), null, null, null, null];
            var (z, sigma) = Normalized(change, settings.Epsilon, x, runningMean, runningVariance);
            return Training(change, x, z, sigma, w, dy);
        });

    private static Array?[] Training(
        Change change, double[,,,] x, double[,,,] z, double[,] sigma, double[] w, double[,,,] dy)
    {
        var dx = new double[x.GetLength(0), x.GetLength(1), x.GetLength(2), x.GetLength(3)];
        double[] dw = new double[w.Length], db = new double[w.Length];
        double m = change == Change.SumsNotDivided ? 1 : x.GetLength(0) * x.GetLength(2) * x.GetLength(3);
        var factor = change == Change.InputNotNormalized ? x : z;
        for (int c = 0; c < x.GetLength(1); c++)
        {
            for (int n = 0; n < x.GetLength(0); n++)
                for (int i = 0; i < x.GetLength(2); i++)
                    for (int j = 0; j < x.GetLength(3); j++)
                    {
                        db[c] += dy[n, c, i, j];
                        dw[c] += dy[n, c, i, j] * factor[n, c, i, j];
                    }
            double meanTerm = change is Change.MeanTermLeftOut or Change.BothTermsLeftOut ? 0 : db[c] / m;
            double varianceTerm = change is Change.VarianceTermLeftOut or Change.BothTermsLeftOut ? 0 : dw[c] / m;
            for (int n = 0; n < x.GetLength(0); n++)
                for (int i = 0; i < x.GetLength(2); i++)
                    for (int j = 0; j < x.GetLength(3); j++)
                        dx[n, c, i, j] = Weight(change, w[c]) / sigma[n, c]
                            * (dy[n, c, i, j] - meanTerm - (z[n, c, i, j] * varianceTerm));
        }
        return [dx, dw, db, null, null];
    }

    /// <summary>z = (x - mu) / sigma, and the sigma of each image and channel.</summary>
    private static (double[,,,] Z, double[,] Sigma) Normalized(
        Change change, double epsilon, double[,,,] x, double[] runningMean, double[] runningVariance)
    {
        var z = new double[x.GetLength(0), x.GetLength(1), x.GetLength(2), x.GetLength(3)];
        var sigma = new double[x.GetLength(0), x.GetLength(1)];
        for (int n = 0; n < x.GetLength(0); n++)
            for (int c = 0; c < x.GetLength(1); c++)
            {
                var (mu, v) = change switch
                {
                    Change.RunningStatistics => (runningMean[c], runningVariance[c]),
                    Change.StatisticsPerImage => Moments(x, c, n, n + 1, isUnbiased: false),
                    _ => Moments(x, c, 0, x.GetLength(0), change == Change.UnbiasedVariance),
                };
                sigma[n, c] = Sigma(change, v + epsilon);
                for (int i = 0; i < x.GetLength(2); i++)
                    for (int j = 0; j < x.GetLength(3); j++)
                        z[n, c, i, j] = (x[n, c, i, j] - mu) / sigma[n, c];
            }
        return (z, sigma);
    }

    private static double[,,,] Evaluation(
        Change change, double epsilon, double[] w, double[] runningVariance, double[,,,] dy)
    {
        var dx = new double[dy.GetLength(0), dy.GetLength(1), dy.GetLength(2), dy.GetLength(3)];
        for (int n = 0; n < dy.GetLength(0); n++)
            for (int c = 0; c < dy.GetLength(1); c++)
                for (int i = 0; i < dy.GetLength(2); i++)
                    for (int j = 0; j < dy.GetLength(3); j++)
                        dx[n, c, i, j] =
                            Weight(change, w[c]) / Sigma(change, runningVariance[c] + epsilon) * dy[n, c, i, j];
        return dx;
    }

    private static double Weight(Change change, double w) => change == Change.WeightLeftOut ? 1 : w;

    private static double Sigma(Change change, double v) => change == Change.NoSquareRoot ? v : Math.Sqrt(v);

    /// <summary>The mean and the variance of one channel over some images.</summary>
    private static (double Mu, double V) Moments(double[,,,] x, int c, int firstImage, int endImage, bool isUnbiased)
    {
        double mu = 0, v = 0, m = (endImage - firstImage) * x.GetLength(2) * x.GetLength(3);
        for (int n = firstImage; n < endImage; n++)
            for (int i = 0; i < x.GetLength(2); i++)
                for (int j = 0; j < x.GetLength(3); j++)
                    mu += x[n, c, i, j] / m;
        for (int n = firstImage; n < endImage; n++)
            for (int i = 0; i < x.GetLength(2); i++)
                for (int j = 0; j < x.GetLength(3); j++)
                    v += (x[n, c, i, j] - mu) * (x[n, c, i, j] - mu) / (isUnbiased ? m - 1 : m);
        return (mu, v);
    }
}
