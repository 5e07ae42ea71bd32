namespace GalaxyNet.Kernels;

/// <summary>The channel sum in the catalogue.</summary>
internal static class ChannelSumCases
{
    public static IEnumerable<OperationCase> All =>
    [
        Case("one element", [1, 1]),
        Case("columns of a matrix", [67, 5]),
        Case("odd planes", [3, 5, 7, 3]),
        Case("attempt 4, bias of conv1", [64, 64, 64, 64]) with { IsBenchmark = true },
        Case("attempt 4, bias of conv2", [64, 96, 32, 32]) with { IsBenchmark = true },
        Case("attempt 4, bias of conv3", [64, 128, 16, 16]) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep => Sweeps.OfImages(Case);

    public static OperationCase Of(ICaseValues values) => Case("given", values.ShapeOf("x"));

    private static OperationCase Case(string description, Shape shape) => new()
    {
        Operation = "channel_sum",
        Description = description,
        Arguments = [new Argument("x", shape, Values.Uniform)],
        OutputName = "s",
        OutputShape = [shape[1]],
        Create = (device, t) =>
        {
            var channelSum = new ChannelSum(device);
            return new Passes(() => channelSum.Sum(t["x"], t["s"]), null, channelSum);
        },
        Reference = new ChannelSumReference(),
        ForwardCost = new Cost(shape.Count, 4.0 * shape.Count),
    };
}
