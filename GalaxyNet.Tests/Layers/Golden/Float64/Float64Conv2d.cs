using System.Numerics;
using System.Runtime.InteropServices;

namespace GalaxyNet.Tests;

/// <summary>
/// <see cref="Conv2dReference"/> at stride 1, a row at a time and on all cores: its plain loops would take minutes for
/// the steps of a golden file.
/// </summary>
internal sealed class Float64Conv2d : Float64Layer
{
    private readonly string name;
    private readonly double[] weight;
    private readonly double[] bias;
    private readonly int inChannels;
    private readonly int outChannels;
    private readonly int inPlane;
    private readonly int outPlane;
    private readonly int taps;
    private readonly Overlap[] overlaps;
    private double[] input = [];

    public Float64Conv2d(Conv2dLayer layer, Shape inputShape, IReadOnlyDictionary<string, double[]> values)
    {
        if (layer.Stride != 1)
            throw new NotSupportedException($"{layer.Name} has the stride {layer.Stride}.");
        var outputShape = layer.OutputShape(inputShape);
        name = layer.Name;
        weight = values[$"{name}.weight"];
        bias = values[$"{name}.bias"];
        (inChannels, outChannels) = (inputShape[0], outputShape[0]);
        (inPlane, outPlane) = (inputShape.Count / inChannels, outputShape.Count / outChannels);
        taps = layer.Kernel * layer.Kernel;
        overlaps = [.. Overlaps(layer, inputShape, outputShape)];
    }

    /// <summary>The part of an input row that a tap of a filter reads, and of the output row that it adds to.</summary>
    private readonly record struct Overlap(int Tap, int Input, int Output, int Length);

    public override double[] Forward(double[] input, Mode mode)
    {
        this.input = input;
        int batch = input.Length / (inChannels * inPlane);
        var output = new double[batch * outChannels * outPlane];
        Parallel.For(0, batch * outChannels, index =>
        {
            var (image, outChannel) = Math.DivRem(index, outChannels);
            var plane = output.AsSpan(index * outPlane, outPlane);
            plane.Fill(bias[outChannel]);
            for (int channel = 0; channel < inChannels; channel++)
            {
                var source = InputPlane(input, image, channel);
                var filter = Filter(weight, outChannel, channel);
                foreach (var (tap, from, to, length) in overlaps)
                    AddScaled(plane.Slice(to, length), filter[tap], source.Slice(from, length));
            }
        });
        return output;
    }

    public override double[] Backward(double[] outputGradient, Dictionary<string, double[]> gradients, bool isFirst)
    {
        ParameterGradients(outputGradient, gradients);
        return isFirst ? [] : InputGradient(outputGradient);
    }

    private double[] InputGradient(double[] outputGradient)
    {
        var gradient = new double[input.Length];
        Parallel.For(0, gradient.Length / inPlane, index =>
        {
            var (image, channel) = Math.DivRem(index, inChannels);
            var plane = gradient.AsSpan(index * inPlane, inPlane);
            for (int outChannel = 0; outChannel < outChannels; outChannel++)
            {
                var source = OutputPlane(outputGradient, image, outChannel);
                if (!source.ContainsAnyExcept(0.0))
                    continue;
                var filter = Filter(weight, outChannel, channel);
                foreach (var (tap, to, from, length) in overlaps)
                    AddScaled(plane.Slice(to, length), filter[tap], source.Slice(from, length));
            }
        });
        return gradient;
    }

    private void ParameterGradients(double[] outputGradient, Dictionary<string, double[]> gradients)
    {
        double[] weightGradient = gradients[$"{name}.weight"] = new double[weight.Length];
        double[] biasGradient = gradients[$"{name}.bias"] = new double[bias.Length];
        int batch = outputGradient.Length / (outChannels * outPlane);
        Parallel.For(0, outChannels, outChannel =>
        {
            for (int image = 0; image < batch; image++)
            {
                var plane = OutputPlane(outputGradient, image, outChannel);
                if (!plane.ContainsAnyExcept(0.0))
                    continue;
                foreach (double element in plane)
                    biasGradient[outChannel] += element;
                for (int channel = 0; channel < inChannels; channel++)
                {
                    var source = InputPlane(input, image, channel);
                    var filter = Filter(weightGradient, outChannel, channel);
                    foreach (var (tap, from, to, length) in overlaps)
                        filter[tap] += Dot(source.Slice(from, length), plane.Slice(to, length));
                }
            }
        });
    }

    private static IEnumerable<Overlap> Overlaps(Conv2dLayer layer, Shape inputShape, Shape outputShape)
    {
        (int height, int width) = (inputShape[1], inputShape[2]);
        for (int tap = 0; tap < layer.Kernel * layer.Kernel; tap++)
        {
            (int down, int right) = (tap / layer.Kernel - layer.Padding, tap % layer.Kernel - layer.Padding);
            int first = Math.Max(0, -right);
            int length = Math.Min(outputShape[2], width - right) - first;
            for (int y = Math.Max(0, -down); y < Math.Min(outputShape[1], height - down); y++)
                yield return new Overlap(
                    tap, ((y + down) * width) + first + right, (y * outputShape[2]) + first, length);
        }
    }

    private ReadOnlySpan<double> InputPlane(double[] values, int image, int channel) =>
        values.AsSpan(((image * inChannels) + channel) * inPlane, inPlane);

    private ReadOnlySpan<double> OutputPlane(double[] values, int image, int channel) =>
        values.AsSpan(((image * outChannels) + channel) * outPlane, outPlane);

    private Span<double> Filter(double[] values, int outChannel, int channel) =>
        values.AsSpan(((outChannel * inChannels) + channel) * taps, taps);

    /// <summary>y += a x.</summary>
    private static void AddScaled(Span<double> y, double a, ReadOnlySpan<double> x)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(y);
        var addends = MemoryMarshal.Cast<double, Vector<double>>(x);
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] += a * addends[i];
        for (int i = vectors.Length * Vector<double>.Count; i < y.Length; i++)
            y[i] += a * x[i];
    }

    /// <summary>The sum of the products.</summary>
    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var left = MemoryMarshal.Cast<double, Vector<double>>(x);
        var right = MemoryMarshal.Cast<double, Vector<double>>(y);
        var sums = Vector<double>.Zero;
        for (int i = 0; i < left.Length; i++)
            sums += left[i] * right[i];
        double sum = Vector.Sum(sums);
        for (int i = left.Length * Vector<double>.Count; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }
}
