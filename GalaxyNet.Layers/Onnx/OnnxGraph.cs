using Onnx;

namespace GalaxyNet.Layers;

/// <summary>A network as a graph of ONNX's operators, to which one layer after the other adds itself.</summary>
/// <remarks>
/// What a layer makes is called after it, with a word behind a point: <c>conv1.output</c> beside <c>conv1.weight</c>.
/// So no two values have the same name, whatever layers are called.
/// </remarks>
internal sealed class OnnxGraph
{
    /// <summary>The name of what the network is given.</summary>
    public const string Input = "input";

    /// <summary>The name of what it makes.</summary>
    public const string Output = "output";

    private readonly GraphProto graph = new() { Name = "network" };
    private readonly HashSet<string> layers;

    private OnnxGraph(IEnumerable<Layer> layers) => this.layers = [.. layers.Select(layer => layer.Name)];

    /// <summary>The output of the layers so far.</summary>
    public string Value { get; private set; } = Input;

    /// <summary>Adds a layer that is one operator.</summary>
    /// <param name="type">The operator.</param>
    /// <param name="layer">The layer's name.</param>
    /// <param name="parameters">What the operator takes besides <see cref="Value"/>, by its names.</param>
    /// <param name="attributes">Those that differ from the operator's defaults.</param>
    public void AddLayer(
        string type, string layer, IEnumerable<string> parameters, params IEnumerable<AttributeProto> attributes) =>
        AddLayerOf(type, layer, [Value, .. parameters], attributes);

    /// <summary>Adds the last operator of a layer, whose output is the layer's.</summary>
    /// <param name="type">The operator.</param>
    /// <param name="layer">The layer's name.</param>
    /// <param name="inputs">What it takes.</param>
    /// <param name="attributes">Those that differ from the operator's defaults.</param>
    public void AddLayerOf(
        string type, string layer, IEnumerable<string> inputs, params IEnumerable<AttributeProto> attributes)
    {
        Value = $"{layer}.output";
        AddNode(type, layer, inputs, [Value], attributes);
    }

    /// <summary>Adds an operator within a layer.</summary>
    /// <param name="type">The operator.</param>
    /// <param name="name">The layer's name with a word behind it, which the operator and its output are called.</param>
    /// <param name="inputs">What it takes.</param>
    /// <param name="attributes">Those that differ from the operator's defaults.</param>
    /// <returns>The output's name.</returns>
    public string Add(
        string type, string name, IEnumerable<string> inputs, params IEnumerable<AttributeProto> attributes)
    {
        Add(type, name, inputs, [name], attributes);
        return name;
    }

    /// <summary>Adds an operator within a layer that has several outputs.</summary>
    public void Add(
        string type,
        string name,
        IEnumerable<string> inputs,
        IEnumerable<string> outputs,
        params IEnumerable<AttributeProto> attributes) =>
        AddNode(type, layers.Contains(name) ? "" : name, inputs, outputs, attributes); // operators need no name

    /// <summary>Adds a row of whole numbers that an operator takes.</summary>
    /// <returns>Its name.</returns>
    public string AddConstant(string name, params IEnumerable<long> numbers)
    {
        var tensor = new TensorProto
        {
            Name = name,
            DataType = (int)TensorProto.Types.DataType.Int64,
            Int64Data = { numbers },
        };
        tensor.Dims.Add(tensor.Int64Data.Count);
        graph.Initializer.Add(tensor);
        return name;
    }

    /// <summary>Adds a number that an operator takes.</summary>
    /// <returns>Its name.</returns>
    public string AddConstant(string name, float number)
    {
        graph.Initializer.Add(new TensorProto
        {
            Name = name,
            DataType = (int)TensorProto.Types.DataType.Float,
            FloatData = { number },
        });
        return name;
    }

    /// <summary>The graph of a whole network, without the numbers of its parameters.</summary>
    public static GraphProto Of(Sequential network)
    {
        var built = new OnnxGraph(network.Layers);
        foreach (var layer in network.Layers)
            layer.AddTo(built);
        var graph = built.graph;
        if (graph.Node.Count == 0) // nothing but dropout
            built.AddLayer("Identity", Output, []);
        graph.Node[^1].Output[0] = Output;
        graph.Input.Add(Images(Input, network.InputShape));
        graph.Output.Add(Images(Output, network.OutputShape));
        return graph;
    }

    private void AddNode(
        string type,
        string name,
        IEnumerable<string> inputs,
        IEnumerable<string> outputs,
        IEnumerable<AttributeProto> attributes) => graph.Node.Add(new NodeProto
        {
            OpType = type,
            Name = name,
            Input = { inputs },
            Output = { outputs },
            Attribute = { attributes },
        });

    /// <summary>Any number of images, or of rows.</summary>
    private static ValueInfoProto Images(string name, Shape shape)
    {
        var batch = new TensorShapeProto.Types.Dimension { DimParam = "batch" };
        var others = shape.Select(extent => new TensorShapeProto.Types.Dimension { DimValue = extent });
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto
            {
                TensorType = new TypeProto.Types.Tensor
                {
                    ElemType = (int)TensorProto.Types.DataType.Float,
                    Shape = new TensorShapeProto { Dim = { others.Prepend(batch) } },
                },
            },
        };
    }
}
