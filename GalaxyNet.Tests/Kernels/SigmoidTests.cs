namespace GalaxyNet.Tests;

/// <summary>The logistic function far from zero.</summary>
[TestFixture]
internal sealed class SigmoidTests
{
    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void LargeInputsStayNumbersAndKeepTheirTail(string name)
    {
        var device = TestDevices.Get(name);
        float[] inputs = [-1000f, -30f, 0f, 30f, 1000f, float.NegativeInfinity, float.PositiveInfinity, float.NaN];
        using var tensor = device.Allocate([inputs.Length], inputs);
        new Sigmoid(device).Forward(tensor, tensor);
        float[] expected = [0f, MathF.Exp(-30f), 0.5f, 1f, 1f, 0f, 1f, float.NaN];
        Assert.That(tensor.ToArray(), Is.EqualTo(expected).Within(1e-5).Percent);
    }
}
