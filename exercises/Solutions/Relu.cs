namespace GalaxyNet.Exercises.Solutions;

/// <summary>The backward pass of the ReLU: docs/02-relu.md.</summary>
public static class Relu
{
    /// <inheritdoc cref="Exercises.Relu.Backward"/>
    public static double[] Backward(double[] x, double[] dy)
    {
        var dx = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            // Where x is over 0, y is x: slope 1. Where it is under 0, y is 0: slope 0, and no gradient comes through.
            // What decides is the input's sign, not that of dy.
            dx[i] = x[i] > 0 ? dy[i] : 0;
        }
        return dx;
    }
}
