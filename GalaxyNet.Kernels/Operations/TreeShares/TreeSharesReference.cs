namespace GalaxyNet.Kernels;

/// <summary>The shares down a tree of <see cref="TreeShares"/> as plain loops, in float64.</summary>
internal sealed class TreeSharesReference(IReadOnlyList<SoftmaxGroup> questions) : IReference
{
    private const double Tiny = 1e-12;

    /// <summary>The questions, in the order of their columns.</summary>
    public IReadOnlyList<SoftmaxGroup> Questions => questions;

    /// <summary>
    /// y[n, j] = max(x[n, j], 0) / R y[n, parent], with R the sum of max(x[n, i], 0) over the answers i to the same
    /// question, and 1 for the parent of a question that everybody is asked.
    /// </summary>
    public double[,] Forward(double[,] x)
    {
        var y = new double[x.GetLength(0), x.GetLength(1)];
        for (int n = 0; n < x.GetLength(0); n++)
            foreach (var (first, count, parent) in questions)
                for (int j = first; j < first + count; j++)
                    y[n, j] = Math.Max(x[n, j], 0) / Sum(x, n, first, count) * (parent < 0 ? 1 : y[n, parent]);
        return y;
    }

    /// <summary>
    /// dx[n, j] = y[n, parent] (G[n, j] - S) / R where x[n, j] is over 0, with S = sum of max(x[n, i], 0) / R G[n, i]
    /// over the answers i to the same question, and G[n, j] = dy[n, j] + the S of each question that j leads to:
    /// complete if the last question comes first.
    /// </summary>
    public double[,] Backward(double[,] x, double[,] dy)
    {
        double[,] y = Forward(x), g = (double[,])dy.Clone(), dx = new double[x.GetLength(0), x.GetLength(1)];
        for (int n = 0; n < x.GetLength(0); n++)
            foreach (var (first, count, parent) in questions.Reverse())
            {
                double sum = Sum(x, n, first, count), s = 0;
                for (int i = first; i < first + count; i++)
                    s += Math.Max(x[n, i], 0) / sum * g[n, i];
                for (int j = first; j < first + count; j++)
                    if (x[n, j] > 0)
                        dx[n, j] = (parent < 0 ? 1 : y[n, parent]) * (g[n, j] - s) / sum;
                if (parent >= 0)
                    g[n, parent] += s;
            }
        return dx;
    }

    /// <summary>R, a little over 0 where all answers are at most 0.</summary>
    public static double Sum(double[,] x, int n, int first, int count)
    {
        double sum = Tiny;
        for (int i = first; i < first + count; i++)
            sum += Math.Max(x[n, i], 0);
        return sum;
    }

    Array IReference.Forward(Array[] arguments) => Forward((double[,])arguments[0]);

    Array?[] IReference.Backward(Array[] arguments, Array outputGradient) =>
        [Backward((double[,])arguments[0], (double[,])outputGradient)];
}
