namespace GalaxyNet.Kernels;

/// <summary>The softmax down a tree of <see cref="TreeSoftmax"/> as plain loops, in float64.</summary>
internal sealed class TreeSoftmaxReference(IReadOnlyList<SoftmaxGroup> questions) : IReference
{
    /// <summary>The questions, in the order of their columns.</summary>
    public IReadOnlyList<SoftmaxGroup> Questions => questions;

    /// <summary>
    /// y[n, j] = p[j] y[n, parent], with p[j] = exp(x[n, j]) / sum of exp(x[n, i]) over the answers i to the same
    /// question, and 1 for the parent of a question that everybody is asked.
    /// </summary>
    public double[,] Forward(double[,] x)
    {
        var y = new double[x.GetLength(0), x.GetLength(1)];
        for (int n = 0; n < x.GetLength(0); n++)
            foreach (var (first, count, parent) in questions)
            {
                double sum = 0;
                for (int i = first; i < first + count; i++)
                    sum += Math.Exp(x[n, i]);
                for (int j = first; j < first + count; j++)
                    y[n, j] = Math.Exp(x[n, j]) / sum * (parent < 0 ? 1 : y[n, parent]);
            }
        return y;
    }

    /// <summary>
    /// dx[n, j] = y[n, j] (G[n, j] - S), with S = sum of p[i] G[n, i] over the answers i to the same question, and
    /// G[n, j] = dy[n, j] + the S of each question that j leads to: complete if the last question comes first.
    /// </summary>
    public double[,] Backward(double[,] x, double[,] dy)
    {
        double[,] y = Forward(x), g = (double[,])dy.Clone(), dx = new double[x.GetLength(0), x.GetLength(1)];
        for (int n = 0; n < x.GetLength(0); n++)
            foreach (var (first, count, parent) in questions.Reverse())
            {
                double s = 0;
                for (int i = first; i < first + count; i++)
                    s += y[n, i] / (parent < 0 ? 1 : y[n, parent]) * g[n, i];
                for (int j = first; j < first + count; j++)
                    dx[n, j] = y[n, j] * (g[n, j] - s);
                if (parent >= 0)
                    g[n, parent] += s;
            }
        return dx;
    }

    Array IReference.Forward(Array[] arguments) => Forward((double[,])arguments[0]);

    Array?[] IReference.Backward(Array[] arguments, Array outputGradient) =>
        [Backward((double[,])arguments[0], (double[,])outputGradient)];
}
