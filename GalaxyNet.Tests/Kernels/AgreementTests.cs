using GalaxyNet.Kernels;

namespace GalaxyNet.Tests;

/// <summary>Every operation gives the same numbers on every device, forward and backward, and the same bits when run again.</summary>
[TestFixture]
internal sealed class AgreementTests
{
    private const double Tolerance = 1e-5;
    private const string Reference = "cpu-128";

    private static IEnumerable<TestCaseData> Cases() =>
        from device in TestDevices.Names
        from operationCase in OperationCatalogue.All
        where !operationCase.IsBenchmark && TestDevices.Runs(device, operationCase)
        select new TestCaseData(device, operationCase).SetArgDisplayNames(device, operationCase.ToString());

    [TestCaseSource(nameof(Cases))]
    public void EveryDeviceAgrees(string device, OperationCase operationCase)
    {
        var expected = Results(TestDevices.Get(Reference), operationCase);
        var actual = Results(TestDevices.Get(device), operationCase);
        for (int i = 0; i < expected.Count; i++)
            Assert.That(RelativeDifference.Of(actual[i], expected[i]), Is.LessThan(Tolerance));
    }

    // On the simulator RaceTests shows more: the same bits in another order of threads.
    private static IEnumerable<TestCaseData> CasesOffTheSimulator() =>
        Cases().Where(each => each.Arguments[0] is not "simulator");

    [TestCaseSource(nameof(CasesOffTheSimulator))]
    public void ASecondRunGivesTheSameBits(string device, OperationCase operationCase) =>
        Assert.That(
            Results(TestDevices.Get(device), operationCase),
            Is.EqualTo(Results(TestDevices.Get(device), operationCase)));

    internal static List<float[]> Results(Device device, OperationCase operationCase)
    {
        using var operation = operationCase.Create(device);
        using var tensors = new CaseTensors(device, operationCase, seed: 1);
        tensors.OutputGradient.CopyFrom(Values.Uniform(operationCase.OutputShape, 99));
        operation.Forward(tensors.Arguments, tensors.Output);
        if (operationCase.BackwardCost is not null)
            operation.Backward(tensors.Arguments, tensors.Output, tensors.OutputGradient, tensors.ArgumentGradients);
        return [tensors.Output.ToArray(), .. tensors.ArgumentGradients.OfType<Tensor>().Select(g => g.ToArray())];
    }
}
