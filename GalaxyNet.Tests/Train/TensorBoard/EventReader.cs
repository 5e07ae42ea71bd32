using System.Buffers.Binary;
using System.Text.RegularExpressions;
using Tensorboard;

namespace GalaxyNet.Tests;

/// <summary>Reads files of events by the description of their format, with a checksum of its own.</summary>
internal static partial class EventReader
{
    private const uint Polynomial = 0x82f63b78; // Castagnoli's, its bits reversed
    private const int HeaderLength = 12;
    private const int FooterLength = 4;

    /// <summary>The files of a folder in the order in which TensorBoard reads them.</summary>
    public static string[] Files(string folder)
    {
        string[] files = [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)];
        Assert.That(files.Select(path => Path.GetFileName(path)), Is.All.Matches(Name()));
        return files;
    }

    /// <summary>The events of a file, which must be whole.</summary>
    public static List<Event> Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        var events = Read(bytes, out int end);
        Assert.That(end, Is.EqualTo(bytes.Length), $"{path} ends in half an event.");
        return events;
    }

    /// <summary>The events up to the end, or to the first one that is not whole.</summary>
    public static List<Event> Read(byte[] bytes, out int end)
    {
        var events = new List<Event>();
        for (end = 0; end + HeaderLength <= bytes.Length;)
        {
            var rest = bytes.AsSpan(end);
            long length = BinaryPrimitives.ReadInt64LittleEndian(rest);
            AssertSum(rest[..8], rest[8..]);
            if (length + HeaderLength + FooterLength > rest.Length)
                break;
            var data = rest.Slice(HeaderLength, (int)length);
            AssertSum(data, rest[(HeaderLength + (int)length)..]);
            events.Add(Event.Parser.ParseFrom(data));
            end += HeaderLength + (int)length + FooterLength;
        }
        return events;
    }

    /// <summary>
    /// What TensorBoard shows of a folder, by tag: where a file after the first begins, all that came before is gone
    /// from its first step on.
    /// </summary>
    public static Dictionary<string, List<ShownValue>> Shown(string folder)
    {
        var shown = new List<(string Tag, ShownValue Value)>();
        foreach (var each in Files(folder).SelectMany(Read))
        {
            if (each.SessionLog?.Status == SessionLog.Types.SessionStatus.Start)
                shown.RemoveAll(earlier => earlier.Value.Step >= each.Step);
            shown.AddRange((each.Summary?.Value ?? []).Select(
                value => (value.Tag, new ShownValue(each.Step, value.Metadata.PluginData.PluginName, value.Tensor))));
        }
        return shown.GroupBy(each => each.Tag).ToDictionary(
            group => group.Key, group => group.Select(each => each.Value).ToList());
    }

    private static void AssertSum(ReadOnlySpan<byte> data, ReadOnlySpan<byte> sum)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 1 ? Polynomial ^ (crc >> 1) : crc >> 1;
        }
        crc = ~crc;
        uint masked = ((crc >> 15) | (crc << 17)) + 0xa282ead8;
        Assert.That(BinaryPrimitives.ReadUInt32LittleEndian(sum), Is.EqualTo(masked));
    }

    [GeneratedRegex(@"^events\.out\.tfevents\.[0-9]{10}$")]
    private static partial Regex Name();
}

/// <summary>A value as TensorBoard shows it.</summary>
internal sealed record ShownValue(long Step, string Plugin, TensorProto Tensor)
{
    public float Number => Tensor.FloatVal.Single();

    public string Text => Tensor.StringVal.Single().ToStringUtf8();

    public int[] Shape => [.. Tensor.TensorShape.Dim.Select(dim => (int)dim.Size)];

    public double[] Numbers => Plugin == "scalars" ? [Number]
        : [.. Tensor.TensorContent.ToByteArray().Chunk(sizeof(double)).Select(each => BitConverter.ToDouble(each))];

    /// <summary>The left edges, the right edges and the counts of a histogram.</summary>
    public (double[] Left, double[] Right, double[] Count) Buckets
    {
        get
        {
            double[][] rows = [.. Numbers.Chunk(3)];
            Assert.That(Shape, Is.EqualTo([rows.Length, 3]));
            return ([.. rows.Select(row => row[0])], [.. rows.Select(row => row[1])], [.. rows.Select(row => row[2])]);
        }
    }
}
