namespace GalaxyNet.Tests;

/// <summary>Every operation's backward pass against central differences, on every device.</summary>
[TestFixture]
internal sealed class GradientTests
{
    internal const double Tolerance = 2e-3;

    private const int SimulatorSamples = 4;
    private const int Samples = 200;

    private static IEnumerable<TestCaseData> Cases() =>
        from device in TestDevices.Names
        from operationCase in Checked(OperationCatalogue.All)
        where TestDevices.Runs(device, operationCase)
        select new TestCaseData(device, operationCase)
            .SetArgDisplayNames(device, operationCase.ToString())
            .InDefaultTier(IsQuick(device, operationCase));

    // A gradient takes some hundred forward passes. AgreementTests holds those of the other cases, and on the other
    // devices, to the reference.
    private static bool IsQuick(string device, OperationCase operationCase) =>
        TestDevices.IsQuick(device) && operationCase.ForwardCost.Flops <= 1e5;

    /// <summary>The cases that are small enough to be checked, and have something to check.</summary>
    internal static IEnumerable<OperationCase> Checked(IEnumerable<OperationCase> cases) =>
        cases.Where(each => !each.IsBenchmark && each.Differentiable.Any());

    [TestCaseSource(nameof(Cases))]
    public void BackwardIsTheDerivativeOfForward(string device, OperationCase operationCase)
    {
        var results = GradientCheck.Run(TestDevices.Get(device), operationCase, SamplesOn(device));
        Assert.That(results, Is.Not.Empty);
        foreach (var result in results)
            Assert.That(result.RelativeError, Is.LessThan(Tolerance), result.Argument.Name);
    }

    [Test]
    public void TheElementsThatAreFurthestOffAreFound()
    {
        Argument weights = new("w", [2, 3], Values.Uniform, 0.5f);
        var result = new GradientCheckResult(
            OperationCatalogue.All[0], weights, [0, 2, 4, 5], [1f, 2f, 0f, float.NaN], [1f, 2.5f, 0.25f, 3f]);
        Assert.That(result.FurthestApart(1).Select(result.NameOf), Is.EqualTo(["w[1,2]"]), "one that is NaN");
        Assert.That(result.FurthestApart(2).Select(result.NameOf), Is.EqualTo(["w[1,2]", "w[0,2]"]));
        Assert.That(result.FurthestApart(9), Is.EqualTo([3, 1, 2, 0]), "the furthest apart first");
        Assert.That(
            new[] { 0, 1, 2, 3 }.Select(result.RelativeErrorOf), Is.EqualTo([0, 0.2, 1, double.NaN]).Within(1e-12));
    }

    // A launch on the simulator takes milliseconds; what a sample misses there, the agreement with the reference shows.
    private static int SamplesOn(string device) => device == "simulator" ? SimulatorSamples : Samples;
}
