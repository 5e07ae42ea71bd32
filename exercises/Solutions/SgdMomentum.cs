namespace GalaxyNet.Exercises.Solutions;

/// <summary>A step of gradient descent with momentum: docs/13-sgd_momentum.md.</summary>
public static class SgdMomentum
{
    /// <inheritdoc cref="Exercises.SgdMomentum.Step"/>
    public static void Step(double[] p, double[] g, double[] v, double momentum, double learningRate)
    {
        for (int i = 0; i < p.Length; i++)
        {
            v[i] = (momentum * v[i]) + g[i]; // first: the parameter moves with the new velocity
            p[i] -= learningRate * v[i]; // against the gradient, as the loss is to fall
        }
    }
}
