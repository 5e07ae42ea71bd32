namespace GalaxyNet.Tests;

/// <summary>The logistic function far from zero.</summary>
[TestFixture]
internal sealed class SigmoidTests
{
    /// <remarks>
    /// A GPU takes 2 to the power of x / ln 2. For x = -30 rounding that product, and the constant in it, moves the
    /// result by up to 30 units in the last place each; its power of two is off by two more.
    /// </remarks>
    private const int UnitsInTheLastPlace = 62;

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void LargeInputsStayNumbersAndKeepTheirTail(string name)
    {
        var device = TestDevices.Get(name);
        float[] inputs = [-1000f, -30f, 0f, 30f, 1000f, float.NegativeInfinity, float.PositiveInfinity, float.NaN];
        using var tensor = device.Allocate([inputs.Length], inputs);
        new Sigmoid(device).Forward(tensor, tensor);
        float[] expected = [0f, MathF.Exp(-30f), 0.5f, 1f, 1f, 0f, 1f, float.NaN];
        Assert.That(tensor.ToArray(), Is.EqualTo(expected).Within(UnitsInTheLastPlace).Ulps);
    }
}
