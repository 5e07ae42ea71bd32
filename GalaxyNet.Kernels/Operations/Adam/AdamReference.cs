namespace GalaxyNet.Kernels;

/// <summary>The step of <see cref="Adam"/> as a plain loop, in float64.</summary>
/// <param name="beta1">How much of the mean gradient stays.</param>
/// <param name="beta2">How much of the mean squared gradient stays.</param>
/// <param name="epsilon">What keeps the division from zero.</param>
/// <param name="step">The number of this step, from 1.</param>
/// <param name="learningRate">How far a parameter moves where its gradient is steady.</param>
/// <param name="weightDecay">How much smaller each parameter becomes, for each unit of the learning rate.</param>
internal sealed class AdamReference(
    double beta1, double beta2, double epsilon, int step, double learningRate, double weightDecay) : IReference
{
    /// <summary>How much of the mean gradient stays.</summary>
    public double Beta1 => beta1;

    /// <summary>How much of the mean squared gradient stays.</summary>
    public double Beta2 => beta2;

    /// <summary>What keeps the division from zero.</summary>
    public double Epsilon => epsilon;

    /// <summary>The number of this step, from 1.</summary>
    public int StepNumber => step;

    /// <summary>How far a parameter moves where its gradient is steady.</summary>
    public double LearningRate => learningRate;

    /// <summary>How much smaller each parameter becomes, for each unit of the learning rate.</summary>
    public double WeightDecay => weightDecay;

    /// <summary>
    /// m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2, and
    /// p = (1 - learningRate weightDecay) p - learningRate (m / (1 - beta1^step)) / (sqrt(v / (1 - beta2^step)) +
    /// epsilon).
    /// </summary>
    public void Step(double[] p, double[] g, double[] m, double[] v)
    {
        for (int i = 0; i < p.Length; i++)
        {
            m[i] = (beta1 * m[i]) + ((1 - beta1) * g[i]);
            v[i] = (beta2 * v[i]) + ((1 - beta2) * g[i] * g[i]);
            double mean = m[i] / (1 - Math.Pow(beta1, step));
            double meanSquare = v[i] / (1 - Math.Pow(beta2, step));
            p[i] *= 1 - (learningRate * weightDecay);
            p[i] -= learningRate * mean / (Math.Sqrt(meanSquare) + epsilon);
        }
    }

    Array? IReference.Forward(Array[] arguments)
    {
        Step((double[])arguments[0], (double[])arguments[1], (double[])arguments[2], (double[])arguments[3]);
        return null;
    }

    Array?[] IReference.Backward(Array[] arguments, Array outputGradient) => [null, null, null, null];
}
