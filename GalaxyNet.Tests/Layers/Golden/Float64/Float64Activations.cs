using GalaxyNet.Layers;

namespace GalaxyNet.Tests;

/// <summary>y = max(x, 0).</summary>
internal sealed class Float64Relu : Float64Layer
{
    private double[] input = [];

    public override double[] Forward(double[] input, Mode mode)
    {
        this.input = input;
        return Array.ConvertAll(input, x => Math.Max(x, 0));
    }

    public override double[] InputGradient(double[] outputGradient) =>
        [.. outputGradient.Zip(input, (gradient, x) => x > 0 ? gradient : 0)];

    public override IEnumerable<Dictionary<int, double>> UndecidedChoices(double[] outputGradient)
    {
        double resolution = Resolution(input);
        for (int i = 0; i < input.Length; i++)
        {
            if (Math.Abs(input[i]) < resolution && outputGradient[i] != 0)
                yield return new() { [i] = input[i] > 0 ? -outputGradient[i] : outputGradient[i] };
        }
    }
}

/// <summary>y = 1 / (1 + exp(-x)).</summary>
internal sealed class Float64Sigmoid : Float64Layer
{
    private double[] output = [];

    public override double[] Forward(double[] input, Mode mode) =>
        output = Array.ConvertAll(input, x => 1 / (1 + Math.Exp(-x)));

    public override double[] InputGradient(double[] outputGradient) =>
        [.. outputGradient.Zip(output, (gradient, y) => gradient * y * (1 - y))];
}

/// <summary>Leaves the numbers as they lie.</summary>
internal sealed class Float64Flatten : Float64Layer
{
    public override double[] Forward(double[] input, Mode mode) => input;

    public override double[] InputGradient(double[] outputGradient) => outputGradient;
}
