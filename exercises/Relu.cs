namespace GalaxyNet.Exercises;

/// <summary>The backward pass of the ReLU.</summary>
/// <remarks>
/// Forward: y[i] = max(x[i], 0).
///
/// To be found: dx, the gradient of the loss with respect to x.
///
/// The page: docs/02-relu.md
/// Check what you have written: dotnet run --project exercises -- check relu
/// </remarks>
public static class Relu
{
    /// <summary>Finds dx from dy.</summary>
    /// <param name="x">The input: [count]. The operation does not ask which axes it has.</param>
    /// <param name="dy">The gradient with respect to y: [count].</param>
    /// <returns>dx: [count].</returns>
    public static double[] Backward(double[] x, double[] dy)
    {
        throw new NotImplementedException(); // write it here
    }
}
