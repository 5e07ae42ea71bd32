namespace GalaxyNet.Tests;

/// <summary>What a softmax down a tree must give, and which trees are refused.</summary>
[TestFixture]
internal sealed class TreeSoftmaxTests
{
    private static readonly SoftmaxGroup[] Questions =
        [new(0, 2, SoftmaxGroup.NoParent), new(2, 3, 1), new(5, 2, 3), new(7, 2, SoftmaxGroup.NoParent)];

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void EqualSumsShareTheirParent(string device) => Assert.That(
        Forward(device, [0, 0, 7, 7, 7, -3, -3, 1, 1]),
        Is.EqualTo(new[] { 1 / 2f, 1 / 2f, 1 / 6f, 1 / 6f, 1 / 6f, 1 / 12f, 1 / 12f, 1 / 2f, 1 / 2f }).Within(1e-6f));

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void TheAnswersAddUpToTheirParent(string device)
    {
        float[] y = Forward(device, Values.Between(-5f, 5f)([9], 1));
        Assert.Multiple(() =>
        {
            foreach (var question in Questions)
            {
                float parent = question.Parent < 0 ? 1f : y[question.Parent];
                Assert.That(y.AsSpan(question.First, question.Count).ToArray().Sum(), Is.EqualTo(parent).Within(1e-6f));
            }
        });
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void HugeSumsAndVanishingSharesGiveNumbers(string name)
    {
        var device = TestDevices.Get(name);
        using var softmax = new TreeSoftmax(device, Questions);
        using var input = device.Allocate([1, 9], [3e38f, -3e38f, 300, -300, 0, 1, 2, -1e30f, 1e30f]);
        using var output = device.Allocate([1, 9]);
        using var gradient = device.Allocate([1, 9], Values.Uniform([9], 2));
        softmax.Forward(input, output);
        softmax.Backward(input, output, gradient, gradient);
        Assert.That(output.ToArray(), Is.EqualTo(new float[] { 1, 0, 0, 0, 0, 0, 0, 0, 1 }));
        Assert.That(gradient.ToArray(), Has.All.Matches<float>(float.IsFinite));
    }

    [TestCase(1, 2, -1, "begin at column 0")]
    [TestCase(0, 0, -1, "have an answer")]
    [TestCase(0, 2, 0, "does not come before it")]
    [TestCase(0, 2, -2, "does not come before it")]
    public void WhatIsNoTreeIsRefused(int first, int count, int parent, string message) => Assert.That(
        () => TreeSoftmax.CountColumns([new(first, count, parent)]),
        Throws.ArgumentException.With.Message.Contains(message));

    [Test]
    public void ANetworkOfAnotherWidthIsRefused() => Assert.That(
        () => new TreeSoftmaxLayer("tree", Questions).OutputShape([10]),
        Throws.ArgumentException.With.Message.Contains("a row of 9 answers"));

    private static float[] Forward(string name, float[] values)
    {
        var device = TestDevices.Get(name);
        using var softmax = new TreeSoftmax(device, Questions);
        using var tensor = device.Allocate([1, 9], values);
        softmax.Forward(tensor, tensor);
        return tensor.ToArray();
    }
}
