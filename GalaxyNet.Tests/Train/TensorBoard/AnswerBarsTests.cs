namespace GalaxyNet.Tests;

/// <summary>The pictures of galaxies with their answers.</summary>
[TestFixture]
internal sealed class AnswerBarsTests
{
    private const int Size = 64;
    private const int BarsFrom = (2 * Size) + 8;

    [TestCase(1)]
    [TestCase(3)]
    public void ABarIsAsLongAsItsShare(int channels)
    {
        var galaxy = new Image(Size, Size, channels);
        galaxy.Row(10)[20 * channels] = 77;
        var predicted = new float[DecisionTree.ClassCount];
        var voted = new float[DecisionTree.ClassCount];
        (predicted[0], predicted[5], voted[5], voted[36]) = (1f, 0.5f, 0.25f, float.NaN);
        var picture = AnswerBars.Draw(galaxy, predicted, voted);
        Assert.Multiple(() =>
        {
            Assert.That((picture.Width, picture.Height), Is.EqualTo((BarsFrom + 120, 185)));
            Assert.That(picture.Row(21)[3 * 41], Is.EqualTo(77)); // each pixel of the galaxy is four
            Assert.That(picture.Row(22)[3 * 41], Is.Zero);
            Assert.That(LengthOfBar(picture, 0), Is.EqualTo(120));
            Assert.That(LengthOfBar(picture, 2), Is.Zero);
            Assert.That(LengthOfBar(picture, (5 * 5) + 1), Is.EqualTo(60));
            Assert.That(LengthOfBar(picture, (5 * 5) + 2), Is.EqualTo(30));
            Assert.That(LengthOfBar(picture, 36 * 5), Is.Zero);
            Assert.That(LengthOfBar(picture, (36 * 5) + 2), Is.Zero);
        });
    }

    private static int LengthOfBar(Image picture, int row)
    {
        int length = 0;
        while (BarsFrom + length < picture.Width && picture.Row(row)[3 * (BarsFrom + length)] < byte.MaxValue)
            length++;
        return length;
    }
}
