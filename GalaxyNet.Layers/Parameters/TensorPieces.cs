namespace GalaxyNet.Layers;

/// <summary>
/// Copies tensors to and from the host piece by piece. The largest of attempt 4 has 34 MB, and a second copy of it
/// would stay in the process long after it is of no use.
/// </summary>
internal static class TensorPieces
{
    private const int Length = 1 << 14; // small enough for the garbage collector to take it as a short-lived object

    /// <summary>Sets all elements, in their order.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="fill">Gives the next elements, as many as there is room for.</param>
    public static void Fill(this Tensor tensor, Action<Span<float>> fill)
    {
        if (tensor.Device.OnlyCounts)
            return; // drawing a network's parameters for nothing takes a second
        var piece = new float[Math.Min(Length, tensor.Count)];
        for (int start = 0; start < tensor.Count; start += Length)
        {
            var part = piece.AsSpan(0, Math.Min(Length, tensor.Count - start));
            fill(part);
            tensor.CopyFrom(start, part);
        }
    }

    /// <summary>Gives all elements, in their order, as many at a time as are convenient.</summary>
    public static void Take(this Tensor tensor, Action<ReadOnlySpan<float>> take)
    {
        foreach (var piece in tensor.Pieces())
            take(piece.Span);
    }

    /// <summary>Exchanges the elements of two tensors of one shape.</summary>
    public static void Exchange(this Tensor tensor, Tensor other)
    {
        var piece = new float[Math.Min(Length, tensor.Count)];
        var otherPiece = new float[piece.Length];
        for (int start = 0; start < tensor.Count; start += Length)
        {
            int count = Math.Min(Length, tensor.Count - start);
            tensor.CopyTo(start, piece.AsSpan(0, count));
            other.CopyTo(start, otherPiece.AsSpan(0, count));
            tensor.CopyFrom(start, otherPiece.AsSpan(0, count));
            other.CopyFrom(start, piece.AsSpan(0, count));
        }
    }

    /// <summary>True if all elements are finite.</summary>
    public static bool IsFinite(this Tensor tensor) => tensor.Pieces().All(piece => IsFinite(piece.Span));

    /// <summary>All elements, in memory that the next piece overwrites.</summary>
    private static IEnumerable<ReadOnlyMemory<float>> Pieces(this Tensor tensor)
    {
        var piece = new float[Math.Min(Length, tensor.Count)];
        for (int start = 0; start < tensor.Count; start += Length)
        {
            var part = piece.AsMemory(0, Math.Min(Length, tensor.Count - start));
            tensor.CopyTo(start, part.Span);
            yield return part;
        }
    }

    private static bool IsFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }
        return true;
    }
}
