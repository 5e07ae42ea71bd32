namespace GalaxyNet.Tests;

/// <summary>A network with a layer of every kind, small enough for every device.</summary>
internal static class SmallNetwork
{
    public const int MaxBatch = 4;
    public const int Outputs = 3;

    public static readonly Shape InputShape = [2, 8, 8];

    public static IReadOnlyList<Layer> Layers { get; } =
    [
        new Conv2dLayer("conv1", 4, Kernel: 3, Padding: 1),
        new ReluLayer("relu1"),
        new MaxPool2dLayer("pool1", 2),
        new Conv2dLayer("conv2", 5, Kernel: 3, Padding: 1),
        new BatchNorm2dLayer("conv2_bn"),
        new ReluLayer("relu2"),
        new MaxPool2dLayer("pool2", 2),
        new FlattenLayer("flatten"),
        new DenseLayer("fc1", 7),
        new DropoutLayer("dropout1", 0.3f),
        new ReluLayer("relu_fc1"),
        new DenseLayer("fc2", Outputs),
        new SigmoidLayer("sigmoid"),
    ];

    public static Sequential Create(Device device, ulong seed = 1) => new(device, InputShape, MaxBatch, seed, Layers);

    /// <summary>The layers, of which some are frozen.</summary>
    public static IReadOnlyList<Layer> Frozen(params string[] names) =>
        [.. Layers.Select(layer => layer with { IsFrozen = names.Contains(layer.Name) })];

    public static Tensor Input(Device device, int batch = MaxBatch, int seed = 50) =>
        device.Allocate(InputShape.Batch(batch), Values.Uniform(InputShape.Batch(batch), seed));

    public static Tensor Target(Device device, int batch = MaxBatch, int seed = 60) =>
        device.Allocate([batch, Outputs], Values.Between(0f, 1f)([batch, Outputs], seed));
}
