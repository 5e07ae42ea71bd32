namespace GalaxyNet.Tests;

/// <summary>
/// Layers that fit behind one another and behind <see cref="SmallNetwork.InputShape"/>, of every kind, in any order.
/// </summary>
internal static class RandomLayers
{
    private const int Answers = 6;

    private static readonly SoftmaxGroup[] Questions = [new(0, 2, SoftmaxGroup.NoParent), new(2, 4, 1)];

    /// <summary>Draws the layers of a network; the same seed draws the same.</summary>
    public static Layer[] Draw(int seed)
    {
        var random = new Random(seed);
        var layers = new List<Layer>();
        int size = SmallNetwork.InputShape[1];
        for (int i = random.Next(6); i >= 0; i--)
            layers.Add(NextOnImages(random, $"image{i}", ref size));
        layers.Add(random.Next(2) == 0 ? new GlobalAveragePool2dLayer("average") : new FlattenLayer("flatten"));
        if (layers[^1] is GlobalAveragePool2dLayer && random.Next(2) == 0)
            layers.Add(new FlattenLayer("flatten"));
        for (int i = random.Next(5); i >= 0; i--)
            layers.Add(NextOnRows(random, $"row{i}"));
        layers.Add(new DenseLayer("last", Answers));
        if (random.Next(2) == 0)
            layers.Add(random.Next(2) == 0
                ? new TreeSoftmaxLayer("tree", Questions)
                : new TreeSharesLayer("tree", Questions));
        return [.. layers];
    }

    private static Layer NextOnImages(Random random, string name, ref int size)
    {
        switch (random.Next(6))
        {
            case 0 when size >= 4:
                int window = random.Next(1, 4);
                size /= window;
                return new MaxPool2dLayer(name, window);
            case 1:
                return new BatchNorm2dLayer(name);
            case 2:
                return NextOnRows(random, name, random.Next(1, 4));
            default:
                int padding = random.Next(3), stride = random.Next(1, 3);
                int kernel = Math.Min(random.Next(1, 6), size + (2 * padding));
                size = ((size + (2 * padding) - kernel) / stride) + 1;
                return new Conv2dLayer(name, random.Next(1, 70), kernel, padding, stride);
        }
    }

    private static Layer NextOnRows(Random random, string name) => NextOnRows(random, name, random.Next(5));

    private static Layer NextOnRows(Random random, string name, int kind) => kind switch
    {
        1 => new ReluLayer(name),
        2 => new SigmoidLayer(name),
        3 => new DropoutLayer(name, 0.3f),
        _ => new DenseLayer(name, random.Next(1, 100)),
    };
}
