using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>The CPU's body of <see cref="MovingAverage"/>. Threads split the numbers.</summary>
internal unsafe struct MovingAverageWork : ISimdWork
{
    public ArrayView<float> Average;
    public ArrayView<float> Values;
    public float Decay;

    [Kernel("moving_average", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var range = WorkRange.Of((int)Average.Length, thread, threads);
        var row = new AveragedRow
        {
            Average = Average.Pointer() + range.Start,
            Values = Values.Pointer() + range.Start,
            Decay = Decay,
        };
        RowLoop.Run<TSimd, TVector, AveragedRow>(ref row, range.End - range.Start);
    }

    private struct AveragedRow : IRowBody
    {
        public float* Average;
        public float* Values;
        public float Decay;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Run<TSimd, TVector>(int first)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
        {
            TVector added = TSimd.Multiply(TSimd.Broadcast(1f - Decay), TSimd.Load(Values + first));
            TVector kept = TSimd.Load(Average + first);
            TSimd.Store(TSimd.MultiplyAdd(TSimd.Broadcast(Decay), kept, added), Average + first);
        }
    }
}
