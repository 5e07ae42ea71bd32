using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>Copies images into <see cref="PaddedPlanes"/>. Threads split the channels of all images.</summary>
internal struct PadWork : ISimdWork
{
    public ArrayView<float> Source;
    public ArrayView<float> Planes;
    public PaddedPlanes Layout;
    public int Images;

    [Kernel("conv2d", Schedule.Cpu)]
    public readonly unsafe void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var range = WorkRange.Of(Images * Layout.Channels, thread, threads);
        Layout.CopyChannels(Source.Pointer(), Planes.Pointer(), range);
    }
}
