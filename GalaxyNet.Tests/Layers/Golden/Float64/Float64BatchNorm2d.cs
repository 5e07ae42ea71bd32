using GalaxyNet.Kernels;
using GalaxyNet.Layers;

namespace GalaxyNet.Tests;

/// <summary>y = weight (x - mean) / sqrt(variance + epsilon) + bias for each channel.</summary>
internal sealed class Float64BatchNorm2d(
    BatchNorm2dLayer layer, Shape inputShape, IReadOnlyDictionary<string, double[]> values) : Float64Layer
{
    private readonly int channels = inputShape[0];
    private readonly int plane = inputShape.Count / inputShape[0];
    private readonly double[] weight = values[$"{layer.Name}.weight"];
    private readonly double[] bias = values[$"{layer.Name}.bias"];
    private readonly double[] runningMean = values[$"{layer.Name}.running_mean"];
    private readonly double[] runningVariance = values[$"{layer.Name}.running_var"];
    private readonly double momentum = (double)(decimal)layer.Momentum; // 0.1, not the float nearest to it
    private readonly double epsilon = (double)(decimal)layer.Epsilon;
    private readonly double[] inverseDeviation = new double[inputShape[0]];
    private double[] normalized = [];

    public override double[] Forward(double[] input, Mode mode)
    {
        normalized = new double[input.Length];
        var output = new double[input.Length];
        for (int channel = 0; channel < channels; channel++)
        {
            var (mean, variance) = mode == Mode.Training
                ? BatchStatistics(input, channel)
                : (runningMean[channel], runningVariance[channel]);
            inverseDeviation[channel] = 1 / Math.Sqrt(variance + epsilon);
            foreach (int i in Elements(input, channel))
            {
                normalized[i] = (input[i] - mean) * inverseDeviation[channel];
                output[i] = (weight[channel] * normalized[i]) + bias[channel];
            }
        }
        return output;
    }

    public override double[] InputGradient(double[] outputGradient)
    {
        var gradient = new double[outputGradient.Length];
        double count = outputGradient.Length / channels;
        for (int channel = 0; channel < channels; channel++)
        {
            var (sum, dot) = Sums(outputGradient, channel);
            double scale = weight[channel] * inverseDeviation[channel];
            foreach (int i in Elements(gradient, channel))
                gradient[i] = scale * (outputGradient[i] - (sum / count) - (normalized[i] * dot / count));
        }
        return gradient;
    }

    public override void ParameterGradients(double[] outputGradient, Dictionary<string, double[]> gradients)
    {
        double[] weightGradient = gradients[$"{layer.Name}.weight"] = new double[channels];
        double[] biasGradient = gradients[$"{layer.Name}.bias"] = new double[channels];
        for (int channel = 0; channel < channels; channel++)
            (biasGradient[channel], weightGradient[channel]) = Sums(outputGradient, channel);
    }

    /// <summary>The batch's mean and variance, which also go into the running ones: there the variance is the unbiased one.</summary>
    private (double Mean, double Variance) BatchStatistics(double[] input, int channel)
    {
        int count = input.Length / channels;
        double mean = Elements(input, channel).Sum(i => input[i]) / count;
        double squares = Elements(input, channel).Sum(i => (input[i] - mean) * (input[i] - mean));
        runningMean[channel] += momentum * (mean - runningMean[channel]);
        runningVariance[channel] += momentum * ((squares / (count - 1)) - runningVariance[channel]);
        return (mean, squares / count);
    }

    private (double Sum, double Dot) Sums(double[] gradient, int channel) => (
        Elements(gradient, channel).Sum(i => gradient[i]),
        Elements(gradient, channel).Sum(i => gradient[i] * normalized[i]));

    private IEnumerable<int> Elements(double[] values, int channel)
    {
        for (int start = channel * plane; start < values.Length; start += channels * plane)
        {
            for (int i = start; i < start + plane; i++)
                yield return i;
        }
    }
}
