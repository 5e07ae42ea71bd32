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

    public NormalizedChannel(Floats means, Floats variances, Floats weights, Floats biases, float epsilon)
    {
        int channel = Grid.IdxX % (int)means.Length;
        mean = means[channel];
        scale = weights[channel] / MathF.Sqrt(variances[channel] + epsilon);
        bias = biases[channel];
    }

    public float Of(float x) => ((x - mean) * scale) + bias;
}

/// <summary>sum(dy) and sum(dy (x - mean)), from which db and dw are made.</summary>
/// <remarks>Take those of each plane apart: a long sum in one float loses digits.</remarks>
internal readonly struct GradientSums(float sum, float product)
{
    private readonly float sum = sum;
    private readonly float product = product;

    public GradientSums Plus(float gradient, float distance) => new(sum + gradient, product + (gradient * distance));

    public GradientSums Plus(GradientSums other) => new(sum + other.sum, product + other.product);

    /// <summary>Stores the sums over all threads of the group. All threads must call it.</summary>
    public void StoreOfGroup(Floats partialSums, Floats partialProducts)
    {
        float sumOfGroup = GroupSum.Of(sum);
        float productOfGroup = GroupSum.Of(product);
        if (!Group.IsFirstThread)
            return;
        partialSums[Grid.IdxX] = sumOfGroup;
        partialProducts[Grid.IdxX] = productOfGroup;
    }
}

/// <summary>dx from x, dy and the sums over the channel of the current group, which are db and dw.</summary>
internal readonly struct GradientOfChannel
{
    private readonly float mean;
    private readonly float scale;
    private readonly float constant;
    private readonly float slope;

    public GradientOfChannel(
        int inputLength,
        Floats means,
        Floats variances,
        Floats weights,
        Floats weightGradient,
        Floats biasGradient,
        float epsilon)
    {
        int channels = (int)means.Length;
        int channel = Grid.IdxX % channels;
        mean = means[channel];
        float inverseDeviation = 1f / MathF.Sqrt(variances[channel] + epsilon);
        float count = inputLength / channels;
        scale = weights[channel] * inverseDeviation;
        constant = biasGradient[channel] / count;
        slope = weightGradient[channel] * inverseDeviation / count;
    }

    public float Of(float x, float dy) => scale * (dy - constant - ((x - mean) * slope));
}
