namespace GalaxyNet.Exercises;

/// <summary>A step of gradient descent with momentum.</summary>
/// <remarks>
/// To be done: v = momentum v + g, and then p = p - learningRate v. There is nothing to derive: write the step itself.
///
/// The page: docs/13-sgd_momentum.md
/// Check what you have written: dotnet run --project exercises -- check sgd_momentum
/// </remarks>
public static class SgdMomentum
{
    /// <summary>Changes p and v in place.</summary>
    /// <param name="p">The parameters: [count]. To be changed.</param>
    /// <param name="g">Their gradients: [count].</param>
    /// <param name="v">The velocities: [count]. To be changed.</param>
    /// <param name="momentum">How much of the velocity stays.</param>
    /// <param name="learningRate">How far a parameter moves.</param>
    public static void Step(double[] p, double[] g, double[] v, double momentum, double learningRate)
    {
        throw new NotImplementedException(); // write it here
    }
}
