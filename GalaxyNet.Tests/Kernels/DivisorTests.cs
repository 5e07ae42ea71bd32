namespace GalaxyNet.Tests;

/// <summary>A division by multiplying gives what a division gives.</summary>
[TestFixture]
internal sealed class DivisorTests
{
    [Test]
    public void TheQuotientIsExact(
        [Values(1, 2, 3, 7, 8, 24, 96, 256, 1000, 1024, 4096, 65537, 1 << 30, int.MaxValue)] int value)
    {
        var divisor = new Divisor(value);
        var random = new Random(value);
        for (int i = 0; i < 1000; i++)
        {
            int n = random.Next();
            int multiple = (int)Math.Min((long)(n % 1000) * value, int.MaxValue);
            foreach (int each in (int[])[n, n % 1000, multiple, Math.Max(multiple - 1, 0), int.MaxValue - i])
                Assert.That(divisor.Quotient(each), Is.EqualTo(each / value), $"{each} / {value}");
        }
    }
}
