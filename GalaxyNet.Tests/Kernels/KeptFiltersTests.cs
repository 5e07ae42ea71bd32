namespace GalaxyNet.Tests;

/// <summary>
/// A processor keeps what it has made of a convolution's filters, and makes it anew once they have been written to.
/// </summary>
[TestFixture]
internal sealed class KeptFiltersTests
{
    private static readonly Conv2dGeometry Fast = new(16, 6, 6, 16, 3, 3, 1, 1);
    private static readonly Conv2dGeometry Direct = new(2, 6, 6, 3, 3, 3, 2, 1);

    private static IEnumerable<TestCaseData> Geometries() =>
    [
        new TestCaseData(Fast).SetArgDisplayNames("fast"),
        new TestCaseData(Direct).SetArgDisplayNames("direct"),
    ];

    [TestCaseSource(nameof(Geometries))]
    public void NewValuesFromTheHostAreSeen(Conv2dGeometry geometry)
    {
        using var run = new Run(geometry);
        run.Weight.CopyFrom(run.OtherWeight);
        Assert.That(run.Results(), Is.EqualTo(run.ResultsOfOtherWeight()));
    }

    [TestCaseSource(nameof(Geometries))]
    public void NewValuesThroughAnotherTensorOfTheMemoryAreSeen(Conv2dGeometry geometry)
    {
        using var run = new Run(geometry);
        run.Weight.Reshape([run.Weight.Count]).CopyFrom(run.OtherWeight);
        Assert.That(run.Results(), Is.EqualTo(run.ResultsOfOtherWeight()));
    }

    [TestCaseSource(nameof(Geometries))]
    public void NewValuesFromAKernelAreSeen(Conv2dGeometry geometry)
    {
        using var run = new Run(geometry);
        using var velocity = run.Device.Allocate(run.Weight.Shape);
        using var gradient = run.Device.Allocate(
            run.Weight.Shape, [.. run.Weight.ToArray().Zip(run.OtherWeight, (old, other) => old - other)]);
        new SgdMomentum(run.Device, momentum: 0f).Step(run.Weight, gradient, velocity, learningRate: 1f);
        float[] written = run.Weight.ToArray();
        Assert.That(run.Results(), Is.EqualTo(run.ResultsOf(written)));
    }

    [TestCaseSource(nameof(Geometries))]
    public void NewValuesThroughAViewThatWasHandedOutLongBeforeAreSeen(Conv2dGeometry geometry)
    {
        using var run = new Run(geometry);
        var view = run.Weight.Data;
        run.Results();
        view.CopyFromHost(run.OtherWeight);
        Assert.That(run.Results(), Is.EqualTo(run.ResultsOfOtherWeight()));
    }

    [Test]
    public void AnotherTensorIsNotTakenForTheLast()
    {
        using var run = new Run(Fast);
        using var other = run.Device.Allocate(run.Weight.Shape, run.OtherWeight);
        Assert.That(run.Results(other), Is.EqualTo(run.ResultsOfOtherWeight()));
    }

    [Test]
    public void OnlyWritesChangeTheStamp()
    {
        using var run = new Run(Fast);
        var before = run.Weight.Stamp;
        run.Results();
        run.Weight.ToArray();
        Assert.That(run.Weight.Stamp, Is.EqualTo(before).And.Not.Null);
        run.Weight.CopyFrom(run.OtherWeight);
        Assert.That(run.Weight.Stamp, Is.Not.EqualTo(before).And.Not.Null);
        _ = run.Weight.Data;
        Assert.That(run.Weight.Stamp, Is.Null);
    }

    /// <summary>A convolution that has run once, forward and backward.</summary>
    private sealed class Run : IDisposable
    {
        private readonly Conv2dGeometry geometry;
        private readonly Conv2d convolution;
        private readonly Tensor input;
        private readonly Tensor bias;
        private readonly Tensor output;
        private readonly Tensor inputGradient;

        public Run(Conv2dGeometry geometry)
        {
            this.geometry = geometry;
            convolution = new Conv2d(Device, geometry);
            input = Device.Allocate(geometry.InputShape(2), Values.Uniform(geometry.InputShape(2), 1));
            Weight = Device.Allocate(geometry.WeightShape, Values.Uniform(geometry.WeightShape, 2));
            OtherWeight = Values.Uniform(geometry.WeightShape, 3);
            bias = Device.Allocate([geometry.OutChannels]);
            output = Device.Allocate(geometry.OutputShape(2));
            inputGradient = Device.Allocate(geometry.InputShape(2));
            Results();
        }

        public Device Device { get; } = TestDevices.Get("cpu-512");

        public Tensor Weight { get; }

        public float[] OtherWeight { get; }

        public float[] Results() => Results(Weight);

        /// <summary>The output, and the input gradient of that.</summary>
        public float[] Results(Tensor weight)
        {
            convolution.Forward(input, weight, bias, output);
            convolution.BackwardInput(output, weight, inputGradient);
            return [.. output.ToArray(), .. inputGradient.ToArray()];
        }

        public float[] ResultsOfOtherWeight() => ResultsOf(OtherWeight);

        /// <summary>Those of a convolution that has not run before.</summary>
        public float[] ResultsOf(float[] weight)
        {
            using var fresh = new Conv2d(Device, geometry);
            using var other = Device.Allocate(geometry.WeightShape, weight);
            fresh.Forward(input, other, bias, output);
            fresh.BackwardInput(output, other, inputGradient);
            return [.. output.ToArray(), .. inputGradient.ToArray()];
        }

        public void Dispose()
        {
            convolution.Dispose();
            foreach (var tensor in new[] { input, Weight, bias, output, inputGradient })
                tensor.Dispose();
        }
    }
}
