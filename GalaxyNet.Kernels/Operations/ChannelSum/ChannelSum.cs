using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>The sum of each channel over the batch and the pixels: the gradient of a bias.</summary>
/// <remarks>
/// Forward: s[c] = sum over n and i of x[n, c, i], where i runs over all axes after the channel.
///
/// On a GPU the groups share out the planes, so that a few channels keep all multiprocessors busy. Each makes a partial
/// sum by a <see cref="GroupSum"/>, and a second launch adds those up: all of it always in the same order. Where a
/// plane is one number, the second launch is enough. On the CPU one thread takes a channel:
/// <see cref="ChannelSumWork"/>.
/// </remarks>
public sealed class ChannelSum : DisposableOperation
{
    private readonly Action<KernelConfig, Floats, Floats, int> partialSums;
    private readonly Action<KernelConfig, Floats, Floats> sumRows;
    private readonly Workspace<float> partials;
    private readonly SimdKernel<ChannelSumWork> sumOnCpu;

    /// <summary>Prepares it for a device; a kernel is compiled when it is first launched.</summary>
    public ChannelSum(Device device)
        : base(device)
    {
        partialSums = device.Load<Floats, Floats, int>(PartialSumsKernel);
        sumRows = device.Load<Floats, Floats>(SumRowsKernel);
        partials = new Workspace<float>(device);
        sumOnCpu = new SimdKernel<ChannelSumWork>(device);
    }

    /// <summary>Sums <paramref name="input"/> [batch, channels, ...] into <paramref name="sums"/> [channels].</summary>
    public void Sum(Tensor input, Tensor sums)
    {
        input.Require(Device, nameof(input));
        if (input.Shape.Rank < 2)
            throw new ArgumentException(
                $"A channel sum needs [batch, channels, ...], not {input.Shape}.", nameof(input));
        int channels = input.Shape[1];
        sums.Require(Device, [channels], nameof(sums));
        int pixels = input.Count / (input.Shape[0] * channels);
        if (Device.Schedule == Schedule.Gpu)
            SumOnGpu(input, sums, pixels);
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

    private protected override void Free() => partials.Dispose();

    private void SumOnGpu(Tensor input, Tensor sums, int pixels)
    {
        var rows = input.Data;
        if (pixels > 1)
        {
            int groups = PlaneLoop.PartsOf(Device, input.Shape[0], sums.Count) * sums.Count;
            rows = partials.AtLeast(groups).SubView(0, groups);
            partialSums(GroupSum.Launch(Device, groups), input.Data, rows, pixels);
        }
        sumRows(Device.Loop(sums.Count), rows, sums.Data);
    }

    /// <summary>The sum of each group's planes.</summary>
    [Kernel("channel_sum", Schedule.Shared)]
    internal static void PartialSumsKernel(Floats input, Floats partials, int pixels)
    {
        var loop = PlaneLoop.Of(input, pixels);
        float sum = 0f;
        for (int plane = loop.Start; plane < loop.End; plane += loop.Step)
        {
            int end = (plane + 1) * pixels;
            float planeSum = 0f; // apart, because a long sum in one float loses digits
            for (int i = end - pixels + loop.Thread; i < end; i += loop.Threads)
                planeSum += input[i];
            sum += planeSum;
        }
        sum = GroupSum.Of(sum);
        if (Group.IsFirstThread)
            partials[Grid.IdxX] = sum;
    }

    /// <summary>s[c] = sum over r of x[r, c].</summary>
    [Kernel("channel_sum", Schedule.Shared)]
    internal static void SumRowsKernel(Floats rows, Floats sums)
    {
        int channels = (int)sums.Length;
        int length = (int)rows.Length;
        var range = LoopRange.Of(channels);
        for (int channel = range.Start; channel < range.End; channel += range.Step)
        {
            float sum = 0f;
            for (int i = channel; i < length; i += channels)
                sum += rows[i];
            sums[channel] = sum;
        }
    }
}
