namespace GalaxyNet.Exercises;

/// <summary>The backward pass of dropout.</summary>
/// <remarks>
/// Forward: y[i] = mask[i] x[i] / (1 - probability).
///
/// To be found: dx, the gradient of the loss with respect to x.
///
/// The page: docs/11-dropout.md
/// Check what you have written: dotnet run --project exercises -- check dropout
/// </remarks>
public static class Dropout
{
    /// <summary>Finds dx from dy.</summary>
    /// <param name="dy">The gradient with respect to y: [count].</param>
    /// <param name="mask">0 where the element was dropped in the forward pass, else 1: [count].</param>
    /// <param name="probability">The probability that an element is dropped.</param>
    /// <returns>dx: [count].</returns>
    public static double[] Backward(double[] dy, double[] mask, double probability)
    {
        throw new NotImplementedException(); // write it here
    }
}
