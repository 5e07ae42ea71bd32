namespace GalaxyNet.Tests;

/// <summary>What the baselines make of votes that are not known.</summary>
[TestFixture]
internal sealed class BaselineFitTests
{
    private const int Classes = DecisionTree.ClassCount;
    private const int Galaxies = 20;
    private const int NeverKnown = 7;

    /// <summary>The votes follow from the colors, so where all gaps are left out nothing is left to be wrong.</summary>
    [Test]
    public void EachClassIsFittedToTheGalaxiesOfWhichItIsKnown()
    {
        var random = new Random(5);
        double[][] colors =
            [.. Enumerable.Range(0, Galaxies).Select(_ => new double[3].Select(_ => random.NextDouble()).ToArray())];
        float[] votes =
        [
            .. from galaxy in Enumerable.Range(0, Galaxies)
               from index in Enumerable.Range(0, Classes)
               let isKnown = index != NeverKnown && (galaxy + index) % 4 != 0
               select isKnown ? (float)((0.1 * (index % 3)) + (0.5 * colors[galaxy][index % 3])) : float.NaN,
        ];
        var labels = new Labels([.. Enumerable.Range(1, Galaxies).Select(id => (long)id)], votes);
        var baselines = Baseline.All(
            new ImageColors(colors, colors), labels, TrainTestSplit.Create(Galaxies, 0.2, seed: 42));
        Assert.Multiple(() =>
        {
            Assert.That(baselines[0].Rmse, Is.Zero.Within(1e-6));
            Assert.That(baselines[1].Rmse, Is.Zero.Within(1e-6));
            Assert.That(baselines[2].Rmse, Is.InRange(0.05, 0.5), "the mean guess");
            Assert.That(baselines[0].Parameters, Is.EqualTo(4 * (Classes - 1)));
        });
    }
}
