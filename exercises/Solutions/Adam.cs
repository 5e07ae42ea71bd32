namespace GalaxyNet.Exercises.Solutions;

/// <summary>A step of Adam: docs/14-adam.md.</summary>
public static class Adam
{
    /// <inheritdoc cref="Exercises.Adam.Step"/>
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
        for (int i = 0; i < p.Length; i++)
        {
            m[i] = (beta1 * m[i]) + ((1 - beta1) * g[i]);
            v[i] = (beta2 * v[i]) + ((1 - beta2) * g[i] * g[i]);

            // Both began at 0, so they are too small in the first steps. These quotients are not kept: the next step
            // goes on with m and v as they are.
            double mean = m[i] / (1 - Math.Pow(beta1, step));
            double meanSquare = v[i] / (1 - Math.Pow(beta2, step));

            // The decay is of the parameter before the step, and is no part of the gradient.
            p[i] *= 1 - (learningRate * weightDecay);
            p[i] -= learningRate * mean / (Math.Sqrt(meanSquare) + epsilon);
        }
    }
}
