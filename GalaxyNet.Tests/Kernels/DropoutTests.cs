namespace GalaxyNet.Tests;

/// <summary>The mask of dropout, which the catalogue's gradients do not look at.</summary>
[TestFixture]
internal sealed class DropoutTests
{
    private const int Count = 40_001;
    private const float Probability = 0.15f;

    // The known results of the paper's own library, Random123.
    [TestCase(0ul, 0ul, 0ul, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [TestCase(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [TestCase(
        0x85a308d3_243f6a88ul,
        0x03707344_13198a2eul,
        0x299f31d0_a4093822ul,
        0xd16cfe09u,
        0x94fdccebu,
        0x5001e420u,
        0x24126ea1u)]
    public void PhiloxGivesTheKnownAnswers(ulong low, ulong high, ulong key, uint w0, uint w1, uint w2, uint w3)
    {
        var words = Philox.Of(low, high, key);
        Assert.That(new[] { words.Word(0), words.Word(1), words.Word(2), words.Word(3) }, Is.EqualTo([w0, w1, w2, w3]));
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void TheKeptShareIsTheProbability(string device)
    {
        int kept = Mask(device, seed: 1, step: 2).Count(value => value != 0f);
        double sigma = Math.Sqrt(Count * Probability * (1 - Probability));
        Assert.That(kept, Is.EqualTo(Count * (1 - Probability)).Within(4 * sigma));
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void KeptElementsAreScaledUp(string device) =>
        Assert.That(Mask(device, 1, 2).Distinct().Order(), Is.EqualTo([0f, 1f / (1f - Probability)]).Within(1e-6f));

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void EveryDeviceDrawsTheSameMask(string device) =>
        Assert.That(Mask(device, 1, 2), Is.EqualTo(Mask("cpu-512", 1, 2)));

    [Test]
    public void AnotherSeedOrStepDrawsAnotherMask()
    {
        float[] mask = Mask("cpu-512", 1, 2);
        Assert.That(Mask("cpu-512", 2, 2), Is.Not.EqualTo(mask));
        Assert.That(Mask("cpu-512", 1, 3), Is.Not.EqualTo(mask));
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void TheStepIsSetInTheOrderOfLaunches(string name)
    {
        var device = TestDevices.Get(name);
        var dropout = new Dropout(device, Probability);
        using var step = StepOn(device, 1);
        using var ones = device.Allocate([Count], [.. Enumerable.Repeat(1f, Count)]);
        using Tensor first = device.Allocate([Count]), second = device.Allocate([Count]);
        dropout.Forward(ones, first, 1, step);
        step.Set(ulong.MaxValue);
        dropout.Forward(ones, second, 1, step);
        Assert.That(first.ToArray(), Is.EqualTo(Mask(name, 1, 1)));
        Assert.That(second.ToArray(), Is.EqualTo(Mask(name, 1, ulong.MaxValue)));
    }

    [Test]
    public void TheMaskOfAnElementDoesNotDependOnTheLength() =>
        Assert.That(Mask("cpu-512", 1, 2, 7), Is.EqualTo(Mask("cpu-512", 1, 2).Take(7)));

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void BackwardDrawsTheMaskOfForward(string name)
    {
        var device = TestDevices.Get(name);
        using var gradient = device.Allocate([Count], [.. Enumerable.Repeat(1f, Count)]);
        using var step = StepOn(device, 2);
        new Dropout(device, Probability).Backward(gradient, gradient, 1, step);
        Assert.That(gradient.ToArray(), Is.EqualTo(Mask(name, 1, 2)));
    }

    /// <summary>Bit for bit, also of what is no number: the ReLU gives a NaN no gradient.</summary>
    [Test]
    public void BackwardWithTheReluIsBothOneAfterTheOther(
        [ValueSource(typeof(TestDevices), nameof(TestDevices.Names))] string name,
        [Values(0f, 1e-12f, 0.15f, 0.9f)] float probability)
    {
        const ulong Seed = 1;
        Shape shape = [1001];
        float[] x = Values.Uniform(shape, 1), dy = Values.Uniform(shape, 2);
        (x[3], x[40], x[500], x[501], x[502]) = (float.NaN, 0f, float.PositiveInfinity, float.Epsilon, float.NaN);
        (dy[7], dy[8], dy[9]) = (float.NaN, float.PositiveInfinity, -0f);
        var device = TestDevices.Get(name);
        var relu = new Relu(device);
        var dropout = new Dropout(device, probability);
        using var step = StepOn(device, 2);
        using Tensor y = device.Allocate(shape, x), gradient = device.Allocate(shape, dy);
        using Tensor expected = device.Allocate(shape), actual = device.Allocate(shape);
        relu.Forward(y, y);
        dropout.Forward(y, y, Seed, step);
        dropout.Backward(gradient, expected, Seed, step);
        relu.Backward(y, expected, expected);
        dropout.BackwardRelu(y, gradient, actual);
        Assert.That(
            actual.ToArray().Select(BitConverter.SingleToInt32Bits),
            Is.EqualTo(expected.ToArray().Select(BitConverter.SingleToInt32Bits)));
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void PartsOfAMiniBatchHaveTheMaskOfTheWhole(string name)
    {
        const int Rows = 9, Columns = 7; // so that parts begin anywhere in a block of four random numbers
        var device = TestDevices.Get(name);
        var dropout = new Dropout(device, Probability);
        using var step = StepOn(device, 5);
        float[] whole = MaskOf(Rows);
        foreach (int first in new[] { 1, 2, 4, 7 })
        {
            step.Set(5, first);
            Assert.That(MaskOf(Rows - first), Is.EqualTo(whole[(first * Columns)..]), $"from row {first} on");
        }

        float[] MaskOf(int rows)
        {
            using var tensor = device.Allocate([rows, Columns], [.. Enumerable.Repeat(1f, rows * Columns)]);
            dropout.Forward(tensor, tensor, 3, step);
            return tensor.ToArray();
        }
    }

    [TestCase(1f)]
    [TestCase(-0.1f)]
    [TestCase(float.NaN)]
    public void AProbabilityOutOfRangeIsRefused(float probability) =>
        Assert.That(
            () => new Dropout(TestDevices.Get("cpu-512"), probability),
            Throws.InstanceOf<ArgumentOutOfRangeException>());

    internal static DropoutStep StepOn(Device device, ulong number)
    {
        var step = new DropoutStep(device);
        step.Set(number);
        return step;
    }

    private static float[] Mask(string name, ulong seed, ulong step, int count = Count)
    {
        var device = TestDevices.Get(name);
        using var tensor = device.Allocate([count], [.. Enumerable.Repeat(1f, count)]);
        using var stepOnDevice = StepOn(device, step);
        new Dropout(device, Probability).Forward(tensor, tensor, seed, stepOnDevice);
        return tensor.ToArray();
    }
}
