using System.Text;

namespace GalaxyNet.Tests;

/// <summary>The checksum of records, by the examples of RFC 3720, appendix B.4.</summary>
[TestFixture]
internal sealed class Crc32CTests
{
    private const int Length = 32;

    private static IEnumerable<TestCaseData> Examples =>
    [
        new TestCaseData(new byte[Length], 0x8a9136aau).SetArgDisplayNames("zeros"),
        new TestCaseData(Enumerable.Repeat((byte)0xff, Length).ToArray(), 0x62a8ab43u).SetArgDisplayNames("ones"),
        new TestCaseData(Ascending, 0x46dd794eu).SetArgDisplayNames("ascending"),
        new TestCaseData(Ascending.Reverse().ToArray(), 0x113fdb5cu).SetArgDisplayNames("descending"),
        new TestCaseData("123456789"u8.ToArray(), 0xe3069283u).SetArgDisplayNames("digits"),
    ];

    private static byte[] Ascending => [.. Enumerable.Range(0, Length).Select(i => (byte)i)];

    [TestCaseSource(nameof(Examples))]
    public void TheSumIsThatOfTheStandard(byte[] bytes, uint sum) => Assert.That(Crc32C.Of(bytes), Is.EqualTo(sum));

    /// <summary>The sum is rotated by 15 bits, and 0xa282ead8 is added.</summary>
    [Test]
    public void ARecordHoldsItMasked() =>
        Assert.That(Crc32C.Masked(Encoding.ASCII.GetBytes("123456789")), Is.EqualTo(0x2507c60du + 0xa282ead8u));
}
