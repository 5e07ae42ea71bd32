using System.CommandLine;

namespace GalaxyNet.Tests;

/// <summary>What a training run is when little is said about it.</summary>
[TestFixture]
internal sealed class SettingOptionsTests
{
    [Test]
    public void NothingSaidIsTheBestRecipe()
    {
        Assert.That(Read(), Is.EqualTo(TrainingSettings.Best));
        Assert.That(Read().Recipe, Is.EqualTo(Recipe.Best));
        Assert.That(Read().ArePossible);
    }

    [Test]
    public void TheNotebooksRecipeIsItsAttemptFour() =>
        Assert.That(Read("--recipe", "notebook"), Is.EqualTo(new TrainingSettings()));

    [Test]
    public void WhatIsGivenStaysInTheBestRecipe()
    {
        var settings = Read("--flips", "false", "--output", "notebook", "--zoom", "0", "--average-views", "1");
        Assert.That(
            settings,
            Is.EqualTo(TrainingSettings.Best with
            {
                Flips = false,
                Output = OutputActivation.Notebook,
                Zoom = 0,
                AverageViews = 1,
            }));
    }

    [TestCase("--attempt 1", 180, 0.001f, 0)]
    [TestCase("--attempt 2", 5, 0.001f, 0)]
    [TestCase("--attempt 3", 5, 0.001f, 0)]
    [TestCase("--optimizer sgd", 5, 0.0005f, 0)]
    [TestCase("--output tree", 5, 0.001f, 1)]
    [TestCase("--attempt 1 --epochs 3 --optimizer sgd --learning-rate 0.1 --output tree --warm-up 0", 3, 0.1f, 0)]
    public void TheNotebooksDefaultsSuitWhatIsChosen(string chosen, int epochs, float learningRate, double warmUp)
    {
        var settings = Read(["--recipe", "notebook", .. chosen.Split(' ')]);
        Assert.Multiple(() =>
        {
            Assert.That(settings.Epochs, Is.EqualTo(epochs));
            Assert.That(settings.LearningRate, Is.EqualTo(learningRate));
            Assert.That(settings.WarmUp, Is.EqualTo(warmUp));
        });
    }

    [Test]
    public void TheSplitFollowsTheSeedUnlessItHasOne()
    {
        Assert.That(Read("--seed", "7").SplitSeed, Is.EqualTo(7));
        Assert.That(Read("--seed", "7", "--split-seed", "42").SplitSeed, Is.EqualTo(42));
    }

    [Test]
    public void AdamHasNoMomentum() =>
        ProgramRun.Of("train", "--data", "galaxyzoo", "--out", "run", "--momentum", "0.9")
            .AssertRefused(2, "--momentum is for sgd only", "--optimizer sgd");

    [Test]
    public void GradientDescentHasNoWeightDecay() =>
        ProgramRun.Of("train", "--data", "galaxyzoo", "--out", "run", "--optimizer", "sgd", "--weight-decay", "0.1")
            .AssertRefused(2, "--weight-decay is for adam only", "--optimizer adam");

    [TestCase("--attempt 4", 60, 0.0003f, 0)]
    [TestCase("--attempt 4 --optimizer sgd", 60, 0.05f, 0)]
    [TestCase("--attempt 5", 80, 0.002f, 0.1f)]
    [TestCase("--attempt 5 --optimizer sgd", 80, 0.05f, 0)]
    public void TheBestDefaultsSuitWhatIsChosen(string chosen, int epochs, float learningRate, float weightDecay)
    {
        var settings = Read(chosen.Split(' '));
        Assert.Multiple(() =>
        {
            Assert.That(settings.Epochs, Is.EqualTo(epochs));
            Assert.That(settings.LearningRate, Is.EqualTo(learningRate));
            Assert.That(settings.WeightDecay, Is.EqualTo(weightDecay));
        });
    }

    private static TrainingSettings Read(params string[] arguments)
    {
        var options = new SettingOptions();
        var command = new RootCommand();
        foreach (var option in options.All)
            command.Add(option);
        return options.Read(command.Parse(arguments));
    }
}
