using System.Runtime.CompilerServices;

namespace GalaxyNet.Tests;

/// <summary>Every operation agrees with its reference on every device, and repeats its bits when run again.</summary>
[TestFixture]
internal sealed class AgreementTests
{
    /// <summary>The largest relative error of results in float32.</summary>
    public const double Tolerance = 1e-5;

    /// <summary>
    /// That of products of TF32: most are at 3e-4, but the one bias's gradient of a case nearly cancels.
    /// </summary>
    public const double Tf32Tolerance = 5e-3;

    private const int Seed = 1;

    // Of each case once: all devices are held to it.
    private static readonly ConditionalWeakTable<OperationCase, Dictionary<string, double[]>> References = [];

    private static IEnumerable<OperationCase> Checked => OperationCatalogue.All.Where(each => !each.IsBenchmark);

    private static IEnumerable<TestCaseData> Cases() =>
        from device in TestDevices.NamesAtEveryPrecision
        from operationCase in Checked
        where TestDevices.Runs(device, operationCase)
        select new TestCaseData(device, operationCase)
            .SetArgDisplayNames(device, operationCase.ToString())
            .InDefaultTier(device != "simulator" || operationCase.ForwardCost.Flops <= 5e4);

    [TestCaseSource(nameof(Cases))]
    public void EveryDeviceAgreesWithTheReference(string device, OperationCase operationCase) =>
        Assert.That(Mismatches(TestDevices.Get(device), operationCase), Is.Empty);

    // On the simulator RaceTests shows more: the same bits in another order of threads.
    private static IEnumerable<TestCaseData> CasesOffTheSimulator() =>
        Cases().Where(each => each.Arguments[0] is not "simulator");

    [TestCaseSource(nameof(CasesOffTheSimulator))]
    public void ASecondRunGivesTheSameBits(string device, OperationCase operationCase) =>
        Assert.That(
            Results(TestDevices.Get(device), operationCase),
            Is.EqualTo(Results(TestDevices.Get(device), operationCase)));

    private static IEnumerable<TestCaseData> FullestCases() =>
        from operationCase in Checked
        group operationCase by operationCase.Operation into cases
        let fullest = cases.MaxBy(each => each.ResultNames.Count())!
        from result in fullest.ResultNames
        select new TestCaseData(fullest, result).SetArgDisplayNames(fullest.ToString(), result);

    /// <summary>A reference of which one element of one result is off by 0.01.</summary>
    [TestCaseSource(nameof(FullestCases))]
    public void AWrongReferenceIsFound(OperationCase operationCase, string result)
    {
        var wrong = operationCase with { Reference = new WrongReference(operationCase, result) };
        Assert.That(
            Mismatches(TestDevices.Get("cpu-512"), wrong),
            Has.Exactly(1).Items.And.Exactly(1).StartsWith($"{result}: "));
    }

    /// <summary>One line for each result of a device that is not the reference's.</summary>
    internal static IEnumerable<string> Mismatches(Device device, OperationCase operationCase) =>
        Mismatches(device, operationCase, ToleranceOf(device));

    /// <summary>The same with a tolerance of its own.</summary>
    internal static IEnumerable<string> Mismatches(Device device, OperationCase operationCase, double tolerance)
    {
        var actual = Results(device, operationCase);
        var expected = References.GetValue(operationCase, ReferenceResults);
        foreach (var (name, values) in expected)
        {
            if (RelativeDifference.Of(actual[name], values) is var error && !(error < tolerance))
                yield return $"{name}: a relative error of {error:g3}.";
        }
    }

    /// <summary>What is asked of a device.</summary>
    internal static double ToleranceOf(Device device) =>
        device.Precision == Precision.TensorFloat32 ? Tf32Tolerance : Tolerance;

    /// <summary>What a device makes of a case, by name.</summary>
    internal static Dictionary<string, float[]> Results(Device device, OperationCase operationCase)
    {
        using var run = new CaseRun(device, operationCase, Seed);
        run.Forward();
        run.Backward();
        return run.Results();
    }

    private static Dictionary<string, double[]> ReferenceResults(OperationCase operationCase)
    {
        var inputs = operationCase.Inputs(Seed).ToDictionary(input => input.Name, input => input.Values);
        return operationCase.ReferenceResults((name, _) => Array.ConvertAll(inputs[name], value => (double)value));
    }

    private sealed class WrongReference(OperationCase operationCase, string result) : IReference
    {
        public Array? Forward(Array[] arguments)
        {
            var output = operationCase.Reference.Forward(arguments);
            foreach (var (argument, value) in operationCase.Arguments.Zip(arguments))
                Spoil(value, $"{argument.Name}_after");
            return Spoil(output, operationCase.OutputName);
        }

        public Array?[] Backward(Array[] arguments, Array outputGradient) =>
        [
            .. operationCase.Reference.Backward(arguments, outputGradient)
                .Zip(operationCase.Arguments, (gradient, argument) => Spoil(gradient, $"d{argument.Name}")),
        ];

        private Array? Spoil(Array? values, string name)
        {
            if (values is null || name != result)
                return values;
            double[] flat = values.Flat();
            flat[^1] += 0.01;
            Buffer.BlockCopy(flat, 0, values, 0, Buffer.ByteLength(flat));
            return values;
        }
    }
}
