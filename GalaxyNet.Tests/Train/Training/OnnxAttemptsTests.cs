namespace GalaxyNet.Tests;

/// <summary>Each attempt, with each last activation, computes the same in ONNX Runtime.</summary>
[TestFixture]
internal sealed class OnnxAttemptsTests
{
    private const int MaxBatch = 3;

    private static IEnumerable<TestCaseData> Networks =>
        from attempt in Enumerable.Range(1, 5)
        from output in Enum.GetValues<OutputActivation>()
        select new TestCaseData(attempt, output).InDefaultTier((attempt, output) is
            (1, OutputActivation.Shares) or (4, OutputActivation.Notebook) or (5, OutputActivation.Tree));

    [TestCaseSource(nameof(Networks))]
    public void AnAttemptComputesTheSame(int attempt, OutputActivation output)
    {
        var plan = new TrainingPlan(new TrainingSettings { Attempt = attempt, Output = output });
        using var network = plan.CreatePredictor(TestDevices.Get("cpu-512"), MaxBatch);
        OnnxSession.AssertComputesTheSame(network, low: 0f, high: 1f);
    }
}
