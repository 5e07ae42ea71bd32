namespace GalaxyNet.Kernels;

/// <summary>The numbers of a tensor at a time, told apart without looking at them.</summary>
/// <param name="Memory">The buffer that they are in.</param>
/// <param name="Offset">Where in it.</param>
/// <param name="Writes">How often it had been written to.</param>
internal readonly record struct TensorStamp(object Memory, int Offset, long Writes);

/// <summary>Remembers a tensor, to do nothing again that would come out the same.</summary>
internal sealed class TensorWatch
{
    private TensorStamp? last;

    /// <summary>False if these are certainly the numbers of the last call.</summary>
    public bool HasChanged(Tensor tensor)
    {
        var stamp = tensor.Stamp;
        bool isSame = stamp is not null && stamp == last;
        last = stamp;
        return !isSame;
    }
}
