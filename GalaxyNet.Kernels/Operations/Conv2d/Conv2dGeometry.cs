namespace GalaxyNet.Kernels;

/// <summary>The extents of a convolution, all but the batch.</summary>
public sealed record Conv2dGeometry
{
    /// <summary>Describes a convolution.</summary>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="inHeight">Rows of the input.</param>
    /// <param name="inWidth">Columns of the input.</param>
    /// <param name="outChannels">Channels of the output: the number of filters.</param>
    /// <param name="kernelHeight">Rows of a filter.</param>
    /// <param name="kernelWidth">Columns of a filter.</param>
    /// <param name="stride">The distance between neighboring windows.</param>
    /// <param name="padding">
    /// Zeros added on each of the four sides; <c>(kernel - 1) / 2</c> at stride 1 is "same" padding.
    /// </param>
    /// <exception cref="ArgumentException">
    /// An extent is under 1, the padding is negative, or the filter is larger than the padded input.
    /// </exception>
    public Conv2dGeometry(
        int inChannels,
        int inHeight,
        int inWidth,
        int outChannels,
        int kernelHeight,
        int kernelWidth,
        int stride,
        int padding)
    {
        if (Math.Min(Math.Min(inChannels, inHeight), Math.Min(inWidth, outChannels)) < 1
            || Math.Min(Math.Min(kernelHeight, kernelWidth), stride) < 1 || padding < 0)
            throw new ArgumentException(
                "A convolution needs extents and a stride of at least 1 and a padding of at least 0, not "
                + $"{inChannels}x{inHeight}x{inWidth} with {outChannels} {kernelHeight}x{kernelWidth} filters, "
                + $"stride {stride}, padding {padding}.");
        if (inHeight + (2 * padding) < kernelHeight || inWidth + (2 * padding) < kernelWidth)
            throw new ArgumentException(
                $"A {kernelHeight}x{kernelWidth} filter is larger than the {inHeight}x{inWidth} input "
                + $"padded by {padding}.");
        InChannels = inChannels;
        InHeight = inHeight;
        InWidth = inWidth;
        OutChannels = outChannels;
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
        Stride = stride;
        Padding = padding;
    }

    /// <summary>Channels of the input.</summary>
    public int InChannels { get; }

    /// <summary>Rows of the input.</summary>
    public int InHeight { get; }

    /// <summary>Columns of the input.</summary>
    public int InWidth { get; }

    /// <summary>Channels of the output.</summary>
    public int OutChannels { get; }

    /// <summary>Rows of a filter.</summary>
    public int KernelHeight { get; }

    /// <summary>Columns of a filter.</summary>
    public int KernelWidth { get; }

    /// <summary>The distance between neighboring windows.</summary>
    public int Stride { get; }

    /// <summary>Zeros on each side.</summary>
    public int Padding { get; }

    /// <summary>Rows of the output: floor((height + 2 padding - kernel) / stride) + 1.</summary>
    public int OutHeight => ((InHeight + (2 * Padding) - KernelHeight) / Stride) + 1;

    /// <summary>Columns of the output: floor((width + 2 padding - kernel) / stride) + 1.</summary>
    public int OutWidth => ((InWidth + (2 * Padding) - KernelWidth) / Stride) + 1;

    /// <summary>Multiply-adds that make one output: inChannels x kernelHeight x kernelWidth.</summary>
    public int WindowSize => InChannels * KernelHeight * KernelWidth;

    /// <summary>The shape of <paramref name="batch"/> inputs.</summary>
    public Shape InputShape(int batch) => [batch, InChannels, InHeight, InWidth];

    /// <summary>The shape of the filters.</summary>
    public Shape WeightShape => [OutChannels, InChannels, KernelHeight, KernelWidth];

    /// <summary>The shape of <paramref name="batch"/> outputs.</summary>
    public Shape OutputShape(int batch) => [batch, OutChannels, OutHeight, OutWidth];

    internal ImageShape Input => new(InChannels, InHeight, InWidth);

    internal ImageShape Output => new(OutChannels, OutHeight, OutWidth);
}
