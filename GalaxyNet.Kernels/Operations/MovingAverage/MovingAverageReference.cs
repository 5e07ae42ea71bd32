namespace GalaxyNet.Kernels;

/// <summary>The step of <see cref="MovingAverage"/> as a plain loop, in float64.</summary>
/// <param name="decay">How much of the average stays.</param>
internal sealed class MovingAverageReference(double decay) : IReference
{
    /// <summary>How much of the average stays.</summary>
    public double Decay => decay;

    /// <summary>m = decay m + (1 - decay) x.</summary>
    public void Update(double[] m, double[] x)
    {
        for (int i = 0; i < m.Length; i++)
            m[i] = (decay * m[i]) + ((1 - decay) * x[i]);
    }

    Array? IReference.Forward(Array[] arguments)
    {
        Update((double[])arguments[0], (double[])arguments[1]);
        return null;
    }

    Array?[] IReference.Backward(Array[] arguments, Array outputGradient) => [null, null];
}
