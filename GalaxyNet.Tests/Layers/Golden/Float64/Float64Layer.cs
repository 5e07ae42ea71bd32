namespace GalaxyNet.Tests;

/// <summary>A layer in float64. Arrays are [batch, ...] in row-major order; backward follows forward.</summary>
internal abstract class Float64Layer
{
    /// <summary>Computes the output, and keeps what the gradients need.</summary>
    public abstract double[] Forward(double[] input, Mode mode);

    /// <summary>Puts the gradients of the loss with respect to the layer's parameters under their names.</summary>
    /// <returns>
    /// The gradient with respect to the input; anything where the layer is the first. All of them are linear in
    /// <paramref name="outputGradient"/>.
    /// </returns>
    public abstract double[] Backward(double[] outputGradient, Dictionary<string, double[]> gradients, bool isFirst);

    /// <summary>
    /// For each of the layer's choices that is closer than float32 can tell: how the input's gradient changes, by
    /// index, where the choice falls the other way.
    /// </summary>
    public virtual IEnumerable<Dictionary<int, double>> UndecidedChoices(double[] outputGradient) => [];

    /// <summary>The largest difference, for values of this size, that float32 kernels may take either way.</summary>
    /// <remarks>
    /// The rounding of a sum of hundreds of products, some ten units of 6e-8, and of Winograd's transforms, which
    /// multiply that by five.
    /// </remarks>
    protected static double Resolution(double[] values) =>
        1e-5 * GradientComparison.Norm(values) / Math.Sqrt(values.Length);
}
