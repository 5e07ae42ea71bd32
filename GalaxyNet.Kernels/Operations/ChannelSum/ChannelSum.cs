using ILGPU;
using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>The sum of each channel over the batch and the pixels: the gradient of a bias.</summary>
/// <remarks>
/// Forward: s[c] = sum over n and i of x[n, c, i], where i runs over all axes after the channel.
///
/// On a GPU one group takes one channel, and its threads' partial sums meet in a <see cref="GroupSum"/>, always in the same order.
/// On the CPU one thread takes a channel: <see cref="ChannelSumWork"/>.
/// </remarks>
public sealed class ChannelSum
{
    private readonly Device device;
    private readonly Action<KernelConfig, ArrayView<float>, ArrayView<float>, int> sum;
    private readonly SimdKernel<ChannelSumWork> sumOnCpu;

    /// <summary>Compiles the kernel for a device.</summary>
    public ChannelSum(Device device)
    {
        this.device = device;
        sum = device.Accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<float>, int>(SumKernel);
        sumOnCpu = new SimdKernel<ChannelSumWork>(device);
    }

    /// <summary>Sums <paramref name="input"/> [batch, channels, ...] into <paramref name="sums"/> [channels].</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public void Sum(Tensor input, Tensor sums)
    {
        int channels = input.Shape[1];
        input.Require(device, input.Shape, nameof(input));
        sums.Require(device, [channels], nameof(sums));
        int pixels = input.Count / (input.Shape[0] * channels);
        if (device.Schedule == Schedule.Gpu)
            sum(GroupSum.Launch(device, channels), input.Data, sums.Data, pixels);
        else
            sumOnCpu.Launch(new ChannelSumWork
            {
                Input = input.Data,
                Sums = sums.Data,
                Images = input.Shape[0],
                Channels = channels,
                Pixels = pixels,
            });
    }

    [Kernel("channel_sum", Schedule.Shared)]
    internal static void SumKernel(ArrayView<float> input, ArrayView<float> sums, int pixels)
    {
        int channel = Grid.IdxX;
        int channels = (int)sums.Length;
        int length = (int)input.Length / channels;
        float partial = 0f;
        for (int i = Group.IdxX; i < length; i += Group.DimX)
            partial += input[(((i / pixels * channels) + channel) * pixels) + (i % pixels)];
        float total = GroupSum.Of(partial);
        if (Group.IsFirstThread)
            sums[channel] = total;
    }
}
