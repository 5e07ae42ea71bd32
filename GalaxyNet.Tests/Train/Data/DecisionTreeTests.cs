namespace GalaxyNet.Tests;

/// <summary>The tree that <c>--output tree</c> obeys is that of the votes.</summary>
[TestFixture]
internal sealed class DecisionTreeTests
{
    private const float RoundedVotes = 0.03f; // of up to seven answers, and of few voters

    [Test]
    public void TheGroupsCoverAllClasses() =>
        Assert.That(TreeSoftmax.CountColumns(DecisionTree.SoftmaxGroups), Is.EqualTo(DecisionTree.ClassCount));

    [Test]
    public void TheBenchmarkTimesTheSameTree() =>
        Assert.That(TreeSoftmaxCases.GalaxyZoo, Is.EqualTo(DecisionTree.SoftmaxGroups));

    [Test]
    public void RealVotesObeyTheTree()
    {
        var labels = Labels.Load(GalaxyFolder.LabelsPath(SampleFolder.Find()));
        Assert.Multiple(() =>
        {
            for (int galaxy = 0; galaxy < labels.Ids.Count; galaxy++)
            {
                float[] votes = labels[galaxy].ToArray();
                foreach (var question in DecisionTree.SoftmaxGroups)
                {
                    float all = question.Parent < 0 ? 1f : votes[question.Parent];
                    Assert.That(
                        votes.AsSpan(question.First, question.Count).ToArray().Sum(),
                        Is.EqualTo(all).Within(RoundedVotes));
                }
            }
        });
    }
}
