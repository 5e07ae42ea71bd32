using System.Numerics;
using System.Runtime.InteropServices;
using GalaxyNet.Layers;

namespace GalaxyNet.Tests;

/// <summary>A layer in float64. Arrays are [batch, ...] in the order of the float32 tensors; backward passes follow a forward pass.</summary>
internal abstract class Float64Layer
{
    /// <summary>Computes the output, and keeps what the gradients need.</summary>
    public abstract double[] Forward(double[] input, Mode mode);

    /// <summary>The gradient of the loss with respect to the input. It is linear in <paramref name="outputGradient"/>.</summary>
    public abstract double[] InputGradient(double[] outputGradient);

    /// <summary>Puts the gradients of the loss with respect to the layer's parameters under their names. They too are linear.</summary>
    public virtual void ParameterGradients(double[] outputGradient, Dictionary<string, double[]> gradients)
    {
    }

    /// <summary>
    /// For each of the layer's choices that is closer than float32 can tell: how the input's gradient changes, by index, where the
    /// choice falls the other way.
    /// </summary>
    public virtual IEnumerable<Dictionary<int, double>> UndecidedChoices(double[] outputGradient) => [];

    /// <summary>y += a x.</summary>
    protected static void AddScaled(Span<double> y, double a, ReadOnlySpan<double> x)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(y);
        var addends = MemoryMarshal.Cast<double, Vector<double>>(x);
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] += a * addends[i];
        for (int i = vectors.Length * Vector<double>.Count; i < y.Length; i++)
            y[i] += a * x[i];
    }

    /// <summary>The sum of the products.</summary>
    protected static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
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

    /// <summary>The largest difference, for values of this size, of which float32 kernels may take either side.</summary>
    /// <remarks>
    /// The rounding of a sum of hundreds of products, some ten units of 6e-8, and of Winograd's transforms, which multiply that by five.
    /// </remarks>
    protected static double Resolution(double[] values) => 1e-5 * Math.Sqrt(Dot(values, values) / values.Length);
}
