namespace GalaxyNet.Tests;

/// <summary>A layer that is an operation's reference.</summary>
/// <param name="layer">The layer: its parameters and statistics follow the input in the reference's arguments.</param>
/// <param name="inputShape">Of one image.</param>
/// <param name="values">The parameters and statistics by name, which training passes change.</param>
/// <param name="reference">The operation, in training and in evaluation.</param>
internal class Float64Operation(
    Layer layer, Shape inputShape, IReadOnlyDictionary<string, double[]> values, Func<Mode, IReference> reference)
    : Float64Layer
{
    private readonly ParameterDeclaration[] parameters = [.. layer.Parameters(inputShape)];
    private readonly ParameterDeclaration[] statistics = [.. layer.Statistics(inputShape)];
    private Array[] arguments = [];

    /// <summary>The input of the last forward pass.</summary>
    protected double[] Input { get; private set; } = [];

    public override double[] Forward(double[] input, Mode mode)
    {
        Input = input;
        arguments =
        [
            input.Shaped(inputShape.Batch(input.Length / inputShape.Count)),
            .. parameters.Concat(statistics).Select(each => values[each.Name].Shaped(each.Shape)),
        ];
        double[] output = reference(mode).Forward(arguments)!.Flat();
        foreach (var (statistic, value) in statistics.Zip(arguments.Skip(1 + parameters.Length)))
            value.Flat().CopyTo(values[statistic.Name], 0);
        return output;
    }

    public override double[] Backward(double[] outputGradient, Dictionary<string, double[]> gradients, bool isFirst)
    {
        int batch = arguments[0].GetLength(0);
        var shape = layer.OutputShape(inputShape).Batch(batch);
        var results = reference(Mode.Training).Backward(arguments, outputGradient.Shaped(shape));
        foreach (var (parameter, gradient) in parameters.Zip(results.Skip(1)))
            gradients[parameter.Name] = gradient!.Flat();
        return results[0]!.Flat();
    }
}

/// <summary>The ReLU.</summary>
internal sealed class Float64Relu(ReluLayer layer, Shape inputShape)
    : Float64Operation(layer, inputShape, new Dictionary<string, double[]>(), _ => new ReluReference())
{
    public override IEnumerable<Dictionary<int, double>> UndecidedChoices(double[] outputGradient)
    {
        double resolution = Resolution(Input);
        for (int i = 0; i < Input.Length; i++)
        {
            if (Math.Abs(Input[i]) < resolution && outputGradient[i] != 0)
                yield return new() { [i] = Input[i] > 0 ? -outputGradient[i] : outputGradient[i] };
        }
    }
}

/// <summary>Maximum pooling.</summary>
internal sealed class Float64MaxPool2d(MaxPool2dLayer layer, Shape inputShape) : Float64Operation(
    layer, inputShape, new Dictionary<string, double[]>(), _ => new MaxPool2dReference(layer.Kernel))
{
    private readonly int kernel = layer.Kernel;
    private readonly int height = inputShape[1];
    private readonly int width = inputShape[2];

    public override IEnumerable<Dictionary<int, double>> UndecidedChoices(double[] outputGradient)
    {
        double resolution = Resolution(Input);
        for (int window = 0; window < outputGradient.Length; window++)
        {
            double gradient = outputGradient[window];
            if (gradient == 0)
                continue;
            var (largest, second) = LargestTwo(window);
            if (Input[largest] - Input[second] < resolution)
                yield return new() { [largest] = -gradient, [second] = gradient };
        }
    }

    /// <summary>The indices of the two largest elements of a window; of equal ones the first.</summary>
    private (int Largest, int Second) LargestTwo(int window)
    {
        int outWidth = width / kernel;
        var (plane, pixel) = Math.DivRem(window, height / kernel * outWidth);
        int corner = (((plane * height) + (pixel / outWidth * kernel)) * width) + (pixel % outWidth * kernel);
        int largest = -1, second = -1;
        for (int a = 0; a < kernel; a++)
        {
            for (int b = 0; b < kernel; b++)
            {
                int element = corner + (a * width) + b;
                if (largest < 0 || Input[element] > Input[largest])
                    (largest, second) = (element, largest);
                else if (second < 0 || Input[element] > Input[second])
                    second = element;
            }
        }
        return (largest, second);
    }
}
