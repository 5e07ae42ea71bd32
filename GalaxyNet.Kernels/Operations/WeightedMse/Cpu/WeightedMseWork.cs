namespace GalaxyNet.Kernels;

/// <summary>
/// The CPU's body of <see cref="WeightedMse"/>, loss and gradient together. Threads split the gradient; the first one
/// sums the loss.
/// </summary>
internal struct WeightedMseWork : ISimdWork
{
    public ArrayView<float> Output;
    public ArrayView<float> Target;
    public ArrayView<float> Weights;
    public ArrayView<float> Loss;
    public ArrayView<float> Gradient;
    public int Batch;
    public int ThroughSigmoid;

    [Kernel("weighted_mse", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float scale = 2f / Batch;
        var range = WorkRange.Of((int)Output.Length, thread, threads);
        for (int i = range.Start; i < range.End; i++)
            Gradient[i] = WeightedMse.GradientAt(i, scale, Output, Target, Weights, ThroughSigmoid);
        if (thread == 0)
            Loss[0] = LossOfBatch();
    }

    private readonly float LossOfBatch()
    {
        int rows = WeightedMse.RowsOf(Output, Weights);
        float total = 0f;
        for (int row = 0; row < rows; row++)
            total += WeightedMse.ErrorOf(row, Output, Target, Weights);
        return total / Batch;
    }
}
