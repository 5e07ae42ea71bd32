namespace GalaxyNet.Kernels;

/// <summary>The logistic function of <see cref="Sigmoid"/> as plain loops, in float64.</summary>
internal sealed class SigmoidReference : IReference
{
    /// <summary>y[i] = 1 / (1 + exp(-x[i])).</summary>
    public static double[] Forward(double[] x)
    {
        var y = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            y[i] = 1 / (1 + Math.Exp(-x[i]));
        return y;
    }

    /// <summary>dx[i] = dy[i] y[i] (1 - y[i]).</summary>
    public static double[] Backward(double[] x, double[] dy)
    {
        double[] y = Forward(x);
        var dx = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            dx[i] = dy[i] * y[i] * (1 - y[i]);
        return dx;
    }

    Array IReference.Forward(Array[] arguments) => Forward(arguments[0].Flat());

    Array?[] IReference.Backward(Array[] arguments, Array outputGradient) =>
        [Backward(arguments[0].Flat(), outputGradient.Flat())];
}
