namespace GalaxyNet.Kernels;

/// <summary>The sum of parts in the catalogue.</summary>
internal static class TreeSumCases
{
    public static IEnumerable<OperationCase> All =>
    [
        Case("one part", [1, 5]),
        Case("two parts of one number", [2, 1]),
        Case("odd number of numbers", [4, 1037]),
        Case("many parts", [16, 33]),
        Case("attempt 4, a block of the gradients of 4 processes", [4, 8_942_032 / 4]) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
        Sweeps.OfElements((description, shape) => Case(description, [4, shape.Count]), "numbers in each of 4 parts");

    public static OperationCase Of(ICaseValues values) => Case("given", values.ShapeOf("x"));

    private static OperationCase Case(string description, Shape shape) => new()
    {
        Operation = "tree_sum",
        Description = description,
        Arguments = [new Argument("x", shape, Values.Uniform, IsUpdated: true)],
        Create = (device, t) =>
        {
            var sum = new TreeSum(device);
            return new Passes(() => sum.Sum(t["x"]), null);
        },
        Reference = new TreeSumReference(),
        ForwardCost = new Cost(shape.Count - (shape.Count / shape[0]), 4.0 * (shape.Count + (shape.Count / shape[0]))),
    };
}
