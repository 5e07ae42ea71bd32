namespace GalaxyNet.Kernels;

/// <summary>sum(dy) and sum(dy (x - mean)), from which db and dw are made.</summary>
/// <remarks>Take those of each plane apart: a long sum in one float loses digits.</remarks>
internal readonly struct GradientSums(float sum, float product)
{
    /// <summary>sum(dy).</summary>
    public float Sum { get; } = sum;

    /// <summary>sum(dy (x - mean)).</summary>
    public float Product { get; } = product;

    public GradientSums Plus(float gradient, float distance) => new(Sum + gradient, Product + (gradient * distance));

    public GradientSums Plus(GradientSums other) => new(Sum + other.Sum, Product + other.Product);

    /// <summary>The sums over all threads of the group. All threads must call it.</summary>
    public GradientSums OfGroup() => new(GroupSum.Of(Sum), GroupSum.Of(Product));
}

/// <summary>
/// The <see cref="GradientSums"/> of the parts that each channel is cut into, in the memory of a device.
/// </summary>
/// <param name="sums">[parts, channels].</param>
/// <param name="products">[parts, channels].</param>
internal readonly struct GradientParts(Floats sums, Floats products)
{
    private readonly Floats sums = sums;
    private readonly Floats products = products;

    /// <summary>Stores the current group's part. All threads of the group must call it.</summary>
    public void StoreOfGroup(GradientSums part)
    {
        part = part.OfGroup();
        if (!Group.IsFirstThread)
            return;
        sums[Grid.IdxX] = part.Sum;
        products[Grid.IdxX] = part.Product;
    }

    /// <summary>
    /// The sums of a whole channel. All threads of the group must call it. They share the parts, always in the same
    /// way, so that groups that ask for the same channel get the same bits.
    /// </summary>
    public GradientSums TotalOf(int channel, int channels)
    {
        var total = default(GradientSums);
        for (int i = (Group.IdxX * channels) + channel; i < (int)sums.Length; i += Group.DimX * channels)
            total = total.Plus(new GradientSums(sums[i], products[i]));
        return total.OfGroup();
    }
}

/// <summary>Where dw and db go; [channels] each.</summary>
internal readonly struct GradientOutput(Floats weightGradient, Floats biasGradient)
{
    private readonly Floats weightGradient = weightGradient;
    private readonly Floats biasGradient = biasGradient;

    public void Store(int channel, float ofWeight, float ofBias)
    {
        weightGradient[channel] = ofWeight;
        biasGradient[channel] = ofBias;
    }
}

/// <summary>dx from x, dy and the sums over the channel of the current group, which are db and dw.</summary>
internal readonly struct GradientOfChannel
{
    private readonly float mean;
    private readonly float scale;
    private readonly float constant;
    private readonly float slope;

    /// <summary>
    /// Finds db and dw, which the first group of each channel stores. All threads of the group must call it.
    /// </summary>
    public GradientOfChannel(
        int inputLength,
        Floats means,
        Floats variances,
        Floats weights,
        GradientParts parts,
        GradientOutput output,
        float epsilon)
    {
        int channels = (int)means.Length;
        int channel = Grid.IdxX % channels;
        var total = parts.TotalOf(channel, channels);
        float deviation = MathF.Sqrt(variances[channel] + epsilon);
        float weightGradient = total.Product / deviation;
        if (Grid.IdxX == channel & Group.IsFirstThread)
            output.Store(channel, weightGradient, total.Sum);
        mean = means[channel];
        float inverseDeviation = 1f / deviation;
        float count = inputLength / channels;
        scale = weights[channel] * inverseDeviation;
        constant = total.Sum / count;
        slope = weightGradient * inverseDeviation / count;
    }

    public float Of(float x, float dy) => scale * (dy - constant - ((x - mean) * slope));
}
