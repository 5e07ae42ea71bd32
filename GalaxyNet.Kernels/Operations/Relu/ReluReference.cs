namespace GalaxyNet.Kernels;

/// <summary>The ReLU of <see cref="Relu"/> as plain loops, in float64.</summary>
internal sealed class ReluReference : IReference
{
    /// <summary>y[i] = max(x[i], 0).</summary>
    public static double[] Forward(double[] x)
    {
        var y = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            y[i] = x[i] > 0 ? x[i] : 0;
        return y;
    }

    /// <summary>dx[i] = dy[i] where x[i] > 0, else 0.</summary>
    public static double[] Backward(double[] x, double[] dy)
    {
        var dx = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            dx[i] = x[i] > 0 ? dy[i] : 0;
        return dx;
    }

    Array IReference.Forward(Array[] arguments) => Forward(arguments[0].Flat());

    Array?[] IReference.Backward(Array[] arguments, Array outputGradient) =>
        [Backward(arguments[0].Flat(), outputGradient.Flat())];
}
