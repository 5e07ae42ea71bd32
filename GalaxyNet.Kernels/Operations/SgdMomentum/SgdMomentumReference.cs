namespace GalaxyNet.Kernels;

/// <summary>The step of <see cref="SgdMomentum"/> as a plain loop, in float64.</summary>
internal sealed class SgdMomentumReference(double momentum, double learningRate) : IReference
{
    /// <summary>How much of the velocity stays.</summary>
    public double Momentum => momentum;

    /// <summary>How far a parameter moves.</summary>
    public double LearningRate => learningRate;

    /// <summary>v = momentum v + g, and p = p - learningRate v.</summary>
    public void Step(double[] p, double[] g, double[] v)
    {
        for (int i = 0; i < p.Length; i++)
        {
            v[i] = (momentum * v[i]) + g[i];
            p[i] -= learningRate * v[i];
        }
    }

    Array? IReference.Forward(Array[] arguments)
    {
        Step((double[])arguments[0], (double[])arguments[1], (double[])arguments[2]);
        return null;
    }

    Array?[] IReference.Backward(Array[] arguments, Array outputGradient) => [null, null, null];
}
