namespace GalaxyNet.Kernels;

/// <summary>The fully connected layer and its gradients as the plain sums of <see cref="Dense"/>, in float64.</summary>
internal sealed class DenseReference : IReference
{
    /// <summary>y[n, o] = b[o] + sum over i of x[n, i] w[o, i].</summary>
    public static double[,] Forward(double[,] x, double[,] w, double[] b)
    {
        var y = new double[x.GetLength(0), w.GetLength(0)];
        for (int n = 0; n < x.GetLength(0); n++)
            for (int o = 0; o < w.GetLength(0); o++)
            {
                double sum = b[o];
                for (int i = 0; i < w.GetLength(1); i++)
                    sum += x[n, i] * w[o, i];
                y[n, o] = sum;
            }
        return y;
    }

    /// <summary>
    /// dx[n, i] = sum over o of dy[n, o] w[o, i]; dw[o, i] = sum over n of dy[n, o] x[n, i];
    /// db[o] = sum over n of dy[n, o].
    /// </summary>
    public static (double[,] Dx, double[,] Dw, double[] Db) Backward(double[,] x, double[,] w, double[,] dy)
    {
        var dx = new double[x.GetLength(0), x.GetLength(1)];
        var dw = new double[w.GetLength(0), w.GetLength(1)];
        var db = new double[w.GetLength(0)];
        for (int n = 0; n < x.GetLength(0); n++)
            for (int o = 0; o < w.GetLength(0); o++)
            {
                db[o] += dy[n, o];
                for (int i = 0; i < w.GetLength(1); i++)
                {
                    dx[n, i] += dy[n, o] * w[o, i];
                    dw[o, i] += dy[n, o] * x[n, i];
                }
            }
        return (dx, dw, db);
    }

    Array IReference.Forward(Array[] arguments) =>
        Forward((double[,])arguments[0], (double[,])arguments[1], (double[])arguments[2]);

    Array?[] IReference.Backward(Array[] arguments, Array outputGradient)
    {
        var (dx, dw, db) = Backward((double[,])arguments[0], (double[,])arguments[1], (double[,])outputGradient);
        return [dx, dw, db];
    }
}
