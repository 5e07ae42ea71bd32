using System.Buffers.Binary;

namespace GalaxyNet.Tests;

/// <summary>JPEGs that are not read are refused by what they are, and those that would be read wrongly too.</summary>
[TestFixture]
internal sealed class JpegCheckTests
{
    private const byte Frame = 0xc0;
    private const byte ProgressiveFrame = 0xc2;
    private const byte QuantizationTable = 0xdb;
    private const byte HuffmanTable = 0xc4;
    private const byte Scan = 0xda;
    private const byte End = 0xd9;

    // A block of gray: its table of steps, its frame, its tables of codes, its scan.
    private static readonly byte[] Jpeg = Whole(
        Segment(QuantizationTable, [0, .. Enumerable.Repeat((byte)9, 64)]),
        Segment(Frame, [8, 0, 8, 0, 8, 1, 1, 0x11, 0]),
        Segment(HuffmanTable, [0, 2, .. new byte[15], 0, 5]),
        Segment(HuffmanTable, [0x10, 2, .. new byte[15], 0, 1]),
        [.. Segment(Scan, [1, 1, 0, 0, 63, 0]), 0x3f]);

    [Test]
    public void AnOrdinaryOneIsRead()
    {
        Assert.That(JpegCheck.Problem(Jpeg), Is.Null);
        Assert.That(new ImageDecoder().Decode(Jpeg, "1.jpg").Pixels, Has.All.EqualTo(128));
    }

    [TestCase(0xc3, "a lossless JPEG")]
    [TestCase(0xc5, "a hierarchical JPEG")]
    [TestCase(0xc6, "a hierarchical JPEG")]
    [TestCase(0xc7, "a hierarchical JPEG")]
    [TestCase(0xc9, "a JPEG with arithmetic coding")]
    [TestCase(0xca, "a JPEG with arithmetic coding")]
    [TestCase(0xcb, "a lossless JPEG")]
    [TestCase(0xcd, "a hierarchical JPEG")]
    [TestCase(0xce, "a hierarchical JPEG")]
    [TestCase(0xcf, "a hierarchical JPEG")]
    [TestCase(0xde, "a hierarchical JPEG")]
    [TestCase(0xf7, "a JPEG-LS image")]
    public void OtherProcessesAreNamed(int marker, string kind) => AssertRefused(
        Replaced([0xff, Frame], [0xff, (byte)marker]),
        $"is {kind}, which is not read here: save it again as an ordinary JPEG or as a PNG");

    [TestCase(12)]
    [TestCase(16)]
    public void OtherDepthsAreNamed(int bits) =>
        AssertRefused(WithFrame([(byte)bits, 0, 8, 0, 8, 1, 1, 0x11, 0]), $"is a JPEG of {bits} bits a channel, which");

    [Test]
    public void AHeightBehindThePixelsIsNamed() =>
        AssertRefused(WithFrame([8, 0, 0, 0, 8, 1, 1, 0x11, 0]), "whose height comes after its pixels (DNL)");

    [TestCase(0)]
    [TestCase(2)]
    [TestCase(5)]
    public void OtherChannelsAreNamed(int channels) => AssertRefused(
        WithChannels(channels), $"is a JPEG of {channels} channels, where gray has 1 and color 3: convert it");

    [TestCase(null)]
    [TestCase(1)]
    [TestCase(3)]
    public void FourChannelsOfUnknownMeaningAreNamed(int? adobeTransform)
    {
        byte[] adobe = adobeTransform is { } transform
            ? Segment(0xee, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, (byte)transform])
            : [];
        AssertRefused(
            [.. Jpeg[..2], .. adobe, .. WithChannels(4)[2..]],
            "is a JPEG of four channels (CMYK) without Adobe's marker of what they mean: convert it to RGB");
    }

    /// <summary>The decoder would stop there without a word, and give out what is in its memory.</summary>
    [TestCase(0xd0, false)]
    [TestCase(0x01, false)]
    [TestCase(0xd8, false)]
    [TestCase(0xc8, true)]
    [TestCase(0xcc, true)]
    [TestCase(0xdf, true)]
    [TestCase(0xf0, true)]
    [TestCase(0x42, true)]
    [TestCase(Frame, true)]
    public void WhatTheDecoderDoesNotKnowIsRefused(int marker, bool hasLength)
    {
        byte[] unknown = hasLength ? Segment((byte)marker, [8, 0, 8, 0, 8, 1, 1, 0x11, 0]) : [0xff, (byte)marker];
        AssertRefused(Inserted(unknown, Scan), ImageHeader.Damaged);
    }

    [TestCase(new byte[] { 0 })]
    [TestCase(new byte[] { 1, 2, 3 })]
    public void BytesBetweenSegmentsAreRefused(byte[] bytes) =>
        AssertRefused(Inserted(bytes, Scan), "with bytes between its segments");

    [TestCase(QuantizationTable, 0)]
    [TestCase(HuffmanTable, 0)]
    [TestCase(HuffmanTable, 1)]
    public void AMissingTableIsNamed(byte marker, int which) =>
        AssertRefused(Without(marker, which), "is a JPEG without all of its tables");

    [TestCase(QuantizationTable, new byte[] { 4 })]
    [TestCase(QuantizationTable, new byte[] { 0x20 })]
    [TestCase(QuantizationTable, new byte[] { 0, 1, 2 })]
    [TestCase(HuffmanTable, new byte[] { 0, 1, 2 })]
    [TestCase(HuffmanTable, new byte[] { 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [TestCase(HuffmanTable, new byte[] { 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 })]
    [TestCase(Scan, new byte[] { 0 })]
    [TestCase(Scan, new byte[] { 1, 2, 0, 0, 63, 0 })]
    [TestCase(Scan, new byte[] { 1, 1, 0, 0, 63 })]
    public void DamagedTablesAndScansAreRefused(byte marker, byte[] data) =>
        AssertRefused(Inserted(Segment(marker, data), Scan), ImageHeader.Damaged);

    /// <summary>OpenCV guesses what is missing, in a way of its own.</summary>
    [Test]
    public void AProgressiveJpegNeedsAllOfItsScans()
    {
        byte[] means = [.. Segment(Scan, [1, 1, 0, 0, 0, 1]), 0x7f];
        byte[] lastBit = [.. Segment(Scan, [1, 1, 0, 0, 0, 0x10]), 0x7f];
        byte[] others = [.. Segment(Scan, [1, 1, 0, 1, 63, 0]), 0x7f];
        Assert.That(JpegCheck.Problem(Progressive(means, lastBit, others)), Is.Null);
        AssertRefused(Progressive(means, lastBit), ImageHeader.Truncated);
        AssertRefused(Progressive(means, others), ImageHeader.Truncated);
        AssertRefused(Progressive(), ImageHeader.Damaged);
        AssertRefused(
            Progressive(means, Segment(QuantizationTable, [0, .. new byte[64]]), lastBit, others),
            "is a progressive JPEG with quantization tables between its scans");
        AssertRefused(Progressive([.. Enumerable.Repeat(means, 101)]), "has more than 100 scans");
    }

    [Test]
    public void AChannelWithoutAScanIsMissing()
    {
        byte[] jpeg = WithFrame([8, 0, 8, 0, 8, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);
        AssertRefused(jpeg, ImageHeader.Truncated);
    }

    private static void AssertRefused(byte[] file, string problem) => Assert.That(
        () => new ImageDecoder().Decode(file, "1.jpg"),
        Throws.TypeOf<UserErrorException>().With.Message.StartsWith("1.jpg: ").And.Message.Contains(problem));

    private static byte[] Whole(params byte[][] segments) =>
        [0xff, 0xd8, .. segments.SelectMany(bytes => bytes), 0xff, End];

    private static byte[] Segment(byte marker, byte[] data)
    {
        byte[] segment = [0xff, marker, 0, 0, .. data];
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(2 + data.Length));
        return segment;
    }

    private static byte[] Progressive(params byte[][] scans)
    {
        int scan = At(Scan, 0);
        byte[] header = Jpeg[..scan];
        header[At(Frame, 0) + 1] = ProgressiveFrame;
        return [.. header, .. scans.SelectMany(bytes => bytes), 0xff, End];
    }

    private static byte[] WithChannels(int channels) => WithFrame(
    [
        8, 0, 8, 0, 8, (byte)channels,
        .. Enumerable.Range(1, channels).SelectMany(i => new byte[] { (byte)i, 0x11, 0 }),
    ]);

    private static byte[] WithFrame(byte[] data)
    {
        int frame = At(Frame, 0);
        return [.. Jpeg[..frame], .. Segment(Frame, data), .. Jpeg[At(HuffmanTable, 0)..]];
    }

    private static byte[] Inserted(byte[] bytes, byte before) =>
        [.. Jpeg[..At(before, 0)], .. bytes, .. Jpeg[At(before, 0)..]];

    private static byte[] Without(byte marker, int which)
    {
        int start = At(marker, which);
        int length = BinaryPrimitives.ReadUInt16BigEndian(Jpeg.AsSpan(start + 2));
        return [.. Jpeg[..start], .. Jpeg[(start + 2 + length)..]];
    }

    private static byte[] Replaced(byte[] old, byte[] bytes)
    {
        int at = Jpeg.AsSpan().IndexOf(old);
        return [.. Jpeg[..at], .. bytes, .. Jpeg[(at + old.Length)..]];
    }

    /// <summary>Where a marker is, for the nth time.</summary>
    private static int At(byte marker, int which)
    {
        int at = Jpeg.AsSpan().IndexOf([(byte)0xff, marker]);
        return which == 0 ? at : at + 2 + Jpeg.AsSpan(at + 2).IndexOf([(byte)0xff, marker]);
    }
}
