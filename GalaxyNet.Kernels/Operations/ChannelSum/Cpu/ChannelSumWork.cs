namespace GalaxyNet.Kernels;

/// <summary>The CPU's body of <see cref="ChannelSum"/>. Threads split the channels.</summary>
internal unsafe struct ChannelSumWork : ISimdWork
{
    public ArrayView<float> Input;
    public ArrayView<float> Sums;
    public int Images;
    public int Channels;
    public int Pixels;

    [Kernel("channel_sum", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var range = WorkRange.Of(Channels, thread, threads);
        for (int channel = range.Start; channel < range.End; channel++)
        {
            float total = 0f;
            for (int image = 0; image < Images; image++)
                total += PlaneSums.Sum<TSimd, TVector>(
                    Input.Pointer() + ((((long)image * Channels) + channel) * Pixels), Pixels);
            Sums.Pointer()[channel] = total;
        }
    }
}
