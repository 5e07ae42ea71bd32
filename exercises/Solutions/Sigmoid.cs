namespace GalaxyNet.Exercises.Solutions;

/// <summary>The backward pass of the logistic function: docs/03-sigmoid.md.</summary>
public static class Sigmoid
{
    /// <inheritdoc cref="Exercises.Sigmoid.Backward"/>
    public static double[] Backward(double[] x, double[] dy)
    {
        var dx = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            // The derivative is exp(-x) / (1 + exp(-x))^2. Written with the output it needs no power of its own.
            double y = 1 / (1 + Math.Exp(-x[i]));
            dx[i] = dy[i] * y * (1 - y);
        }
        return dx;
    }
}
