namespace GalaxyNet.Kernels;

/// <summary>What goes wrong in the backward pass of <see cref="TreeSoftmaxReference"/>.</summary>
internal static class TreeSoftmaxMistakes
{
    public static IEnumerable<Mistake> All =>
    [
        Of(
            "diagonal-only",
            "dx leaves out what an answer does to the other answers: it is y (1 - p) G.",
            Change.DiagonalOnly),
        Of("sum-left-out", "dx is y G, without S, as if the answers did not add up to 1.", Change.SumLeftOut),
        Of("parent-share-left-out", "dx is p (G - S), where p should be y.", Change.ParentShareLeftOut),
        Of(
            "children-left-out",
            "G is dy alone, as if no question depended on an answer to another.",
            Change.ChildrenLeftOut),
        Of(
            "first-question-first",
            "The questions go from the first to the last, so that G is not complete when it is used.",
            Change.FirstQuestionFirst),
    ];

    private enum Change
    {
        DiagonalOnly,
        SumLeftOut,
        ParentShareLeftOut,
        ChildrenLeftOut,
        FirstQuestionFirst,
    }

    private static Mistake Of(string name, string description, Change change) => new(
        name,
        description,
        (reference, arguments, dy) =>
            [Backward(change, (TreeSoftmaxReference)reference, (double[,])arguments[0], (double[,])dy)]);

    private static double[,] Backward(Change change, TreeSoftmaxReference reference, double[,] x, double[,] dy)
    {
        double[,] y = reference.Forward(x), g = (double[,])dy.Clone();
        var dx = new double[x.GetLength(0), x.GetLength(1)];
        var questions = change == Change.FirstQuestionFirst ? reference.Questions : reference.Questions.Reverse();
        for (int n = 0; n < x.GetLength(0); n++)
            foreach (var (first, count, parent) in questions)
            {
                double parentShare = parent < 0 ? 1 : y[n, parent], s = 0;
                for (int i = first; i < first + count; i++)
                    s += y[n, i] / parentShare * g[n, i];
                for (int j = first; j < first + count; j++)
                {
                    double p = y[n, j] / parentShare;
                    dx[n, j] = change switch
                    {
                        Change.DiagonalOnly => y[n, j] * (1 - p) * g[n, j],
                        Change.SumLeftOut => y[n, j] * g[n, j],
                        Change.ParentShareLeftOut => p * (g[n, j] - s),
                        _ => y[n, j] * (g[n, j] - s),
                    };
                }
                if (parent >= 0 && change != Change.ChildrenLeftOut)
                    g[n, parent] += s;
            }
        return dx;
    }
}
