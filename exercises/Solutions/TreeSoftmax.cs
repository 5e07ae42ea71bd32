namespace GalaxyNet.Exercises.Solutions;

/// <summary>The backward pass of the softmax down a tree: docs/12-tree_softmax.md.</summary>
public static class TreeSoftmax
{
    /// <inheritdoc cref="Exercises.TreeSoftmax.Backward"/>
    public static double[,] Backward(double[,] x, double[,] dy, IReadOnlyList<SoftmaxGroup> questions)
    {
        var y = Forward.TreeSoftmax(x, questions);
        var dx = new double[x.GetLength(0), x.GetLength(1)];

        // All that reaches an answer: dy, and what comes from the questions that it leads to. Those come later, so the
        // questions are walked through from the last: when one is reached, all that it leads to has been added.
        var g = (double[,])dy.Clone();
        for (int n = 0; n < x.GetLength(0); n++)
            foreach (var (first, count, parent) in questions.Reverse())
            {
                double above = parent < 0 ? 1 : y[n, parent];
                double mean = 0; // of g, by the shares that the answers have in this question
                for (int i = first; i < first + count; i++)
                    mean += y[n, i] / above * g[n, i];

                // More of one answer is less of the others: what counts is how far g is from its mean.
                for (int j = first; j < first + count; j++)
                    dx[n, j] = y[n, j] * (g[n, j] - mean);

                if (parent >= 0)
                    g[n, parent] += mean; // every answer here is a share of the parent's value
            }
        return dx;
    }
}
