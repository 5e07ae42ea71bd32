namespace GalaxyNet.Kernels;

/// <summary>The softmax down a tree in the catalogue.</summary>
internal static class TreeSoftmaxCases
{
    /// <summary>The 37 columns of the challenge: its questions, each after the column that leads to it.</summary>
    internal static readonly SoftmaxGroup[] GalaxyZoo =
    [
        new(0, 3, SoftmaxGroup.NoParent), new(3, 2, 1), new(5, 2, 4), new(7, 2, 4), new(9, 4, 4),
        new(13, 2, SoftmaxGroup.NoParent), new(15, 3, 0), new(18, 7, 13), new(25, 3, 3), new(28, 3, 7), new(31, 6, 7),
    ];

    public static IEnumerable<OperationCase> All =>
    [
        Case("one question", 1, [new(0, 2, SoftmaxGroup.NoParent)]),
        Case("a chain of questions", 5, [new(0, 3, SoftmaxGroup.NoParent), new(3, 2, 1), new(5, 4, 4)]),
        Case("more rows than threads", 133, [new(0, 2, SoftmaxGroup.NoParent), new(2, 3, 0), new(5, 3, 0)]),
        Case(
            "two roots, and an answer alone",
            7,
            [
                new(0, 2, SoftmaxGroup.NoParent), new(2, 1, 0), new(3, 5, SoftmaxGroup.NoParent), new(8, 2, 2),
                new(10, 2, 7),
            ]),
        Case("attempt 4, the output as a tree", 64, GalaxyZoo) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
        Sweeps.OfRows((description, rows) => Case(description, rows, GalaxyZoo));

    public static OperationCase Of(ICaseValues values) =>
        Case("given", values.ShapeOf("x")[0], QuestionsOf(values));

    /// <summary>The questions that somebody else has: for each its first column, its count and its parent.</summary>
    internal static SoftmaxGroup[] QuestionsOf(ICaseValues values) =>
    [
        .. values.Numbers("questions", values.ShapeOf("questions")).Chunk(3)
            .Select(row => new SoftmaxGroup((int)row[0], (int)row[1], (int)row[2])),
    ];

    private static OperationCase Case(string description, int batch, SoftmaxGroup[] questions)
    {
        Shape shape = [batch, TreeSoftmax.CountColumns(questions)];
        return new OperationCase
        {
            Operation = "tree_softmax",
            Description = description,
            Arguments = [new Argument("x", shape, Values.Between(-2f, 2f), 0.02f)],
            OutputShape = shape,
            Create = (device, t) =>
            {
                var softmax = new TreeSoftmax(device, questions);
                return new Passes(
                    () => softmax.Forward(t["x"], t["y"]),
                    () => softmax.Backward(t["x"], t["y"], t["dy"], t["dx"]),
                    softmax);
            },
            Reference = new TreeSoftmaxReference(questions),
            ForwardCost = new Cost(6.0 * shape.Count, 8.0 * shape.Count),
            BackwardCost = new Cost(9.0 * shape.Count, 16.0 * shape.Count),
        };
    }
}
