using Google.Protobuf;
using Onnx;

namespace GalaxyNet.Layers;

/// <summary>Writes networks in the format ONNX, for other programs to predict with.</summary>
internal static class OnnxFile
{
    private const long OperatorSet = 17;

    private const int MostBytes = int.MaxValue; // of a message of protobuf
    private const int LengthsOfATensor = 16; // the bytes that say how long it is, and what it is in, at most

    /// <summary>Writes a network. The same network, description and metadata make the same bytes.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="network">The network.</param>
    /// <param name="description">What it is, for people.</param>
    /// <param name="metadata">What else there is to say, in any order.</param>
    /// <exception cref="InvalidDataException">It would be larger than such a file can be.</exception>
    public static void Write(
        Stream stream, Sequential network, string description, IReadOnlyDictionary<string, string> metadata)
    {
        StateEntry[] weights = [.. network.Values.State(), .. network.Statistics.State()];
        TensorProto[] tensors = [.. weights.Select(TensorOf)];
        var model = new ModelProto
        {
            IrVersion = (long)Onnx.Version.IrVersion,
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = OperatorSet } },
            ProducerName = "GalaxyNet",
            ProducerVersion = typeof(OnnxFile).Assembly.GetName().Version!.ToString(fieldCount: 3),
            DocString = description,
            Graph = OnnxGraph.Of(network),
            MetadataProps = { metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(EntryOf) },
        };
        model.Graph.Initializer.AddRange(tensors);
        RequireRoom(model.CalculateSize() + weights.Sum(entry => BytesOf(entry) + LengthsOfATensor));
        foreach (var (tensor, entry) in tensors.Zip(weights))
            tensor.RawData = NumbersOf(entry);
        model.WriteTo(stream);
    }

    private static void RequireRoom(long bytes)
    {
        if (bytes > MostBytes)
            throw new InvalidDataException(
                $"The network needs {ByteCount.Text(bytes)}, and a file in the format ONNX has 2 GB at most.");
    }

    private static StringStringEntryProto EntryOf(KeyValuePair<string, string> pair) =>
        new() { Key = pair.Key, Value = pair.Value };

    private static TensorProto TensorOf(StateEntry entry) => new()
    {
        Name = entry.Name,
        DataType = (int)TensorProto.Types.DataType.Float,
        Dims = { entry.Extents },
    };

    private static long BytesOf(StateEntry entry) => entry.Extents.Aggregate((long)sizeof(float), (a, b) => a * b);

    private static ByteString NumbersOf(StateEntry entry)
    {
        byte[] bytes = new byte[BytesOf(entry)];
        int written = 0;
        entry.Write(part =>
        {
            part.CopyTo(bytes.AsSpan(written));
            written += part.Length;
        });
        return UnsafeByteOperations.UnsafeWrap(bytes); // of which nobody else knows
    }
}
