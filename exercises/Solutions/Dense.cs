namespace GalaxyNet.Exercises.Solutions;

/// <summary>The backward pass of the dense layer: docs/01-dense.md.</summary>
public static class Dense
{
    /// <inheritdoc cref="Exercises.Dense.Backward"/>
    public static (double[,] Dx, double[,] Dw, double[] Db) Backward(double[,] x, double[,] w, double[,] dy)
    {
        int batch = x.GetLength(0), inFeatures = x.GetLength(1), outFeatures = w.GetLength(0);

        // x[n, i] is in every output of its own row, and in none of the other rows: a sum over o.
        var dx = new double[batch, inFeatures];
        for (int n = 0; n < batch; n++)
            for (int i = 0; i < inFeatures; i++)
                for (int o = 0; o < outFeatures; o++)
                    dx[n, i] += dy[n, o] * w[o, i];

        // w[o, i] is in output o of every row: a sum over n. All rows share the weight, so all feel a change in it.
        var dw = new double[outFeatures, inFeatures];
        for (int o = 0; o < outFeatures; o++)
            for (int i = 0; i < inFeatures; i++)
                for (int n = 0; n < batch; n++)
                    dw[o, i] += dy[n, o] * x[n, i];

        // b[o] is there too, with 1 in place of x[n, i].
        var db = new double[outFeatures];
        for (int o = 0; o < outFeatures; o++)
            for (int n = 0; n < batch; n++)
                db[o] += dy[n, o];

        return (dx, dw, db);
    }
}
