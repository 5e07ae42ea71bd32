namespace GalaxyNet.Kernels;

/// <summary>What goes wrong in the backward pass of <see cref="DenseReference"/>.</summary>
internal static class DenseMistakes
{
    public static IEnumerable<Mistake> All =>
    [
        new(
            "no-batch-sum",
            "dw and db are those of the last image: = stands where += should.",
            (_, arguments, dy) => WithoutBatchSum((double[,])arguments[0], (double[,])arguments[1], (double[,])dy)),
    ];

    private static Array?[] WithoutBatchSum(double[,] x, double[,] w, double[,] dy)
    {
        var dx = new double[x.GetLength(0), x.GetLength(1)];
        var dw = new double[w.GetLength(0), w.GetLength(1)];
        var db = new double[w.GetLength(0)];
        for (int n = 0; n < x.GetLength(0); n++)
            for (int o = 0; o < w.GetLength(0); o++)
            {
                db[o] = dy[n, o];
                for (int i = 0; i < w.GetLength(1); i++)
                {
                    dx[n, i] += dy[n, o] * w[o, i];
                    dw[o, i] = dy[n, o] * x[n, i];
                }
            }
        return [dx, dw, db];
    }
}
