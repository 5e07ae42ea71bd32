namespace GalaxyNet.Tests;

/// <summary>ONNX Runtime computes what the network computes, layer by layer and in any order of them.</summary>
[TestFixture]
internal sealed class OnnxLayersTests
{
    private const int MaxBatch = 3;
    private const int Networks = 10;
    private const int Columns = 10;

    private const string FullCheck =
        "import onnx, sys; [onnx.checker.check_model(path, full_check=True) for path in sys.argv[1:]]";

    /// <summary>Two roots, and answers alone.</summary>
    private static readonly SoftmaxGroup[] Questions =
    [
        new(0, 2, SoftmaxGroup.NoParent), new(2, 1, 0), new(3, 3, SoftmaxGroup.NoParent), new(6, 2, 2), new(8, 2, 7),
    ];

    /// <summary>Each kind of layer alone, with shapes and settings that do not divide.</summary>
    private static readonly (Shape Input, Layer Layer)[] Alone =
    [
        ([3, 7, 10], new Conv2dLayer("conv", 5, Kernel: 3, Padding: 2, Stride: 2)),
        ([1, 9, 5], new Conv2dLayer("conv", 2, Kernel: 4, Stride: 3)),
        ([2, 3, 4], new Conv2dLayer("conv", 1, Kernel: 1)),
        ([3, 5, 2], new BatchNorm2dLayer("norm", Epsilon: 0.3f)),
        ([4], new ReluLayer("relu")),
        ([2, 7, 11], new MaxPool2dLayer("pool", 3)),
        ([2, 5, 4], new MaxPool2dLayer("pool", 1)),
        ([2, 3, 5], new FlattenLayer("flatten")),
        ([6], new FlattenLayer("flatten")),
        ([7], new DenseLayer("fc", 3)),
        ([2, 3, 3], new DropoutLayer("dropout", 0.5f)),
        ([5], new SigmoidLayer("sigmoid")),
        ([3, 5, 7], new GlobalAveragePool2dLayer("average")),
        ([Columns], new TreeSoftmaxLayer("tree", Questions)),
        ([Columns], new TreeSharesLayer("tree", Questions)),
        ([3], new TreeSoftmaxLayer("question", [new SoftmaxGroup(0, 3, SoftmaxGroup.NoParent)])),
    ];

    private static Device Cpu => TestDevices.Get("cpu-256");

    private static IEnumerable<TestCaseData> Cases =>
        Alone.Select(each => new TestCaseData(each.Input, each.Layer)
            .SetArgDisplayNames($"{each.Layer.Type} of {each.Input}, {each.Layer}"));

    [Test]
    public void EveryKindIsHere() => Assert.That(
        Alone.Select(each => each.Layer.GetType()).Distinct(),
        Is.EquivalentTo(typeof(Layer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Layer)))));

    [TestCaseSource(nameof(Cases))]
    public void ALayerAloneComputesTheSame(Shape input, Layer layer)
    {
        using var network = Create(input, layer);
        OnnxSession.AssertComputesTheSame(network);
    }

    [Test]
    public void AnyOrderOfLayersComputesTheSame()
    {
        for (int seed = 0; seed < Networks; seed++)
        {
            using var network = Create(SmallNetwork.InputShape, RandomLayers.Draw(seed));
            OnnxSession.AssertComputesTheSame(network);
        }
    }

    /// <summary>The sample Shapes, which is a program of its own.</summary>
    [Test]
    public void TheNetworkOfTheSampleComputesTheSame()
    {
        using var network = Create(
            [1, 32, 32],
            new Conv2dLayer("conv1", OutChannels: 16, Kernel: 5, Padding: 2),
            new BatchNorm2dLayer("bn1"),
            new ReluLayer("relu1"),
            new MaxPool2dLayer("pool1", Kernel: 2),
            new Conv2dLayer("conv2", OutChannels: 32, Kernel: 3, Padding: 1),
            new BatchNorm2dLayer("bn2"),
            new ReluLayer("relu2"),
            new MaxPool2dLayer("pool2", Kernel: 2),
            new FlattenLayer("flatten"),
            new DenseLayer("fc1", OutFeatures: 64),
            new DropoutLayer("dropout", Probability: 0.2f),
            new ReluLayer("relu3"),
            new DenseLayer("fc2", OutFeatures: 3),
            new SigmoidLayer("sigmoid"));
        OnnxSession.AssertComputesTheSame(network);
    }

    /// <summary>What a sum of powers could overflow in, and questions whose ReLUs leave nothing.</summary>
    [Test]
    public void AnswersFarFromOneAnotherAndAllBelowZeroAreShared()
    {
        float[] far = [1000, -1000, 5, -200, 90, 91, -1e30f, 1e30f, 0, 1e-20f];
        float[] none = [-1, 0, -3, -4, 0, -6, -7, -8, -9, -10];
        float[] faint = [1e-12f, 3e-12f, 1e-13f, 1e-10f, 0, 0, 1e-9f, 1, 2, 3];
        foreach (Layer layer in (Layer[])[new TreeSoftmaxLayer("t", Questions), new TreeSharesLayer("t", Questions)])
        {
            using var network = Create([Columns], layer);
            OnnxSession.AssertComputesTheSame(network, [[.. far, .. none, .. faint]]);
        }
    }

    [Test]
    public void WhatIsOnlyThereInTrainingIsLeftOut()
    {
        using var network = Create([6], new DenseLayer("fc", 4), new DropoutLayer("dropout", 0.5f));
        OnnxSession.AssertComputesTheSame(network);
    }

    /// <summary>Whatever the layers are called.</summary>
    [Test]
    public void NoTwoValuesHaveOneName()
    {
        using var network = Create(
            [2, 4, 4],
            new ReluLayer("input"),
            new ReluLayer("output"),
            new ReluLayer("fc.weight"),
            new GlobalAveragePool2dLayer("average"),
            new ReluLayer("average.means"),
            new DenseLayer("fc", Columns),
            new ReluLayer("tree.answers1"),
            new TreeSoftmaxLayer("tree", Questions),
            new ReluLayer(""));
        OnnxSession.AssertComputesTheSame(network);
    }

    [Test]
    public void OnnxsOwnCheckerFindsNothing()
    {
        using var folder = new TemporaryFolder();
        var files = Alone.Select(each => Export(each.Input, each.Layer))
            .Append(Export(SmallNetwork.InputShape, [.. SmallNetwork.Layers]));
        Python.RunWith("onnx", ["-c", FullCheck, .. files]);

        string Export(Shape input, params Layer[] layers)
        {
            using var network = Create(input, layers);
            string path = folder.Path($"{Guid.NewGuid()}.onnx");
            network.ExportOnnx(path);
            return path;
        }
    }

    private static Sequential Create(Shape input, params Layer[] layers) =>
        new(Cpu, input, MaxBatch, seed: 3, layers, trainable: false);
}
