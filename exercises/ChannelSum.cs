namespace GalaxyNet.Exercises;

/// <summary>The sum of each channel, which is the gradient of a bias.</summary>
/// <remarks>
/// To be found: s[c] = sum over n and i of x[n, c, i]. There is nothing to derive: write the sum itself.
///
/// The page: docs/05-channel_sum.md
/// Check what you have written: dotnet run --project exercises -- check channel_sum
/// </remarks>
public static class ChannelSum
{
    /// <summary>Adds up each channel.</summary>
    /// <param name="x">The numbers: [batch, channels, pixels].</param>
    /// <returns>s: [channels].</returns>
    public static double[] Sum(double[,,] x)
    {
        throw new NotImplementedException(); // write it here
    }
}
