using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>The CPU's body of <see cref="ReluGradient"/>. Threads split the elements.</summary>
internal unsafe struct ReluGradientWork : ISimdWork
{
    public ArrayView<float> Output;
    public ArrayView<float> OutputGradient;
    public ArrayView<float> InputGradient;
    public float Scale;

    [Kernel("dropout", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var range = WorkRange.Of((int)Output.Length, thread, threads);
        var row = new Row
        {
            Output = Output.Pointer() + range.Start,
            OutputGradient = OutputGradient.Pointer() + range.Start,
            InputGradient = InputGradient.Pointer() + range.Start,
            Scale = Scale,
        };
        RowLoop.Run<TSimd, TVector, Row>(ref row, range.End - range.Start);
    }

    private struct Row : IRowBody
    {
        public float* Output;
        public float* OutputGradient;
        public float* InputGradient;
        public float Scale;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Run<TSimd, TVector>(int first)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
        {
            TVector passes = TSimd.IsGreater(TSimd.Load(Output + first), TSimd.Zero);
            TVector scaled = TSimd.Multiply(TSimd.Load(OutputGradient + first), TSimd.Broadcast(Scale));
            TSimd.Store(TSimd.Select(passes, scaled, TSimd.Zero), InputGradient + first);
        }
    }
}
