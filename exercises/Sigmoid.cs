namespace GalaxyNet.Exercises;

/// <summary>The backward pass of the logistic function.</summary>
/// <remarks>
/// Forward: y[i] = 1 / (1 + exp(-x[i])).
///
/// To be found: dx, the gradient of the loss with respect to x.
///
/// The page: docs/03-sigmoid.md
/// Check what you have written: dotnet run --project exercises -- check sigmoid
/// </remarks>
public static class Sigmoid
{
    /// <summary>Finds dx from dy.</summary>
    /// <param name="x">The input: [count].</param>
    /// <param name="dy">The gradient with respect to y: [count].</param>
    /// <returns>dx: [count].</returns>
    public static double[] Backward(double[] x, double[] dy)
    {
        throw new NotImplementedException(); // write it here
    }
}
