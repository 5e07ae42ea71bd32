namespace GalaxyNet.Tests;

/// <summary>The most popular answers, from the first question down the tree.</summary>
[TestFixture]
internal sealed class MainAnswersTests
{
    [TestCase("Class1.1 Class7.3", "Class1.1", "Class7.3")]
    [TestCase("Class1.3 Class7.3 Class2.1", "Class1.3")]
    [TestCase("Class1.2 Class2.1 Class9.2 Class4.1", "Class1.2", "Class2.1", "Class9.2")]
    [TestCase("Class1.2 Class2.2 Class4.1 Class11.4", "Class1.2", "Class2.2", "Class4.1", "Class11.4")]
    [TestCase("Class1.2 Class2.2 Class4.2 Class11.4", "Class1.2", "Class2.2", "Class4.2")]
    public void AGalaxyIsToldByThePopularAnswers(string popular, params string[] expected)
    {
        var votes = Enumerable.Repeat(0.1f, DecisionTree.ClassCount).ToArray();
        foreach (string name in popular.Split(' '))
            votes[DecisionTree.IndexOf(name)] = 0.6f;
        Assert.That(
            MainAnswers.Of(votes),
            Is.EqualTo(
                expected.Select(name => new Answer(DecisionTree.AnswerNames[DecisionTree.IndexOf(name)], 0.6f))));
    }

    [TestCase("Class1.1", "Class1.2", "Class2.2", "Class4.2")] // the most popular of those that are known
    [TestCase("Class2.2", "Class1.2", "Class2.1", "Class9.1")]
    [TestCase("Class2.1 Class2.2", "Class1.2")]
    [TestCase("Class1.1 Class1.2 Class1.3")]
    public void TheAnswersEndWhereNothingIsKnown(string unknown, params string[] expected)
    {
        var votes = Enumerable.Repeat(0.1f, DecisionTree.ClassCount).ToArray();
        foreach (string name in new[] { "Class1.2", "Class2.2", "Class4.2" })
            votes[DecisionTree.IndexOf(name)] = 0.6f;
        foreach (string name in unknown.Split(' '))
            votes[DecisionTree.IndexOf(name)] = float.NaN;
        Assert.That(
            MainAnswers.Of(votes).Select(answer => answer.Name),
            Is.EqualTo(expected.Select(name => DecisionTree.AnswerNames[DecisionTree.IndexOf(name)])));
    }

    [Test]
    public void AnImageOfPlanesIsTheImageItCameFrom()
    {
        var image = new Image(2, 3, 3, [.. Enumerable.Range(0, 18).Select(i => (byte)i)]);
        var planes = new byte[18];
        image.CopyPlanar(planes);
        Assert.That(Image.FromPlanar(2, 3, 3, planes).Pixels, Is.EqualTo(image.Pixels));
    }
}
