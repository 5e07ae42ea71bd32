namespace GalaxyNet.Kernels;

/// <summary>The sum of each channel as the plain sum of <see cref="ChannelSum"/>, in float64.</summary>
internal sealed class ChannelSumReference : IReference
{
    /// <summary>s[c] = sum over n and i of x[n, c, i], where i runs over all that comes after the channel.</summary>
    public static double[] Forward(double[,,] x)
    {
        var s = new double[x.GetLength(1)];
        for (int n = 0; n < x.GetLength(0); n++)
            for (int c = 0; c < x.GetLength(1); c++)
                for (int i = 0; i < x.GetLength(2); i++)
                    s[c] += x[n, c, i];
        return s;
    }

    Array IReference.Forward(Array[] arguments)
    {
        var (batch, channels) = (arguments[0].GetLength(0), arguments[0].GetLength(1));
        return Forward((double[,,])arguments[0].Shaped([batch, channels, arguments[0].Length / (batch * channels)]));
    }

    Array?[] IReference.Backward(Array[] arguments, Array outputGradient) => [null];
}
