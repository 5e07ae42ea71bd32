namespace GalaxyNet.Kernels;

/// <summary>Adam in the catalogue.</summary>
internal static class AdamCases
{
    public static IEnumerable<OperationCase> All =>
    [
        Case("one parameter", 1),
        Case("odd number of parameters", 1037),
        Case("the first step", 3, step: 1),
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
        values.Setting("learning_rate"));

    private static OperationCase Case(
        string description,
        int parameters,
        double beta1 = 0.9f,
        double beta2 = 0.999f,
        double epsilon = 1e-8f,
        int step = 3,
        double learningRate = 0.001f) => new()
        {
            Operation = "adam",
            Description = description,
            Arguments =
            [
                new Argument("p", [parameters], Values.Zeros, IsUpdated: true), // p_after is then the step alone
                new Argument("g", [parameters], Values.Uniform),
                new Argument("m", [parameters], Values.Uniform, IsUpdated: true),
                new Argument("v", [parameters], Values.Between(0f, 1f), IsUpdated: true),
            ],
            Create = (device, t) =>
            {
                var adam = new Adam(device, (float)beta1, (float)beta2, (float)epsilon);
                return new Passes(() => adam.Step(t["p"], t["g"], t["m"], t["v"], step, (float)learningRate), null);
            },
            Reference = new AdamReference(beta1, beta2, epsilon, step, learningRate),
            ForwardCost = new Cost(13.0 * parameters, 28.0 * parameters),
        };
}
