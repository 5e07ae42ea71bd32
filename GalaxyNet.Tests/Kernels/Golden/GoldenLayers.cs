using System.Globalization;

namespace GalaxyNet.Tests;

/// <summary>Computes what the cases of <c>layers.json</c> hold: each result's name with its rows.</summary>
internal static class GoldenLayers
{
    /// <summary>The operations of the catalogue that a golden operation checks.</summary>
    public static IReadOnlyDictionary<string, string[]> Operations { get; } = new Dictionary<string, string[]>
    {
        ["conv2d"] = ["conv2d", "channel_sum"],
        ["linear"] = ["dense", "channel_sum"],
        ["max_pool2d"] = ["max_pool2d"],
        ["batch_norm2d_train"] = ["batch_norm2d"],
        ["sigmoid_weighted_mse"] = ["sigmoid", "weighted_mse"],
        ["adam"] = ["adam"],
    };

    public static Dictionary<string, double[][]> Compute(OperationRunner run, GoldenCase golden) =>
        golden.Operation switch
        {
            "conv2d" or "max_pool2d" => Rows(run(golden.Operation, golden)),
            "linear" => Rows(run("dense", golden)),
            "batch_norm2d_train" => Normalize(run, golden),
            "sigmoid_weighted_mse" => Lose(run, golden),
            "adam" => Optimize(run, golden),
            _ => throw new NotSupportedException($"No test knows the golden operation '{golden.Operation}'."),
        };

    private static Dictionary<string, double[][]> Rows(Dictionary<string, double[]> results) =>
        results.ToDictionary(result => result.Key, result => new[] { result.Value });

    private static Dictionary<string, double[][]> Normalize(OperationRunner run, GoldenCase golden)
    {
        var shape = golden.ShapeOf("x");
        Shape channels = [shape[1]];
        var values = new NamedValues
        {
            { "training", 1 },
            { "momentum", golden.Setting("momentum") },
            { "epsilon", golden.Setting("eps") },
            { "x", shape, golden.Numbers("x", shape) },
            { "w", channels, golden.Numbers("gamma", channels) },
            { "b", channels, golden.Numbers("beta", channels) },
            { "running_mean", channels, new double[shape[1]] },
            { "running_variance", channels, [.. Enumerable.Repeat(1.0, shape[1])] },
            { "dy", shape, golden.Numbers("dy", shape) },
        };
        var trained = run("batch_norm2d", values);
        var evaluated = run("batch_norm2d", new NamedValues(values)
        {
            ["training"] = ([1], [0]),
            ["running_mean"] = (channels, trained["running_mean_after"]),
            ["running_variance"] = (channels, trained["running_variance_after"]),
        });
        return new()
        {
            ["y"] = [trained["y"]],
            ["dx"] = [trained["dx"]],
            ["dgamma"] = [trained["dw"]],
            ["dbeta"] = [trained["db"]],
            ["running_mean"] = [trained["running_mean_after"]],
            ["running_var"] = [trained["running_variance_after"]],
            ["y_eval_after"] = [evaluated["y"]],
        };
    }

    // output = sigmoid(4 u), target = u + 0.5, weight = (u + 0.6) / sum
    private static Dictionary<string, double[][]> Lose(OperationRunner run, GoldenCase golden)
    {
        var shape = golden.Extents("shape");
        Shape columns = [shape[1]];
        double[] weight = Array.ConvertAll(golden.Numbers("weight", columns), u => u + 0.6);
        double sum = weight.Sum();
        var sigmoid = new NamedValues
        {
            { "x", shape, Array.ConvertAll(golden.Numbers("z", shape), u => 4 * u) },
            { "dy", shape, new double[shape.Count] },
        };
        var loss = run("weighted_mse", new NamedValues
        {
            { "o", shape, run("sigmoid", sigmoid)["y"] },
            { "t", shape, Array.ConvertAll(golden.Numbers("target", shape), u => u + 0.5) },
            { "w", columns, Array.ConvertAll(weight, each => each / sum) },
            { "dloss", 1 },
        });
        sigmoid["dy"] = (shape, loss["do"]);
        return new() { ["loss"] = [loss["loss"]], ["dz"] = [run("sigmoid", sigmoid)["dx"]] };
    }

    private static Dictionary<string, double[][]> Optimize(OperationRunner run, GoldenCase golden)
    {
        const string name = "p_after_each_step";
        double[][] steps = golden.Expected(name);
        Shape shape = [steps[0].Length];
        string seed = golden.Seed("grad_step_k").GetString()!; // such as 91+k, with k from 0
        Assert.That(seed, Does.EndWith("+k"));
        int firstSeed = int.Parse(seed[..^2], CultureInfo.InvariantCulture);
        double[] betas = golden.Settings("betas");
        var values = new NamedValues
        {
            { "beta1", betas[0] },
            { "beta2", betas[1] },
            { "epsilon", golden.Setting("eps") },
            { "learning_rate", golden.Setting("lr") },
            { "weight_decay", 0 },
            { "p", shape, golden.Numbers("p", shape) },
            { "m", shape, new double[shape.Count] },
            { "v", shape, new double[shape.Count] },
        };
        for (int k = 0; k < steps.Length; k++)
        {
            values["step"] = ([1], [k + 1]);
            values["g"] = (shape, GoldenCase.Uniform(shape, firstSeed + k));
            var results = run("adam", values);
            foreach (string updated in new[] { "p", "m", "v" })
                values[updated] = (shape, results[$"{updated}_after"]);
            steps[k] = results["p_after"];
        }
        return new() { [name] = steps };
    }
}
