namespace GalaxyNet.Kernels;

/// <summary>What goes wrong in the backward pass of <see cref="DenseReference"/>.</summary>
internal static class DenseMistakes
{
    public static IEnumerable<Mistake> All =>
    [
        Of(
            "no-batch-sum",
            "In the sums over the batch, those of dw and db, = stands where += should.",
            Change.NoBatchSum),
        Of("batch-mean", "dw and db are the mean over the batch, not the sum.", Change.BatchMean),
        Of(
            "transposed-weights",
            "dx reads w as if it had a row for each input, not for each output.",
            Change.TransposedWeights),
        Of("transposed-gradient", "dw is written as if it had a row for each input.", Change.TransposedGradient),
        Of("no-output-sum", "dx is what the last output gives: = stands where += should.", Change.NoOutputSum),
        Of("bias-over-outputs", "Each element of db is the sum of dy over the outputs too.", Change.BiasOverOutputs),
    ];

    private enum Change
    {
        NoBatchSum,
        BatchMean,
        TransposedWeights,
        TransposedGradient,
        NoOutputSum,
        BiasOverOutputs,
    }

    private static Mistake Of(string name, string description, Change change) => new(
        name,
        description,
        (_, arguments, dy) => Backward(change, (double[,])arguments[0], (double[,])arguments[1], (double[,])dy));

    private static Array?[] Backward(Change change, double[,] x, double[,] w, double[,] dy)
    {
        var dx = new double[x.GetLength(0), x.GetLength(1)];
        var dw = new double[w.GetLength(0), w.GetLength(1)];
        var db = new double[w.GetLength(0)];
        var (wOfInputs, dwOfInputs) = (OfInputs(w), OfInputs(dw));
        for (int n = 0; n < x.GetLength(0); n++)
            for (int o = 0; o < w.GetLength(0); o++)
            {
                db[o] = (change == Change.NoBatchSum ? 0 : db[o]) + dy[n, o];
                for (int i = 0; i < w.GetLength(1); i++)
                {
                    double weight = change == Change.TransposedWeights ? wOfInputs[i, o] : w[o, i];
                    dx[n, i] = (change == Change.NoOutputSum ? 0 : dx[n, i]) + (dy[n, o] * weight);
                    dw[o, i] = (change == Change.NoBatchSum ? 0 : dw[o, i]) + (dy[n, o] * x[n, i]);
                    dwOfInputs[i, o] = dw[o, i];
                }
            }
        return change switch
        {
            Change.BatchMean => [dx, dw.Divided(x.GetLength(0)), db.Divided(x.GetLength(0))],
            Change.TransposedGradient => [dx, dwOfInputs.Shaped([w.GetLength(0), w.GetLength(1)]), db],
            Change.BiasOverOutputs => [dx, dw, Array.ConvertAll(db, _ => db.Sum())],
            _ => [dx, dw, db],
        };
    }

    /// <summary>The same numbers in the same order, with a row for each input and a column for each output.</summary>
    private static double[,] OfInputs(double[,] w) => (double[,])w.Shaped([w.GetLength(1), w.GetLength(0)]);
}
