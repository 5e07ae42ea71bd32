namespace GalaxyNet.Tests;

/// <summary>A network of the references, in float64: what float32 kernels are compared with.</summary>
internal sealed class Float64Network
{
    private readonly List<Float64Layer> layers = [];
    private readonly List<Shape> inputShapes = [];
    private readonly Shape outputShape;

    /// <summary>On parameters, which it reads, and running statistics, which training changes.</summary>
    public Float64Network(Shape inputShape, IEnumerable<Layer> layers, IReadOnlyDictionary<string, double[]> values)
    {
        outputShape = inputShape;
        foreach (var layer in PoolFirst([.. layers]))
        {
            if (layer is not FlattenLayer) // which leaves the numbers as they lie
            {
                this.layers.Add(Create(layer, outputShape, values));
                inputShapes.Add(outputShape);
            }
            outputShape = layer.OutputShape(outputShape);
        }
    }

    /// <summary>Computes the output for a batch.</summary>
    public double[] Forward(double[] input, Mode mode) =>
        layers.Aggregate(input, (activations, layer) => layer.Forward(activations, mode));

    /// <summary>Computes the gradients of the loss with respect to the parameters, by name.</summary>
    /// <returns>
    /// These, and for each choice of a ReLU or a pooling that is closer than float32 can tell, how they change where it
    /// falls the other way.
    /// </returns>
    public (Dictionary<string, double[]> Gradients, List<Dictionary<string, double[]>> UndecidedChoices) Backward(
        double[] outputGradient)
    {
        var gradients = new Dictionary<string, double[]>();
        var choices = new List<Dictionary<string, double[]>>();
        int batch = outputGradient.Length / outputShape.Count;
        Backward(outputGradient, layers.Count, gradients, (layer, gradient) =>
        {
            foreach (var change in layers[layer].UndecidedChoices(gradient))
            {
                var inputGradient = new double[batch * inputShapes[layer].Count];
                foreach (var (element, difference) in change)
                    inputGradient[element] = difference;
                choices.Add([]);
                Backward(inputGradient, layer, choices[^1], (_, _) => { });
            }
        });
        return (gradients, choices);
    }

    /// <summary>
    /// Goes back through the first <paramref name="count"/> layers, and shows <paramref name="visit"/> each with its
    /// output's gradient.
    /// </summary>
    private void Backward(
        double[] gradient, int count, Dictionary<string, double[]> gradients, Action<int, double[]> visit)
    {
        for (int layer = count - 1; layer >= 0; layer--)
        {
            visit(layer, gradient);
            gradient = layers[layer].Backward(gradient, gradients, isFirst: layer == 0);
        }
    }

    /// <summary>
    /// Puts each ReLU after the pooling that follows it. It is monotonic, so nothing changes, but which element of a
    /// window wins and whether it passes zero are then two questions.
    /// </summary>
    private static List<Layer> PoolFirst(List<Layer> layers)
    {
        for (int i = 1; i < layers.Count; i++)
        {
            if (layers[i - 1] is ReluLayer && layers[i] is MaxPool2dLayer)
                (layers[i - 1], layers[i]) = (layers[i], layers[i - 1]);
        }
        return layers;
    }

    private static Float64Layer Create(Layer layer, Shape inputShape, IReadOnlyDictionary<string, double[]> values) =>
        layer switch
        {
            Conv2dLayer convolution => new Float64Conv2d(convolution, inputShape, values),
            MaxPool2dLayer pooling => new Float64MaxPool2d(pooling, inputShape),
            ReluLayer relu => new Float64Relu(relu, inputShape),
            DenseLayer => new Float64Operation(layer, inputShape, values, _ => new DenseReference()),
            SigmoidLayer => new Float64Operation(layer, inputShape, values, _ => new SigmoidReference()),
            BatchNorm2dLayer norm => new Float64Operation(layer, inputShape, values, mode => new BatchNorm2dReference(
                (double)(decimal)norm.Momentum, // 0.1, not the float nearest to it
                (double)(decimal)norm.Epsilon,
                mode == Mode.Training)),
            _ => throw new NotSupportedException($"There is no {layer.Type} in float64."),
        };
}
