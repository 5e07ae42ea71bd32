namespace GalaxyNet.Exercises;

/// <summary>A step of Adam.</summary>
/// <remarks>
/// To be done, for each parameter: m = beta1 m + (1 - beta1) g and v = beta2 v + (1 - beta2) g^2. Then p becomes (1 -
/// learningRate weightDecay) p - learningRate M / (sqrt(V) + epsilon), with M = m / (1 - beta1^step) and V = v / (1 -
/// beta2^step). There is nothing to derive: write the step itself.
///
/// The page: docs/14-adam.md
/// Check what you have written: dotnet run --project exercises -- check adam
/// </remarks>
public static class Adam
{
    /// <summary>Changes p, m and v in place.</summary>
    /// <param name="p">The parameters: [count]. To be changed.</param>
    /// <param name="g">Their gradients: [count].</param>
    /// <param name="m">The mean gradients: [count]. To be changed.</param>
    /// <param name="v">The mean squared gradients: [count]. To be changed.</param>
    /// <param name="step">The number of this step, from 1.</param>
    /// <param name="learningRate">How far a parameter moves where its gradient is steady.</param>
    /// <param name="weightDecay">How much smaller each parameter becomes, for each unit of the learning rate.</param>
    /// <param name="beta1">How much of m stays.</param>
    /// <param name="beta2">How much of v stays.</param>
    /// <param name="epsilon">What keeps the division from zero.</param>
    public static void Step(
        double[] p,
        double[] g,
        double[] m,
        double[] v,
        int step,
        double learningRate,
        double weightDecay,
        double beta1,
        double beta2,
        double epsilon)
    {
        throw new NotImplementedException(); // write it here
    }
}
