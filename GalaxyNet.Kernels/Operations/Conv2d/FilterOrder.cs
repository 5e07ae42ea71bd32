namespace GalaxyNet.Kernels;

/// <summary>How a convolution pass reads the weight: which number belongs to row m, channel q and tap t of its filters.</summary>
/// <param name="Rows">Filters: output channels of the pass.</param>
/// <param name="Channels">Channels of a filter: input channels of the pass.</param>
/// <param name="Taps">Numbers in one channel of a filter.</param>
/// <param name="RowStride">From a filter to the next.</param>
/// <param name="ChannelStride">From a channel to the next.</param>
/// <param name="FirstTap">Where a channel's first tap is.</param>
/// <param name="TapStride">From a tap to the next: -1 reads the taps backwards, which turns the filter by half a turn.</param>
internal readonly record struct FilterOrder(
    int Rows, int Channels, int Taps, int RowStride, int ChannelStride, int FirstTap, int TapStride)
{
    /// <summary>Forward: row o, channel c.</summary>
    public static FilterOrder Forward(Conv2dGeometry geometry)
    {
        int taps = geometry.KernelHeight * geometry.KernelWidth;
        return new FilterOrder(geometry.OutChannels, geometry.InChannels, taps, geometry.WindowSize, taps, 0, 1);
    }

    /// <summary>The input gradient: row c, channel o, every filter turned.</summary>
    public static FilterOrder Turned(Conv2dGeometry geometry)
    {
        int taps = geometry.KernelHeight * geometry.KernelWidth;
        return new FilterOrder(geometry.InChannels, geometry.OutChannels, taps, taps, geometry.WindowSize, taps - 1, -1);
    }

    /// <summary>Multiply-adds that make one output.</summary>
    public int Depth => Channels * Taps;

    /// <summary>Where the number is.</summary>
    public int IndexOf(int row, int channel, int tap) =>
        (row * RowStride) + (channel * ChannelStride) + FirstTap + (tap * TapStride);
}

/// <summary>
/// Filters as <see cref="IWinogradTile"/> takes them: square ones of <paramref name="Kernel"/> taps along a side, in blocks of
/// <paramref name="Taps"/>, filled up with zeros. Each block of a channel counts as a channel.
/// </summary>
/// <param name="Order">Where the weights are.</param>
/// <param name="Kernel">The filter's side.</param>
/// <param name="Taps">A block's side.</param>
internal readonly record struct SplitFilters(FilterOrder Order, int Kernel, int Taps)
{
    /// <summary>Blocks along a side.</summary>
    public int Blocks => (Kernel + Taps - 1) / Taps;

    /// <summary>Channels, each block counted.</summary>
    public int Channels => Order.Channels * Blocks * Blocks;

    /// <summary>Copies a block to one lane of an <see cref="IWinogradTile"/>'s places, tap (k, l) to place (k, l).</summary>
    /// <param name="weight">The weight.</param>
    /// <param name="row">The filter; one past the last is all zeros.</param>
    /// <param name="channel">The channel, each block counted.</param>
    /// <param name="target">The lane of place (0, 0).</param>
    /// <param name="stride">Floats from a place to the next.</param>
    public unsafe void Read(float* weight, int row, int channel, float* target, int stride)
    {
        int blocks = Blocks;
        var (orderedChannel, block) = Math.DivRem(channel, blocks * blocks);
        int firstRow = block / blocks * Taps;
        int firstColumn = block % blocks * Taps;
        int rows = row < Order.Rows ? Math.Min(Taps, Kernel - firstRow) : 0;
        int columns = Math.Min(Taps, Kernel - firstColumn);
        float* taps = weight + Order.IndexOf(row, orderedChannel, (firstRow * Kernel) + firstColumn);
        int tapStride = Order.TapStride;
        for (int k = 0; k < Taps; k++, taps += Kernel * tapStride, target += 8 * stride)
        {
            for (int l = 0; l < Taps; l++)
                target[l * stride] = k < rows && l < columns ? taps[l * tapStride] : 0f;
        }
    }
}
