namespace GalaxyNet.Tests;

/// <summary>Means and loss weights where some votes are not known.</summary>
[TestFixture]
internal sealed class ClassVotesTests
{
    private const int Classes = DecisionTree.ClassCount;
    private const int Galaxies = 4;

    [Test]
    public void OnlyKnownVotesCount()
    {
        float[] fractions = new float[Galaxies * Classes];
        (fractions[0], fractions[Classes]) = (0.5f, float.NaN); // the first class of the first two galaxies
        (fractions[1], fractions[Classes + 1]) = (0.25f, 0.75f);
        for (int galaxy = 0; galaxy < Galaxies; galaxy++)
            fractions[(galaxy * Classes) + 2] = float.NaN;
        var votes = new ClassVotes(fractions);
        Assert.Multiple(() =>
        {
            Assert.That(votes.Known[..4], Is.EqualTo([3, 4, 0, 4]));
            Assert.That(votes.MeansOrZero[..4], Is.EqualTo([0.5f / 3, 0.25f, 0f, 0f]).Within(1e-7));
            Assert.That(votes.Shares[..4], Is.EqualTo([0.5f / 1.5f, 1f / 1.5f, 0f, 0f]).Within(1e-7));
            Assert.That(votes.Remarks(weightsClasses: true).Single(), Does.StartWith("Class1.3: no vote"));
        });
    }

    [Test]
    public void WithoutAnyVoteAllClassesWeighTheSameAndTheUserIsTold()
    {
        var votes = new ClassVotes(new float[Galaxies * Classes]);
        Assert.That(votes.Shares, Has.All.EqualTo(1f / Classes));
        Assert.That(votes.Remarks(weightsClasses: true).Single(), Does.Contain("the same weight in the loss, 1/37"));
        Assert.That(votes.Remarks(weightsClasses: false), Is.Empty);
    }

    [Test]
    public void WhereAllIsKnownThereIsNothingToSay()
    {
        var votes = new ClassVotes([.. Enumerable.Repeat(0.5f, Galaxies * Classes)]);
        Assert.That(votes.MeansOrZero, Has.All.EqualTo(0.5f));
        Assert.That(votes.Remarks(weightsClasses: true), Is.Empty);
    }

    [TestCase(1, 1f / Classes, Description = "which weighs all classes the same")]
    [TestCase(4, 2f / 3f)]
    public void TrainingTakesThemFromTheGalaxiesThatTrain(int attempt, float weight)
    {
        float[] fractions = new float[Galaxies * Classes];
        for (int galaxy = 0; galaxy < Galaxies; galaxy++)
            (fractions[galaxy * Classes], fractions[(galaxy * Classes) + 1]) = (0.5f, galaxy < 2 ? 0.5f : float.NaN);
        var plan = new TrainingPlan(new TrainingSettings { Attempt = attempt, TestFraction = 0 });
        var galaxies = new GalaxyDataset(
            new Labels([1, 2, 3, 4], fractions),
            new HeldCrops(new CropForm(plan.Crop, plan.Size), [], Shards.One, new byte[Galaxies]),
            DarkImages: [],
            new ProblemList());
        var data = new TrainingData(galaxies, plan);
        Assert.That(data.LossWeights[0], Is.EqualTo(weight).Within(1e-7));
        Assert.That(data.ClassMeans[1], Is.EqualTo(0.5f));
        Assert.That(data.Remarks, Is.Empty);
    }

    [Test]
    public void NotKnownIsAnotherLabelThanNone()
    {
        float[] none = new float[Classes];
        float[] unknown = [.. none];
        unknown[5] = float.NaN;
        Assert.That(DigestOf(unknown), Is.EqualTo(DigestOf([.. unknown])).And.Not.EqualTo(DigestOf(none)));

        static string DigestOf(float[] fractions) => new GalaxyDataset(
            new Labels([1], fractions),
            new HeldCrops(new CropForm(GalaxyCrop.Tight, Size: 1), [], Shards.One, new byte[1]),
            DarkImages: [],
            new ProblemList())
            .Digest();
    }
}
