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
