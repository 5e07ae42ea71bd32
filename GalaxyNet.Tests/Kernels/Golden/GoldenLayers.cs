using System.Globalization;
using GalaxyNet.Kernels;

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

    public static Dictionary<string, float[][]> Compute(Device device, GoldenCase golden) => golden.Operation switch
    {
        "conv2d" => Convolve(device, golden),
        "linear" => Multiply(device, golden),
        "max_pool2d" => Pool(device, golden),
        "batch_norm2d_train" => Normalize(device, golden),
        "sigmoid_weighted_mse" => Lose(device, golden),
        "adam" => Optimize(device, golden),
        _ => throw new NotSupportedException($"No test knows the golden operation '{golden.Operation}'."),
    };

    private static Dictionary<string, float[][]> Convolve(Device device, GoldenCase golden)
    {
        var inputShape = golden.Shape("x_shape");
        var weightShape = golden.Shape("w_shape");
        var geometry = new Conv2dGeometry(
            inputShape[1],
            inputShape[2],
            inputShape[3],
            weightShape[0],
            weightShape[2],
            weightShape[3],
            golden.Integer("stride"),
            golden.Integer("padding"));
        var outputShape = geometry.OutputShape(inputShape[0]);
        Shape biasShape = [weightShape[0]];
        using var convolution = new Conv2d(device, geometry);
        using var input = device.Allocate(inputShape, golden.Uniform("x", inputShape));
        using var weight = device.Allocate(weightShape, golden.Uniform("w", weightShape));
        using var bias = device.Allocate(biasShape, golden.Uniform("b", biasShape));
        using var output = device.Allocate(outputShape);
        using var outputGradient = device.Allocate(outputShape, golden.Uniform("dy", outputShape));
        using var inputGradient = device.Allocate(inputShape);
        using var weightGradient = device.Allocate(weightShape);
        using var biasGradient = device.Allocate(biasShape);
        convolution.Forward(input, weight, bias, output);
        convolution.BackwardInput(outputGradient, weight, inputGradient);
        convolution.BackwardWeight(input, outputGradient, weightGradient, biasGradient);
        return new()
        {
            ["y"] = [output.ToArray()],
            ["dx"] = [inputGradient.ToArray()],
            ["dw"] = [weightGradient.ToArray()],
            ["db"] = [biasGradient.ToArray()],
        };
    }

    private static Dictionary<string, float[][]> Multiply(Device device, GoldenCase golden)
    {
        var inputShape = golden.Shape("x_shape");
        var weightShape = golden.Shape("w_shape");
        Shape outputShape = [inputShape[0], weightShape[0]];
        Shape biasShape = [weightShape[0]];
        using var dense = new Dense(device, weightShape[1], weightShape[0]);
        using var input = device.Allocate(inputShape, golden.Uniform("x", inputShape));
        using var weight = device.Allocate(weightShape, golden.Uniform("w", weightShape));
        using var bias = device.Allocate(biasShape, golden.Uniform("b", biasShape));
        using var output = device.Allocate(outputShape);
        using var outputGradient = device.Allocate(outputShape, golden.Uniform("dy", outputShape));
        using var inputGradient = device.Allocate(inputShape);
        using var weightGradient = device.Allocate(weightShape);
        using var biasGradient = device.Allocate(biasShape);
        dense.Forward(input, weight, bias, output);
        dense.BackwardInput(outputGradient, weight, inputGradient);
        dense.BackwardWeight(input, outputGradient, weightGradient, biasGradient);
        return new()
        {
            ["y"] = [output.ToArray()],
            ["dx"] = [inputGradient.ToArray()],
            ["dw"] = [weightGradient.ToArray()],
            ["db"] = [biasGradient.ToArray()],
        };
    }

    private static Dictionary<string, float[][]> Pool(Device device, GoldenCase golden)
    {
        var inputShape = golden.Shape("x_shape");
        var pool = new MaxPool2d(device, golden.Integer("kernel"));
        var outputShape = pool.OutputShape(inputShape);
        using var input = device.Allocate(inputShape, golden.Uniform("x", inputShape));
        using var output = device.Allocate(outputShape);
        using var indices = device.AllocateBuffer<byte>(outputShape.Count);
        using var outputGradient = device.Allocate(outputShape, golden.Uniform("dy", outputShape));
        using var inputGradient = device.Allocate(inputShape);
        pool.Forward(input, output, indices);
        pool.Backward(indices, outputGradient, inputGradient);
        return new() { ["y"] = [output.ToArray()], ["dx"] = [inputGradient.ToArray()] };
    }

    private static Dictionary<string, float[][]> Normalize(Device device, GoldenCase golden)
    {
        var shape = golden.Shape("x_shape");
        Shape channels = [shape[1]];
        using var norm = new BatchNorm2d(device, shape[1], golden.Number("momentum"), golden.Number("eps"));
        using var input = device.Allocate(shape, golden.Uniform("x", shape));
        using var weight = device.Allocate(channels, golden.Uniform("gamma", channels));
        using var bias = device.Allocate(channels, golden.Uniform("beta", channels));
        using var runningMean = device.Allocate(channels);
        using var runningVariance = device.Allocate(channels, [.. Enumerable.Repeat(1f, shape[1])]);
        using var output = device.Allocate(shape);
        using var evaluated = device.Allocate(shape);
        using var outputGradient = device.Allocate(shape, golden.Uniform("dy", shape));
        using var inputGradient = device.Allocate(shape);
        using var weightGradient = device.Allocate(channels);
        using var biasGradient = device.Allocate(channels);
        norm.ForwardTraining(input, weight, bias, runningMean, runningVariance, output);
        norm.Backward(input, outputGradient, weight, inputGradient, weightGradient, biasGradient);
        norm.ForwardEvaluation(input, weight, bias, runningMean, runningVariance, evaluated);
        return new()
        {
            ["y"] = [output.ToArray()],
            ["dx"] = [inputGradient.ToArray()],
            ["dgamma"] = [weightGradient.ToArray()],
            ["dbeta"] = [biasGradient.ToArray()],
            ["running_mean"] = [runningMean.ToArray()],
            ["running_var"] = [runningVariance.ToArray()],
            ["y_eval_after"] = [evaluated.ToArray()],
        };
    }

    // output = sigmoid(4 u), target = u + 0.5, weight = (u + 0.6) / sum
    private static Dictionary<string, float[][]> Lose(Device device, GoldenCase golden)
    {
        var shape = golden.Shape("shape");
        Shape columns = [shape[1]];
        double[] weight = Array.ConvertAll(golden.Uniform("weight", columns), u => u + 0.6);
        double sum = weight.Sum();
        var sigmoid = new Sigmoid(device);
        var loss = new WeightedMse(device);
        using var input = device.Allocate(shape, Array.ConvertAll(golden.Uniform("z", shape), u => 4 * u));
        using var target = device.Allocate(shape, Array.ConvertAll(golden.Uniform("target", shape), u => u + 0.5f));
        using var weights = device.Allocate(columns, Array.ConvertAll(weight, w => (float)(w / sum)));
        using var output = device.Allocate(shape);
        using var result = device.Allocate([1]);
        using var gradient = device.Allocate(shape);
        sigmoid.Forward(input, output);
        loss.Forward(output, target, weights, result);
        loss.Backward(output, target, weights, gradient);
        sigmoid.Backward(output, gradient, gradient);
        return new() { ["loss"] = [result.ToArray()], ["dz"] = [gradient.ToArray()] };
    }

    private static Dictionary<string, float[][]> Optimize(Device device, GoldenCase golden)
    {
        const string name = "p_after_each_step";
        float[][] expected = golden.Expected(name);
        Shape shape = [expected[0].Length];
        float[] betas = golden.Numbers("betas");
        var adam = new Adam(device, betas[0], betas[1], golden.Number("eps"));
        float learningRate = golden.Number("lr");
        string seed = golden.Seed("grad_step_k").GetString()!; // such as 91+k, with k from 0
        Assert.That(seed, Does.EndWith("+k"));
        int firstSeed = int.Parse(seed[..^2], CultureInfo.InvariantCulture);
        using var parameters = device.Allocate(shape, golden.Uniform("p", shape));
        using var gradients = device.Allocate(shape);
        using var firstMoment = device.Allocate(shape);
        using var secondMoment = device.Allocate(shape);
        var steps = new float[expected.Length][];
        for (int k = 0; k < steps.Length; k++)
        {
            gradients.CopyFrom(Values.Uniform(shape, firstSeed + k));
            adam.Step(parameters, gradients, firstMoment, secondMoment, k + 1, learningRate);
            steps[k] = parameters.ToArray();
        }
        return new() { [name] = steps };
    }
}
