using GalaxyNet.Kernels;
using GalaxyNet.Layers;

namespace GalaxyNet.Tests;

/// <summary>y = x w^T + bias.</summary>
internal sealed class Float64Dense(
    DenseLayer layer, Shape inputShape, IReadOnlyDictionary<string, double[]> values) : Float64Layer
{
    private readonly int inFeatures = inputShape.Count;
    private readonly double[] weight = values[$"{layer.Name}.weight"];
    private readonly double[] bias = values[$"{layer.Name}.bias"];
    private double[] input = [];

    public override double[] Forward(double[] input, Mode mode)
    {
        this.input = input;
        var output = new double[input.Length / inFeatures * layer.OutFeatures];
        Parallel.For(0, output.Length, i =>
        {
            var (image, feature) = Math.DivRem(i, layer.OutFeatures);
            output[i] = bias[feature] + Dot(Row(input, image), Row(weight, feature));
        });
        return output;
    }

    public override double[] InputGradient(double[] outputGradient)
    {
        var gradient = new double[input.Length];
        Parallel.For(0, input.Length / inFeatures, image =>
        {
            for (int feature = 0; feature < layer.OutFeatures; feature++)
                AddScaled(Row(gradient, image), outputGradient[(image * layer.OutFeatures) + feature], Row(weight, feature));
        });
        return gradient;
    }

    public override void ParameterGradients(double[] outputGradient, Dictionary<string, double[]> gradients)
    {
        double[] weightGradient = gradients[$"{layer.Name}.weight"] = new double[weight.Length];
        double[] biasGradient = gradients[$"{layer.Name}.bias"] = new double[bias.Length];
        Parallel.For(0, layer.OutFeatures, feature =>
        {
            for (int image = 0; image < input.Length / inFeatures; image++)
            {
                double gradient = outputGradient[(image * layer.OutFeatures) + feature];
                biasGradient[feature] += gradient;
                AddScaled(Row(weightGradient, feature), gradient, Row(input, image));
            }
        });
    }

    private Span<double> Row(double[] values, int row) => values.AsSpan(row * inFeatures, inFeatures);
}
