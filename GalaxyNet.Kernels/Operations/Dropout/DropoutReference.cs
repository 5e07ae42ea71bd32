namespace GalaxyNet.Kernels;

/// <summary>The dropout of <see cref="Dropout"/> as plain loops, in float64.</summary>
internal sealed class DropoutReference(double probability, ulong seed, ulong step) : IReference
{
    /// <summary>The probability that an element is dropped.</summary>
    public double Probability => probability;

    /// <summary>The seed of the masks.</summary>
    public ulong Seed => seed;

    /// <summary>The step, which has a mask of its own.</summary>
    public ulong Step => step;

    /// <summary>y[i] = m[i] x[i] / (1 - probability).</summary>
    public double[] Forward(double[] x)
    {
        var y = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            y[i] = Mask(i) * x[i] / (1 - probability);
        return y;
    }

    /// <summary>dx[i] = m[i] dy[i] / (1 - probability), with the same mask.</summary>
    public double[] Backward(double[] dy)
    {
        var dx = new double[dy.Length];
        for (int i = 0; i < dy.Length; i++)
            dx[i] = Mask(i) * dy[i] / (1 - probability);
        return dx;
    }

    /// <summary>m[i]: 0 where the random number of element i, of 32 bits, is below probability 2^32, else 1.</summary>
    private double Mask(int i)
    {
        uint random = Philox.Of((ulong)i / 4, step, seed).Word(i % 4); // four numbers at a time
        return random < probability * 4294967296.0 ? 0 : 1;
    }

    Array IReference.Forward(Array[] arguments) => Forward(arguments[0].Flat());

    Array?[] IReference.Backward(Array[] arguments, Array outputGradient) => [Backward(outputGradient.Flat())];
}

/// <summary>A ReLU and then <see cref="Dropout"/>, one after the other.</summary>
internal sealed class DropoutReluReference(DropoutReference dropout) : IReference
{
    /// <summary>What follows the ReLU.</summary>
    public DropoutReference Dropout => dropout;

    public Array Forward(Array[] arguments) => dropout.Forward(ReluReference.Forward(arguments[0].Flat()));

    public Array?[] Backward(Array[] arguments, Array outputGradient) =>
        [ReluReference.Backward(arguments[0].Flat(), dropout.Backward(outputGradient.Flat()))];
}
