namespace GalaxyNet.Kernels;

/// <summary>Adam in the catalogue.</summary>
internal static class AdamCases
{
    public static IEnumerable<OperationCase> All =>
    [
        Case("one parameter", 1),
        Case("odd number of parameters", 1037),
        Case("the first step", 3, step: 1),
        Case("with weight decay", 1037, weightDecay: 0.5),
        Case("attempt 4, all parameters", 8_942_021) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
        Sweeps.OfElements((description, shape) => Case(description, shape.Count), "parameters");

    public static OperationCase Of(ICaseValues values) => Case(
        "given",
        values.ShapeOf("p").Count,
        values.Setting("beta1"),
        values.Setting("beta2"),
        values.Setting("epsilon"),
        (int)values.Setting("step"),
        values.Setting("learning_rate"),
        values.Setting("weight_decay"));

    private static OperationCase Case(
        string description,
        int parameters,
        double beta1 = 0.9f,
        double beta2 = 0.999f,
        double epsilon = 1e-8f,
        int step = 3,
        double learningRate = 0.001f,
        double weightDecay = 0) => new()
        {
            Operation = "adam",
            Description = description,
            Arguments =
            [
                // p_after is then the step alone, if nothing decays
                new Argument(
                    "p", [parameters], weightDecay == 0 ? Values.Zeros : Values.Uniform, IsUpdated: true),
                new Argument("g", [parameters], Values.Uniform),
                new Argument("m", [parameters], Values.Uniform, IsUpdated: true),
                new Argument("v", [parameters], Values.Between(0f, 1f), IsUpdated: true),
            ],
            Create = (device, t) =>
            {
                var adam = new Adam(device, (float)beta1, (float)beta2, (float)epsilon, (float)weightDecay);
                return new Passes(() => adam.Step(t["p"], t["g"], t["m"], t["v"], step, (float)learningRate), null);
            },
            Reference = new AdamReference(beta1, beta2, epsilon, step, learningRate, weightDecay),
            ForwardCost = new Cost(13.0 * parameters, 28.0 * parameters),
        };
}
