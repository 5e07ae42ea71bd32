namespace GalaxyNet.Exercises.Solutions;

/// <summary>The sum of each channel: docs/05-channel_sum.md.</summary>
public static class ChannelSum
{
    /// <inheritdoc cref="Exercises.ChannelSum.Sum"/>
    public static double[] Sum(double[,,] x)
    {
        int batch = x.GetLength(0), channels = x.GetLength(1), pixels = x.GetLength(2);
        var s = new double[channels];
        for (int n = 0; n < batch; n++)
            for (int c = 0; c < channels; c++)
                for (int i = 0; i < pixels; i++)
                    s[c] += x[n, c, i]; // over all images, as they share the bias
        return s;
    }
}
