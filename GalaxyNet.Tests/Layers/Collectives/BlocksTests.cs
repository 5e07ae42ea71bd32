namespace GalaxyNet.Tests;

public class BlocksTests
{
    [TestCase(1, 1, new[] { 1 })]
    [TestCase(64, 2, new[] { 32, 32 })]
    [TestCase(100, 4, new[] { 32, 32, 32, 4 })]
    [TestCase(16, 4, new[] { 16, 0, 0, 0 })]
    [TestCase(0, 2, new[] { 0, 0 })]
    public void BlocksFollowEachOther(int length, int count, int[] lengths)
    {
        var blocks = new Blocks(length, count);
        int start = 0;
        for (int block = 0; block < count; block++)
        {
            Assert.That(blocks.Start(block), Is.EqualTo(start));
            Assert.That(blocks.LengthOf(block), Is.EqualTo(lengths[block]));
            start += lengths[block];
        }
        Assert.That(start, Is.EqualTo(length));
    }
}
