using System.Buffers.Binary;

namespace GalaxyNet.Tests;

/// <summary>PNGs that are not read are refused by what they are.</summary>
[TestFixture]
internal sealed class PngCheckTests
{
    private const int AfterHeader = 33; // the signature and the first chunk

    [TestCase("CgBI", "is a PNG as Xcode changes it for iPhones (CgBI): take the one it was made of")]
    [TestCase("ABCD", "is a PNG with a chunk ABCD, which is not read here: save it again")]
    [TestCase("IDAT", "is a PNG with an empty chunk of pixels, which is not read here: save it again")]
    public void AChunkThatIsNotReadIsNamed(string name, string problem) => Assert.That(
        () => new ImageDecoder().Decode(WithChunk(name), "1.png"),
        Throws.TypeOf<UserErrorException>().With.Message.EqualTo($"1.png: {problem}"));

    [TestCase("teXt")]
    [TestCase("prIV")]
    public void AChunkThatMayBeIgnoredIsIgnored(string name) =>
        Assert.That(new ImageDecoder().Decode(WithChunk(name), "1.png").Width, Is.EqualTo(4));

    private static byte[] WithChunk(string name)
    {
        using var folder = new TemporaryFolder();
        ImageFile.WritePng(folder.Path("1.png"), new Image(4, 4, 3));
        byte[] file = File.ReadAllBytes(folder.Path("1.png"));
        byte[] named = [.. name.Select(letter => (byte)letter)];
        byte[] chunk = [0, 0, 0, 0, .. named, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8), Crc32.Of(named));
        return [.. file[..AfterHeader], .. chunk, .. file[AfterHeader..]];
    }
}
