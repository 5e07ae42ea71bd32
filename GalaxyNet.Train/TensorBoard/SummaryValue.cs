using System.Buffers.Binary;
using System.Globalization;
using Google.Protobuf;
using Tensorboard;

namespace GalaxyNet.Train;

/// <summary>
/// What TensorBoard shows under a tag, in the form of TensorFlow 2: a tensor, and the name of the plugin that shows it.
/// </summary>
/// <remarks>
/// The form is that of each plugin's <c>summary_v2.py</c>: https://github.com/tensorflow/tensorboard.
/// </remarks>
internal static class SummaryValue
{
    /// <summary>A number.</summary>
    public static Summary.Types.Value Scalar(string tag, double number) =>
        Of(tag, "scalars", new TensorProto { Dtype = DataType.DtFloat, FloatVal = { (float)number } });

    /// <summary>A histogram: [buckets, 3], each with its left edge, its right edge and its count.</summary>
    public static Summary.Types.Value Histogram(string tag, FloatHistogram histogram)
    {
        var buckets = histogram.Buckets;
        double[] numbers = [.. buckets.SelectMany(bucket => new[] { bucket.Left, bucket.Right, bucket.Count })];
        var bytes = new byte[numbers.Length * sizeof(double)];
        for (int i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), numbers[i]);
        var tensor = new TensorProto
        {
            Dtype = DataType.DtDouble,
            TensorContent = ByteString.CopyFrom(bytes),
        };
        return Of(tag, "histograms", tensor, buckets.Count, 3);
    }

    /// <summary>An image: its width, its height, and a PNG file.</summary>
    public static Summary.Types.Value Picture(string tag, Image image, string description)
    {
        var tensor = new TensorProto
        {
            Dtype = DataType.DtString,
            StringVal =
            {
                ByteString.CopyFromUtf8(image.Width.ToString(CultureInfo.InvariantCulture)),
                ByteString.CopyFromUtf8(image.Height.ToString(CultureInfo.InvariantCulture)),
                ByteString.CopyFrom(ImageFile.ToPng(image)),
            },
        };
        var value = Of(tag, "images", tensor, 3);
        value.Metadata.SummaryDescription = description;
        return value;
    }

    /// <summary>Words, in Markdown.</summary>
    public static Summary.Types.Value Text(string tag, string markdown) => Of(
        tag,
        "text",
        new TensorProto { Dtype = DataType.DtString, StringVal = { ByteString.CopyFromUtf8(markdown) } });

    private static Summary.Types.Value Of(string tag, string plugin, TensorProto tensor, params int[] extents)
    {
        tensor.TensorShape = new TensorShapeProto
        {
            Dim = { extents.Select(size => new TensorShapeProto.Types.Dim { Size = size }) },
        };
        return new Summary.Types.Value
        {
            Tag = tag,
            Metadata = new SummaryMetadata
            {
                PluginData = new SummaryMetadata.Types.PluginData { PluginName = plugin },
            },
            Tensor = tensor,
        };
    }
}
