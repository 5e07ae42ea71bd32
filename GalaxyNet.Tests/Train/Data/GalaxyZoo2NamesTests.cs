using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>The names of Galaxy Zoo 2's tables beside the challenge's.</summary>
[TestFixture]
internal sealed class GalaxyZoo2NamesTests
{
    [Test]
    public void EachIsAnIdentifierOfItsOwn()
    {
        Assert.That(GalaxyZoo2Names.All, Is.Unique.And.Count.EqualTo(DecisionTree.ClassCount));
        Assert.That(GalaxyZoo2Names.All, Has.All.Matches("^[a-z][a-z0-9_]*$"));
    }

    [Test]
    public void TheirQuestionsHaveTheNumbersOfTheClasses() => Assert.That(
        GalaxyZoo2Names.All.Select(name => int.Parse(name.AsSpan(1, 2))),
        Is.EqualTo(DecisionTree.ClassNames.Select(name => int.Parse(Regex.Match(name, @"\d+").ValueSpan))));
}
