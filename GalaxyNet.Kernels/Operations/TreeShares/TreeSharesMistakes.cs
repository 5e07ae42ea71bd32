namespace GalaxyNet.Kernels;

/// <summary>What goes wrong in the backward pass of <see cref="TreeSharesReference"/>.</summary>
internal static class TreeSharesMistakes
{
    public static IEnumerable<Mistake> All =>
    [
        Of("sum-left-out", "dx treats R as a constant: S is missing.", Change.SumLeftOut),
        Of("not-divided", "dx is not divided by R.", Change.NotDivided),
        Of("no-mask", "Answers that are not over 0 get a gradient too.", Change.NoMask),
        Of("parent-share-left-out", "dx is not multiplied by the parent's share.", Change.ParentShareLeftOut),
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
        SumLeftOut,
        NotDivided,
        NoMask,
        ParentShareLeftOut,
        ChildrenLeftOut,
        FirstQuestionFirst,
    }

    private static Mistake Of(string name, string description, Change change) => new(
        name,
        description,
        (reference, arguments, dy) =>
            [Backward(change, (TreeSharesReference)reference, (double[,])arguments[0], (double[,])dy)]);

    private static double[,] Backward(Change change, TreeSharesReference reference, double[,] x, double[,] dy)
    {
        double[,] y = reference.Forward(x), g = (double[,])dy.Clone();
        var dx = new double[x.GetLength(0), x.GetLength(1)];
        var questions = change == Change.FirstQuestionFirst ? reference.Questions : reference.Questions.Reverse();
        for (int n = 0; n < x.GetLength(0); n++)
            foreach (var (first, count, parent) in questions)
            {
                double r = TreeSharesReference.Sum(x, n, first, count), s = 0;
                for (int i = first; i < first + count; i++)
                    s += Math.Max(x[n, i], 0) / r * g[n, i];
                double parentShare = parent < 0 || change == Change.ParentShareLeftOut ? 1 : y[n, parent];
                double divisor = change == Change.NotDivided ? 1 : r;
                for (int j = first; j < first + count; j++)
                    if (x[n, j] > 0 || change == Change.NoMask)
                        dx[n, j] = parentShare * (g[n, j] - (change == Change.SumLeftOut ? 0 : s)) / divisor;
                if (parent >= 0 && change != Change.ChildrenLeftOut)
                    g[n, parent] += s;
            }
        return dx;
    }
}
