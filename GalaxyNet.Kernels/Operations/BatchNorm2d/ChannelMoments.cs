namespace GalaxyNet.Kernels;

/// <summary>
/// The mean and the squared deviations of parts of each channel, which a convolution of the CUDA engine leaves for the
/// batch normalization after it: see <see cref="CudaMoments"/>.
/// </summary>
/// <param name="device">Where both run.</param>
public sealed class ChannelMoments(Device device) : IDisposable
{
    private readonly Workspace<float> memory = new(device);
    private int channels;
    private bool disposed;

    /// <summary>False where the convolution had no way to leave them.</summary>
    public bool AreKnown => Parts > 0;

    /// <summary>Into how many parts each channel is cut.</summary>
    internal int Parts { get; private set; }

    /// <summary>The numbers of a part; the last one has what is left.</summary>
    internal int CountOfPart { get; private set; }

    /// <summary>[channels, parts].</summary>
    internal ArrayView<float> Means => memory.AtLeast(2L * Length).SubView(0, Length);

    /// <summary>[channels, parts].</summary>
    internal ArrayView<float> Squares => memory.AtLeast(2L * Length).SubView(Length, Length);

    private int Length => Parts * channels;

    /// <inheritdoc/>
    public void Dispose()
    {
        disposed = true;
        memory.Dispose();
    }

    /// <summary>Checks an argument of an operation.</summary>
    /// <exception cref="ArgumentException">The moments live on another device.</exception>
    /// <exception cref="ObjectDisposedException">The moments have been disposed.</exception>
    internal void Require(Device expected, string argument)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        ArgumentChecks.RequireDevice(device, expected, argument);
    }

    /// <summary>Checks that the moments, where known, are of a tensor [batch, channels, height, width].</summary>
    /// <exception cref="ArgumentException">They are of another one, or live on another device.</exception>
    /// <exception cref="ObjectDisposedException">The moments have been disposed.</exception>
    internal void RequireOf(Tensor input, string argument)
    {
        Require(input.Device, argument);
        if (!AreKnown)
            return;
        int count = input.Count / input.Shape[1];
        if (channels != input.Shape[1] || Parts != Rounding.CeilingDivide(count, CountOfPart))
            throw new ArgumentException(
                $"{argument} has {Parts} parts of {channels} channels, which are not those of {input.Shape}.",
                argument);
    }

    /// <summary>All parts of channels of so many numbers.</summary>
    internal MomentParts PartsOf(int count) =>
        new(Means, Squares, channels, Parts - 1, CountOfPart, count - ((Parts - 1) * CountOfPart));

    /// <summary>Makes room; no parts say that they are not known.</summary>
    internal void Resize(int partCount, int channelCount, int countOfPart)
    {
        Parts = partCount;
        channels = channelCount;
        CountOfPart = countOfPart;
    }
}
