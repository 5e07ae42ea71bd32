namespace GalaxyNet.Exercises;

/// <summary>The backward pass of batch normalization, in training.</summary>
/// <remarks>
/// Forward, for each channel c: y = w z + b, with z = (x - mu) / sqrt(v + epsilon), which the page writes as an x with
/// a hat. mu is the mean of the channel's m elements in all images of the batch, and v = sum((x - mu)^2) / m their
/// variance. m = batch x height x width.
///
/// To be found: dx, dw and db, the gradients of the loss with respect to x, w and b. Each x of a channel moves mu and
/// v.
///
/// The page: docs/09-batch_norm2d.md
/// Check what you have written: dotnet run --project exercises -- check batch_norm2d
/// </remarks>
public static class BatchNorm2d
{
    /// <summary>Finds dx, dw and db from dy.</summary>
    /// <param name="x">The input: [batch, channels, height, width].</param>
    /// <param name="w">The weight of each channel: [channels].</param>
    /// <param name="dy">The gradient with respect to y, of the shape of x.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <returns>dx of the shape of x, dw: [channels], and db: [channels].</returns>
    public static (double[,,,] Dx, double[] Dw, double[] Db) Backward(
        double[,,,] x, double[] w, double[,,,] dy, double epsilon)
    {
        throw new NotImplementedException(); // write it here
    }
}
