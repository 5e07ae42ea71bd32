namespace GalaxyNet.Exercises.Solutions;

/// <summary>The backward pass of the shares down a tree: docs/20-tree_shares.md.</summary>
public static class TreeShares
{
    /// <inheritdoc cref="Exercises.TreeShares.Backward"/>
    public static double[,] Backward(double[,] x, double[,] dy, IReadOnlyList<SoftmaxGroup> questions)
    {
        var y = Forward.TreeShares(x, questions);
        var dx = new double[x.GetLength(0), x.GetLength(1)];

        // As in the softmax down a tree: all that reaches an answer, complete if the last question comes first.
        var g = (double[,])dy.Clone();
        for (int n = 0; n < x.GetLength(0); n++)
            foreach (var (first, count, parent) in questions.Reverse())
            {
                double total = 0, mean = 0;
                for (int i = first; i < first + count; i++)
                    total += Math.Max(x[n, i], 0);
                for (int i = first; i < first + count; i++)
                    mean += Math.Max(x[n, i], 0) / total * g[n, i];

                // An answer that the ReLU stops has slope 0, though it is asked for like the others.
                for (int j = first; j < first + count; j++)
                    if (x[n, j] > 0)
                        dx[n, j] = (parent < 0 ? 1 : y[n, parent]) / total * (g[n, j] - mean);

                if (parent >= 0)
                    g[n, parent] += mean;
            }
        return dx;
    }
}
