namespace GalaxyNet.Train;

/// <summary>Counts the numbers of a device's tensors, on all cores of the host: a run waits for it.</summary>
internal sealed class TensorCounts
{
    private const int PartLength = 1 << 16;
    private const int Parts = 16;

    private float[] piece = []; // a copy of some of a tensor: one of all might not fit

    /// <summary>The histogram of a tensor.</summary>
    public FloatHistogram Of(Tensor tensor)
    {
        var histogram = new FloatHistogram();
        Array.Resize(ref piece, Math.Max(piece.Length, Math.Min(tensor.Count, Parts * PartLength)));
        for (int start = 0; start < tensor.Count; start += piece.Length)
        {
            int count = Math.Min(piece.Length, tensor.Count - start);
            tensor.CopyTo(start, piece.AsSpan(0, count));
            AllCores.Run(Rounding.CeilingDivide(count, PartLength), part => Add(histogram, PartOf(part, count)));
        }
        return histogram;
    }

    private static void Add(FloatHistogram histogram, ReadOnlySpan<float> values)
    {
        var counted = new FloatHistogram();
        counted.Add(values);
        lock (histogram)
            histogram.Add(counted);
    }

    private ReadOnlySpan<float> PartOf(int part, int count) =>
        piece.AsSpan((part * PartLength)..Math.Min((part + 1) * PartLength, count));
}
