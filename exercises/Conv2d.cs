namespace GalaxyNet.Exercises;

/// <summary>The backward pass of convolution.</summary>
/// <remarks>
/// Forward: y[n, o, i, j] = b[o] + sum over c, k and l of w[o, c, k, l] x[n, c, h, v], with h = stride i + k - padding
/// and v = stride j + l - padding. Outside its extents x is 0.
///
/// To be found: dx, dw and db, the gradients of the loss with respect to x, w and b.
///
/// The page: docs/06-conv2d.md
/// Check what you have written: dotnet run --project exercises -- check conv2d
/// </remarks>
public static class Conv2d
{
    /// <summary>Finds dx, dw and db from dy.</summary>
    /// <param name="x">The images: [batch, inChannels, height, width].</param>
    /// <param name="w">The filters: [outChannels, inChannels, kernelHeight, kernelWidth].</param>
    /// <param name="dy">The gradient with respect to y: [batch, outChannels, outHeight, outWidth].</param>
    /// <param name="stride">The distance between neighboring windows.</param>
    /// <param name="padding">Zeros on each side of an image.</param>
    /// <returns>dx of the shape of x, dw of the shape of w, and db: [outChannels].</returns>
    public static (double[,,,] Dx, double[,,,] Dw, double[] Db) Backward(
        double[,,,] x, double[,,,] w, double[,,,] dy, int stride, int padding)
    {
        throw new NotImplementedException(); // write it here
    }
}
