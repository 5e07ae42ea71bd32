namespace GalaxyNet.Kernels;

/// <summary>
/// Which stage of the shared memory is multiplied, and which is free for the copies of a later slice; in bytes of
/// shared memory.
/// </summary>
/// <param name="left">Where the thread's numbers of the left operand lie in the one that is multiplied.</param>
/// <param name="right">Where those of the right operand lie.</param>
/// <param name="free">Where the free one begins.</param>
/// <param name="step">
/// Of two stages, from the one that is multiplied to the other; of three, from the first of all to it.
/// </param>
internal readonly struct CudaStages(uint left, uint right, uint free, uint step)
{
    public readonly uint Left = left;
    public readonly uint Right = right;
    public readonly uint Free = free;
    private readonly uint step = step;

    /// <summary>Those for the first slice.</summary>
    /// <param name="shared">Where shared memory begins.</param>
    public static CudaStages First<TTile>(uint shared)
        where TTile : struct, ICudaTile
    {
        var position = CudaPosition.Of<TTile>();
        uint bytes = (uint)CudaTile.StageBytes<TTile>();
        return new CudaStages(
            shared + position.InLeft<TTile>(),
            shared + (uint)CudaTile.SliceBytes(TTile.Rows) + position.InRight<TTile>(),
            shared + ((uint)(CudaTile.Stages<TTile>() - 1) * bytes),
            CudaTile.Stages<TTile>() == 2 ? bytes : 0);
    }

    /// <summary>Those for the next slice: the stage that was multiplied is free.</summary>
    /// <param name="shared">As for the first.</param>
    public CudaStages Next<TTile>(uint shared)
        where TTile : struct, ICudaTile => CudaTile.Stages<TTile>() == 2 ? Swapped() : Rotated<TTile>(shared);

    // Two change places by additions: no register has to hold which of them is which.
    private CudaStages Swapped() => new(Left + step, Right + step, Free - step, 0u - step);

    private CudaStages Rotated<TTile>(uint shared)
        where TTile : struct, ICudaTile
    {
        uint bytes = (uint)CudaTile.StageBytes<TTile>();
        uint next = step == 2 * bytes ? 0 : step + bytes;
        return new CudaStages(Left + next - step, Right + next - step, shared + step, next);
    }
}
