namespace GalaxyNet.Kernels;

/// <summary>The moving average in the catalogue.</summary>
internal static class MovingAverageCases
{
    public static IEnumerable<OperationCase> All =>
    [
        Case("one number", 1),
        Case("odd number of numbers", 1037),
        Case("no memory of before", 5, decay: 0),
        Case("attempt 4, all parameters", 8_942_021) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
        Sweeps.OfElements((description, shape) => Case(description, shape.Count), "parameters");

    public static OperationCase Of(ICaseValues values) =>
        Case("given", values.ShapeOf("m").Count, values.Setting("decay"));

    private static OperationCase Case(string description, int count, double decay = 0.75) => new()
    {
        Operation = "moving_average",
        Description = description,
        Arguments =
        [
            new Argument("m", [count], Values.Uniform, IsUpdated: true),
            new Argument("x", [count], Values.Uniform),
        ],
        Create = (device, t) =>
        {
            var average = new MovingAverage(device);
            return new Passes(() => average.Update(t["m"], t["x"], (float)decay), null);
        },
        Reference = new MovingAverageReference(decay),
        ForwardCost = new Cost(3.0 * count, 12.0 * count),
    };
}
