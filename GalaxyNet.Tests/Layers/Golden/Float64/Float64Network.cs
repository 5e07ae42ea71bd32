using GalaxyNet.Kernels;
using GalaxyNet.Layers;

namespace GalaxyNet.Tests;

/// <summary>A network in float64, plainly written: what float32 kernels are compared with.</summary>
internal sealed class Float64Network
{
    private readonly List<Float64Layer> layers = [];
    private readonly List<Shape> inputShapes = [];
    private readonly Shape outputShape;

    /// <summary>Builds a network around its parameters, which it reads, and running statistics, which training passes change.</summary>
    public Float64Network(Shape inputShape, IEnumerable<Layer> layers, IReadOnlyDictionary<string, double[]> values)
    {
        outputShape = inputShape;
        foreach (var layer in PoolFirst([.. layers]))
        {
            this.layers.Add(Create(layer, outputShape, values));
            inputShapes.Add(outputShape);
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

    /// <summary>Goes down the first <paramref name="count"/> layers, and shows <paramref name="visit"/> each with its output's gradient.</summary>
    private void Backward(
        double[] gradient, int count, Dictionary<string, double[]> gradients, Action<int, double[]> visit)
    {
        for (int layer = count - 1; layer >= 0; layer--)
        {
            layers[layer].ParameterGradients(gradient, gradients);
            visit(layer, gradient);
            if (layer > 0)
                gradient = layers[layer].InputGradient(gradient);
        }
    }

    /// <summary>
    /// Puts each ReLU after the pooling that follows it. It is monotonic, so nothing changes, but which element of a window
    /// wins and whether it passes zero are then two questions.
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
            BatchNorm2dLayer normalization => new Float64BatchNorm2d(normalization, inputShape, values),
            MaxPool2dLayer pooling => new Float64MaxPool2d(pooling, inputShape),
            DenseLayer dense => new Float64Dense(dense, inputShape, values),
            ReluLayer => new Float64Relu(),
            SigmoidLayer => new Float64Sigmoid(),
            FlattenLayer => new Float64Flatten(),
            _ => throw new NotSupportedException($"There is no {layer.Type} in float64."),
        };
}
