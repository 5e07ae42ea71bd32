namespace GalaxyNet.Kernels;

/// <summary>Descent with momentum in the catalogue.</summary>
internal static class SgdMomentumCases
{
    public static IEnumerable<OperationCase> All =>
    [
        Case("one parameter", 1),
        Case("odd number of parameters", 1037),
        Case("attempt 4, all parameters", 8_942_021) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
        Sweeps.OfElements((description, shape) => Case(description, shape.Count), "parameters");

    public static OperationCase Of(ICaseValues values) =>
        Case("given", values.ShapeOf("p").Count, values.Setting("momentum"), values.Setting("learning_rate"));

    private static OperationCase Case(
        string description, int parameters, double momentum = 0.9f, double learningRate = 0.01f) => new()
        {
            Operation = "sgd_momentum",
            Description = description,
            Arguments =
            [
                new Argument("p", [parameters], Values.Zeros, IsUpdated: true), // p_after is then the step alone
                new Argument("g", [parameters], Values.Uniform),
                new Argument("v", [parameters], Values.Uniform, IsUpdated: true),
            ],
            Create = (device, t) =>
            {
                var sgd = new SgdMomentum(device, (float)momentum);
                return new Passes(() => sgd.Step(t["p"], t["g"], t["v"], (float)learningRate), null);
            },
            Reference = new SgdMomentumReference(momentum, learningRate),
            ForwardCost = new Cost(4.0 * parameters, 20.0 * parameters),
        };
}
