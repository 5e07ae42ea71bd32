namespace GalaxyNet.Exercises.Solutions;

/// <summary>The backward pass of dropout: docs/11-dropout.md.</summary>
public static class Dropout
{
    /// <inheritdoc cref="Exercises.Dropout.Backward"/>
    public static double[] Backward(double[] dy, double[] mask, double probability)
    {
        // The mask does not depend on x, so each output is a constant times its input, and the way back is the same
        // multiplication. It has to be the same mask: a new one would let through what the forward pass has dropped.
        var dx = new double[dy.Length];
        for (int i = 0; i < dy.Length; i++)
            dx[i] = mask[i] * dy[i] / (1 - probability);
        return dx;
    }
}
