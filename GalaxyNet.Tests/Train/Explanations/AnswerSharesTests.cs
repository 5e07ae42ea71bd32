namespace GalaxyNet.Tests;

/// <summary>Shares of those asked, and the answers that they lead to.</summary>
[TestFixture]
internal sealed class AnswerSharesTests
{
    private static readonly float[] Spiral = Outputs(
        ("Class1.1", 0.1f), ("Class1.2", 0.8f), ("Class2.1", 0.2f), ("Class2.2", 0.6f), ("Class3.1", 0.15f),
        ("Class3.2", 0.45f), ("Class4.1", 0.45f), ("Class4.2", 0.15f), ("Class5.2", 0.6f), ("Class6.2", 1f),
        ("Class10.2", 0.45f), ("Class11.2", 0.27f), ("Class11.6", 0.18f));

    [TestCase("Class1.2", 0.8)]
    [TestCase("Class2.2", 0.75)]
    [TestCase("Class11.2", 0.6)]
    [TestCase("Class7.1", 0)]
    [TestCase("Class8.1", 0)] // asked after an answer that nobody gives
    public void AShareIsOfThoseWhoAreAsked(string name, double expected)
    {
        Assert.That(AnswerShares.Of(Spiral, DecisionTree.IndexOf(name)), Is.EqualTo(expected).Within(1e-6));
        Assert.That(AnswerShares.IsCutOff(Spiral, DecisionTree.IndexOf(name)), Is.False);
    }

    [TestCase(0.5f, 0.7f, 1)]
    [TestCase(0.5f, -0.1f, 0)]
    public void WhatContradictsTheTreeIsCutOff(float before, float answer, double expected)
    {
        float[] outputs = Outputs(("Class1.1", before), ("Class7.1", answer));
        Assert.That(AnswerShares.Of(outputs, DecisionTree.IndexOf("Class7.1")), Is.EqualTo(expected));
        Assert.That(AnswerShares.IsCutOff(outputs, DecisionTree.IndexOf("Class7.1")), Is.True);
    }

    [Test]
    public void OnlyQuestionsThatComeUpAreAnswered() => Assert.That(
        AnswerShares.MostProbable(Spiral).Select(column => DecisionTree.ClassNames[column]),
        Is.EqualTo(
            ["Class1.2", "Class2.2", "Class3.2", "Class4.1", "Class5.2", "Class6.2", "Class10.2", "Class11.2"]));

    [Test]
    public void TheLooksAreToldInWords() => Assert.That(
        AnswerShares.InWords(Spiral).Replace('\u00a0', ' '),
        Is.EqualTo("Featured or disc 80 %, not edge on 75 %, spiral 75 %, 2 Spiral Arms 60 %"));

    [Test]
    public void ASpreadIsOverSharesOfThoseAsked()
    {
        float[] other = [.. Spiral];
        other[DecisionTree.IndexOf("Class11.2")] = 0.09f;
        var spread = new Spread([Spiral, other, Spiral, other]);
        Assert.Multiple(() =>
        {
            int twoArms = DecisionTree.IndexOf("Class11.2");
            Assert.That(spread.Deviation(twoArms), Is.EqualTo(0.2).Within(1e-6), "0.6, 0.2, 0.6, 0.2");
            Assert.That(spread.Agreeing(twoArms), Is.EqualTo(2));
            Assert.That(spread.Deviation(column: 0), Is.Zero);
        });
    }

    private static float[] Outputs(params (string Name, float Value)[] values)
    {
        var outputs = new float[DecisionTree.ClassCount];
        foreach (var (name, value) in values)
            outputs[DecisionTree.IndexOf(name)] = value;
        return outputs;
    }
}
