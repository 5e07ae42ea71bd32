namespace GalaxyNet.Kernels;

/// <summary>The CPU's body of <see cref="Dropout"/>. Threads split the blocks of random numbers.</summary>
internal struct DropoutWork : ISimdWork
{
    public ArrayView<float> Input;
    public ArrayView<float> Output;
    public DropoutMask Mask;

    [Kernel("dropout", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var range = WorkRange.Of(Dropout.Blocks((int)Input.Length), thread, threads);
        for (int block = range.Start; block < range.End; block++)
            Dropout.MaskBlock(block, Input, Output, Mask);
    }
}
