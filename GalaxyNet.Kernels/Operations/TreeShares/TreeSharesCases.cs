namespace GalaxyNet.Kernels;

/// <summary>The shares down a tree in the catalogue.</summary>
internal static class TreeSharesCases
{
    public static IEnumerable<OperationCase> All =>
    [
        Case("one question", 1, [new(0, 3, SoftmaxGroup.NoParent)]),
        Case("a chain of questions", 5, [new(0, 3, SoftmaxGroup.NoParent), new(3, 2, 1), new(5, 4, 4)]),
        Case("more rows than threads", 133, [new(0, 2, SoftmaxGroup.NoParent), new(2, 3, 0), new(5, 3, 0)]),
        Case("an answer alone", 3, [new(0, 2, SoftmaxGroup.NoParent), new(2, 1, 0), new(3, 5, SoftmaxGroup.NoParent)]),
        Case("the challenge's tree", 64, TreeSoftmaxCases.GalaxyZoo) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
        Sweeps.OfRows((description, rows) => Case(description, rows, TreeSoftmaxCases.GalaxyZoo));

    public static OperationCase Of(ICaseValues values) =>
        Case("given", values.ShapeOf("x")[0], TreeSoftmaxCases.QuestionsOf(values));

    private static OperationCase Case(string description, int batch, SoftmaxGroup[] questions)
    {
        Shape shape = [batch, TreeSoftmax.CountColumns(questions)];
        return new OperationCase
        {
            Operation = "tree_shares",
            Description = description,
            Arguments = [new Argument("x", shape, OneStopped(questions), 0.005f)],
            OutputShape = shape,
            Create = (device, t) =>
            {
                var shares = new TreeShares(device, questions);
                return new Passes(
                    () => shares.Forward(t["x"], t["y"]),
                    () => shares.Backward(t["x"], t["y"], t["dy"], t["dx"]),
                    shares);
            },
            Reference = new TreeSharesReference(questions),
            ForwardCost = new Cost(4.0 * shape.Count, 8.0 * shape.Count),
            BackwardCost = new Cost(8.0 * shape.Count, 16.0 * shape.Count),
        };
    }

    // Far from the kink at zero: the last answer to each question of several is under it, all others are over it.
    private static Func<Shape, int, float[]> OneStopped(SoftmaxGroup[] questions) => (shape, seed) =>
    {
        float[] values = Values.Between(0.5f, 2f)(shape, seed);
        int columns = shape[1];
        foreach (var question in questions.Where(question => question.Count > 1))
        {
            for (int i = question.First + question.Count - 1; i < values.Length; i += columns)
                values[i] *= -1f;
        }
        return values;
    };
}
