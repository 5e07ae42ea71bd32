namespace GalaxyNet.Kernels;

/// <summary>Batch normalization and its gradients as the plain sums of <see cref="BatchNorm2d"/>, in float64.</summary>
internal sealed class BatchNorm2dReference(double momentum, double epsilon, bool isTraining) : IReference
{
    /// <summary>What is added to the variance.</summary>
    public double Epsilon => epsilon;

    /// <summary>False where the running statistics stand for those of the batch.</summary>
    public bool IsTraining => isTraining;

    /// <summary>
    /// y = w (x - mu) / sqrt(v + epsilon) + b for each channel, with the mean mu and the variance v of the channel's m
    /// elements in training, which move the running ones; in evaluation with the running ones.
    /// </summary>
    public double[,,,] Forward(double[,,,] x, double[] w, double[] b, double[] runningMean, double[] runningVariance)
    {
        var y = new double[x.GetLength(0), x.GetLength(1), x.GetLength(2), x.GetLength(3)];
        double m = x.GetLength(0) * x.GetLength(2) * x.GetLength(3);
        for (int c = 0; c < x.GetLength(1); c++)
        {
            var (mu, v) = isTraining ? Moments(x, c) : (runningMean[c], runningVariance[c]);
            for (int n = 0; n < x.GetLength(0); n++)
                for (int i = 0; i < x.GetLength(2); i++)
                    for (int j = 0; j < x.GetLength(3); j++)
                        y[n, c, i, j] = (w[c] * (x[n, c, i, j] - mu) / Math.Sqrt(v + epsilon)) + b[c];
            if (!isTraining)
                continue;
            runningMean[c] = ((1 - momentum) * runningMean[c]) + (momentum * mu);
            runningVariance[c] = ((1 - momentum) * runningVariance[c]) + (momentum * v * m / (m - 1));
        }
        return y;
    }

    /// <summary>
    /// In training, with z = (x - mu) / sqrt(v + epsilon): db = sum(dy), dw = sum(dy z), and
    /// dx = w / sqrt(v + epsilon) (dy - db / m - z dw / m).
    /// </summary>
    public (double[,,,] Dx, double[] Dw, double[] Db) Backward(double[,,,] x, double[] w, double[,,,] dy)
    {
        var dx = new double[x.GetLength(0), x.GetLength(1), x.GetLength(2), x.GetLength(3)];
        double[] dw = new double[w.Length], db = new double[w.Length];
        double m = x.GetLength(0) * x.GetLength(2) * x.GetLength(3);
        for (int c = 0; c < x.GetLength(1); c++)
        {
            var (mu, v) = Moments(x, c);
            double sigma = Math.Sqrt(v + epsilon);
            for (int n = 0; n < x.GetLength(0); n++)
                for (int i = 0; i < x.GetLength(2); i++)
                    for (int j = 0; j < x.GetLength(3); j++)
                    {
                        db[c] += dy[n, c, i, j];
                        dw[c] += dy[n, c, i, j] * (x[n, c, i, j] - mu) / sigma;
                    }
            for (int n = 0; n < x.GetLength(0); n++)
                for (int i = 0; i < x.GetLength(2); i++)
                    for (int j = 0; j < x.GetLength(3); j++)
                    {
                        double z = (x[n, c, i, j] - mu) / sigma;
                        dx[n, c, i, j] = w[c] / sigma * (dy[n, c, i, j] - (db[c] / m) - (z * dw[c] / m));
                    }
        }
        return (dx, dw, db);
    }

    /// <summary>In evaluation mu and v do not depend on x: dx = w / sqrt(v + epsilon) dy.</summary>
    public double[,,,] BackwardEvaluation(double[] w, double[] runningVariance, double[,,,] dy)
    {
        var dx = new double[dy.GetLength(0), dy.GetLength(1), dy.GetLength(2), dy.GetLength(3)];
        for (int n = 0; n < dy.GetLength(0); n++)
            for (int c = 0; c < dy.GetLength(1); c++)
                for (int i = 0; i < dy.GetLength(2); i++)
                    for (int j = 0; j < dy.GetLength(3); j++)
                        dx[n, c, i, j] = w[c] / Math.Sqrt(runningVariance[c] + epsilon) * dy[n, c, i, j];
        return dx;
    }

    /// <summary>mu = sum(x) / m and v = sum((x - mu)^2) / m of one channel.</summary>
    private static (double Mu, double V) Moments(double[,,,] x, int c)
    {
        double mu = 0, v = 0, m = x.GetLength(0) * x.GetLength(2) * x.GetLength(3);
        for (int n = 0; n < x.GetLength(0); n++)
            for (int i = 0; i < x.GetLength(2); i++)
                for (int j = 0; j < x.GetLength(3); j++)
                    mu += x[n, c, i, j] / m;
        for (int n = 0; n < x.GetLength(0); n++)
            for (int i = 0; i < x.GetLength(2); i++)
                for (int j = 0; j < x.GetLength(3); j++)
                    v += (x[n, c, i, j] - mu) * (x[n, c, i, j] - mu) / m;
        return (mu, v);
    }

    Array IReference.Forward(Array[] arguments) => Forward(
        (double[,,,])arguments[0],
        (double[])arguments[1],
        (double[])arguments[2],
        (double[])arguments[3],
        (double[])arguments[4]);

    Array?[] IReference.Backward(Array[] arguments, Array outputGradient)
    {
        if (!isTraining)
            return
            [
                BackwardEvaluation((double[])arguments[1], (double[])arguments[4], (double[,,,])outputGradient),
                null, null, null, null,
            ];
        var (dx, dw, db) = Backward((double[,,,])arguments[0], (double[])arguments[1], (double[,,,])outputGradient);
        return [dx, dw, db, null, null];
    }
}
