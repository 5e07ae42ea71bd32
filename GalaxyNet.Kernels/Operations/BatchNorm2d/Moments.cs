namespace GalaxyNet.Kernels;

/// <summary>The count, the mean and the sum of squared deviations from the mean of some numbers.</summary>
/// <remarks>
/// The textbook's E[x^2] - E[x]^2 subtracts two large, nearly equal numbers when the mean is large against the
/// deviation, and a float keeps nothing of their difference. Here every deviation is taken from a mean close to it,
/// that of a small part of the data, and the parts are joined by the formula of Chan, Golub and LeVeque, "Updating
/// formulae and a pairwise algorithm for computing sample variances", 1979. The smallest parts are four numbers in
/// registers: memory is read once.
/// </remarks>
internal readonly struct Moments
{
    private readonly float count;

    public Moments(float count, float mean, float squares)
    {
        this.count = count;
        Mean = mean;
        Squares = squares;
    }

    /// <summary>sum(x) / count; 0 of nothing.</summary>
    public float Mean { get; }

    /// <summary>sum((x - mean)^2).</summary>
    public float Squares { get; }

    /// <summary>The moments of four numbers.</summary>
    public static Moments Of(float a, float b, float c, float d)
    {
        float mean = 0.25f * (a + b + (c + d));
        a -= mean;
        b -= mean;
        c -= mean;
        d -= mean;
        return new Moments(4f, mean, (a * a) + (b * b) + ((c * c) + (d * d)));
    }

    /// <summary>The moments of these numbers and the others together.</summary>
    public Moments Join(Moments other)
    {
        float total = count + other.count;
        float share = total > 0f ? other.count / total : 0f;
        float distance = other.Mean - Mean;
        return new Moments(
            total,
            Mean + (distance * share),
            Squares + other.Squares + (distance * distance * count * share));
    }

    /// <summary>The moments of the numbers of all threads of the group. All threads must call it.</summary>
    public Moments JoinGroup()
    {
        float total = GroupSum.Of(count);
        float mean = GroupSum.Of(count * Mean) / total;
        float distance = Mean - mean;
        return new Moments(total, mean, GroupSum.Of(Squares + (count * distance * distance)));
    }
}
