namespace GalaxyNet.Kernels;

/// <summary>
/// The <see cref="Moments"/> of the parts that each channel is cut into, in the memory of a device. The first parts
/// have more numbers than the others.
/// </summary>
/// <param name="means">[channels, parts].</param>
/// <param name="squares">[channels, parts].</param>
/// <param name="channels">The number of channels.</param>
/// <param name="largeParts">How many of the parts are large.</param>
/// <param name="countOfLarge">The numbers of each large part.</param>
/// <param name="countOfSmall">The numbers of each other part.</param>
internal readonly struct MomentParts(
    Floats means, Floats squares, int channels, int largeParts, int countOfLarge, int countOfSmall)
{
    private readonly Floats means = means;
    private readonly Floats squares = squares;
    private readonly int channels = channels;
    private readonly int largeParts = largeParts;
    private readonly int countOfLarge = countOfLarge;
    private readonly int countOfSmall = countOfSmall;

    /// <summary>Into how many parts each channel is cut.</summary>
    public int Parts => (int)means.Length / channels;

    /// <summary>The numbers of a whole channel.</summary>
    public int Count => (largeParts * countOfLarge) + ((Parts - largeParts) * countOfSmall);

    /// <summary>
    /// The moments of a whole channel. All threads of the group must call it. They share the parts, always in the same
    /// way, so that groups that ask for the same channel get the same bits.
    /// </summary>
    public Moments JoinOf(int channel)
    {
        int parts = Parts;
        var moments = default(Moments);
        for (int part = Group.IdxX; part < parts; part += Group.DimX)
        {
            int count = part < largeParts ? countOfLarge : countOfSmall;
            int i = (channel * parts) + part;
            moments = moments.Join(new Moments(count, means[i], squares[i]));
        }
        return Group.DimX > 1 ? moments.JoinGroup() : moments;
    }
}
