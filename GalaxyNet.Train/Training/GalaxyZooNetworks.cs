namespace GalaxyNet.Train;

/// <summary>The networks of the notebook's four attempts, with its names, and a fifth.</summary>
internal static class GalaxyZooNetworks
{
    /// <summary>The classes of the decision tree, Class1.1 to Class11.6.</summary>
    public const int Classes = 37;

    private const int Side = 64;
    private const int FifthCropSide = 92; // an input of 64x64 fits into it, however it is rotated
    private const float DropProbability = 0.15f;
    private const float FifthDropProbability = 0.2f;

    /// <summary>One of the five attempts.</summary>
    /// <exception cref="ArgumentException">The number is not 1 to 5.</exception>
    public static GalaxyZooNetwork Attempt(int number) => number switch
    {
        1 => new GalaxyZooNetwork(1, [1, Side, Side], FirstAttempt(), WeightsClasses: false),
        2 => new GalaxyZooNetwork(2, [3, Side, Side], SecondAttempt(), WeightsClasses: false),
        3 => new GalaxyZooNetwork(3, [3, Side, Side], SecondAttempt(), WeightsClasses: true),
        4 => new GalaxyZooNetwork(4, [3, Side, Side], FourthAttempt(), WeightsClasses: true),
        5 => new GalaxyZooNetwork(5, [3, Side, Side], FifthAttempt(), WeightsClasses: false)
        {
            Crop = GalaxyCrop.Center,
            CropSize = FifthCropSide,
        },
        _ => throw new ArgumentException($"There is no attempt {number}: there are 1 to 5."),
    };

    private static List<Layer> FirstAttempt()
    {
        Layer[] features =
        [
            new Conv2dLayer("conv1", 8, Kernel: 3, Padding: 1),
            new ReluLayer("relu1"),
            new MaxPool2dLayer("pool1", 2),
            new Conv2dLayer("conv2", 16, Kernel: 3, Padding: 1),
            new ReluLayer("relu2"),
            new MaxPool2dLayer("pool2", 2),
            new FlattenLayer("flatten"),
        ];
        int flat = FlatLength([1, Side, Side], features);
        return
        [
            .. features,
            new DenseLayer("fc1", flat / 8),
            new ReluLayer("relu_fc1"),
            new DenseLayer("fc2", flat / 8 / 4),
            new ReluLayer("relu_fc2"),
            new DenseLayer("fc3", Classes),
        ];
    }

    private static List<Layer> SecondAttempt()
    {
        // The notebook gives the 9x9 filters the padding of 5x5 ones, so the first output is 60x60, not 64x64.
        Layer[] features = [.. TwoConvolutions(firstPadding: 2), new FlattenLayer("flatten")];
        int flat = FlatLength([3, Side, Side], features);
        return [.. features, .. DenseWithDropout(flat / 8, flat / 8 / 4)];
    }

    private static List<Layer> FourthAttempt() =>
    [
        .. TwoConvolutions(firstPadding: 4),
        new Conv2dLayer("conv3", 128, Kernel: 3, Padding: 1),
        new BatchNorm2dLayer("conv3_bn"),
        new ReluLayer("relu3"),
        new MaxPool2dLayer("pool3", 2),
        new FlattenLayer("flatten"),
        .. DenseWithDropout(1024, 256),
        new SigmoidLayer("sigmoid"),
    ];

    private static List<Layer> FifthAttempt() =>
    [
        .. Normalized("conv1", 32, kernel: 5), new MaxPool2dLayer("pool1", 2),
        .. Normalized("conv2", 64, kernel: 3), .. Normalized("conv3", 64, kernel: 3), new MaxPool2dLayer("pool2", 2),
        .. Normalized("conv4", 128, kernel: 3), .. Normalized("conv5", 128, kernel: 3), new MaxPool2dLayer("pool3", 2),
        .. Normalized("conv6", 192, kernel: 3), .. Normalized("conv7", 192, kernel: 3),
        new GlobalAveragePool2dLayer("average"),
        new DropoutLayer("dropout", FifthDropProbability),
        new DenseLayer("fc", Classes),
        new SigmoidLayer("sigmoid"),
    ];

    private static Layer[] Normalized(string name, int outChannels, int kernel) =>
    [
        new Conv2dLayer(name, outChannels, kernel, Padding: kernel / 2),
        new BatchNorm2dLayer($"{name}_bn"),
        new ReluLayer($"{name}_relu"),
    ];

    private static List<Layer> TwoConvolutions(int firstPadding) =>
    [
        new Conv2dLayer("conv1", 64, Kernel: 9, Padding: firstPadding),
        new ReluLayer("relu1"),
        new MaxPool2dLayer("pool1", 2),
        new Conv2dLayer("conv2", 96, Kernel: 5, Padding: 2),
        new BatchNorm2dLayer("conv2_bn"),
        new ReluLayer("relu2"),
        new MaxPool2dLayer("pool2", 2),
    ];

    private static int FlatLength(Shape input, Layer[] features) =>
        new NetworkSummary(input, features).Rows[^1].OutputShape.Count;

    private static List<Layer> DenseWithDropout(int firstFeatures, int secondFeatures) =>
    [
        new DenseLayer("fc1", firstFeatures),
        new DropoutLayer("dropout1", DropProbability),
        new ReluLayer("relu_fc1"),
        new DenseLayer("fc2", secondFeatures),
        new DropoutLayer("dropout2", DropProbability),
        new ReluLayer("relu_fc2"),
        new DenseLayer("fc3", Classes),
    ];
}

/// <summary>One of these networks, on no device yet.</summary>
/// <param name="Attempt">The attempt's number, 1 to 5.</param>
/// <param name="InputShape">The shape of one image: [1, 64, 64] in gray, [3, 64, 64] in color.</param>
/// <param name="Layers">The layers.</param>
/// <param name="WeightsClasses">
/// True if the loss weights each class by its share of all votes; false if it is the plain mean over images and
/// classes, which is the weighted loss with 1/37 for each class.
/// </param>
internal sealed record GalaxyZooNetwork(
    int Attempt, Shape InputShape, IReadOnlyList<Layer> Layers, bool WeightsClasses)
{
    /// <summary>
    /// How galaxies are cut out for it: the notebook's gray ones by the tight crop, else the wide one.
    /// </summary>
    public GalaxyCrop Crop { get; init; } = InputShape[0] == 1 ? GalaxyCrop.Tight : GalaxyCrop.Wide;

    /// <summary>The width and height of the crops, in pixels. The network sees their middle.</summary>
    public int CropSize { get; init; } = InputShape[1];

    /// <summary>The layers with their shapes and sizes.</summary>
    public NetworkSummary Summary => new(InputShape, Layers);

    /// <summary>The same network with another activation of its outputs.</summary>
    public GalaxyZooNetwork WithActivation(Layer activation) =>
        this with { Layers = [.. Layers.Where(layer => layer is not SigmoidLayer), activation] };

    /// <summary>Builds the network on a device: see <see cref="Sequential"/>.</summary>
    public Sequential Create(Device device, int maxBatch, ulong seed, bool trainable = true) =>
        new(device, InputShape, maxBatch, seed, Layers, trainable);
}
