namespace GalaxyNet.Kernels;

/// <summary>
/// Where the mean and variance of a batch go, and the running ones that move toward them; [channels] each.
/// </summary>
internal readonly struct StatisticsOutput(
    Floats means, Floats variances, Floats runningMeans, Floats runningVariances, float momentum)
{
    private readonly Floats means = means;
    private readonly Floats variances = variances;
    private readonly Floats runningMeans = runningMeans;
    private readonly Floats runningVariances = runningVariances;
    private readonly float momentum = momentum;

    public int Channels => (int)means.Length;

    public void Store(int channel, Moments moments, float count)
    {
        means[channel] = moments.Mean;
        variances[channel] = moments.Squares / count;
        runningMeans[channel] += momentum * (moments.Mean - runningMeans[channel]);
        runningVariances[channel] += momentum * ((moments.Squares / (count - 1f)) - runningVariances[channel]);
    }
}

/// <summary>y = w (x - mean) / sqrt(variance + epsilon) + b, for the channel of the current group.</summary>
internal readonly struct NormalizedChannel
{
    private readonly float mean;
    private readonly float scale;
    private readonly float bias;

    private NormalizedChannel(float mean, float variance, float weight, float bias, float epsilon)
    {
        this.mean = mean;
        this.bias = bias;
        scale = weight / MathF.Sqrt(variance + epsilon);
    }

    /// <summary>In evaluation, by the running statistics.</summary>
    public static NormalizedChannel OfRunning(
        Floats means, Floats variances, Floats weights, Floats biases, float epsilon)
    {
        int channel = Grid.IdxX % (int)means.Length;
        return new NormalizedChannel(means[channel], variances[channel], weights[channel], biases[channel], epsilon);
    }

    /// <summary>
    /// In training, by the moments of the batch, which the first group of each channel stores. All threads of the group
    /// must call it, and nothing else of the launch may read what it stores.
    /// </summary>
    public static NormalizedChannel OfBatch(
        MomentParts parts, StatisticsOutput statistics, Floats weights, Floats biases, float epsilon)
    {
        int channel = Grid.IdxX % statistics.Channels;
        var moments = parts.JoinOf(channel);
        float count = parts.Count;
        if (Grid.IdxX == channel & Group.IsFirstThread)
            statistics.Store(channel, moments, count);
        return new NormalizedChannel(moments.Mean, moments.Squares / count, weights[channel], biases[channel], epsilon);
    }

    public float Of(float x) => ((x - mean) * scale) + bias;
}
