using GalaxyNet.Kernels;
using GalaxyNet.Layers;
using ImageClassifier;

const int side = 32; // images are scaled to so many rows and columns
const int batch = 32;
const int steps = 400;
const int seed = 1; // the same seed gives the same network on the same device
const string weightsFile = "weights.safetensors";

try
{
    return Run(args.ElementAtOrDefault(0), args.ElementAtOrDefault(1));
}
catch (InvalidDataException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

int Run(string? imagesFolder, string? imageToClassify)
{
    var folder = ImageFolder.Load(imagesFolder ?? DrawExamples(), side);
    var random = new Random(seed);
    var (trainingImages, testImages) = folder.Split(random);
    using var device = Device.Open(); // a GPU if there is one, else the CPU
    Layer[] layers = Layers(folder.Classes.Count);
    using var network = new Sequential(device, inputShape: [3, side, side], maxBatch: batch, seed, layers);
    Console.WriteLine($"{device.Name}: {trainingImages.Length} images to train on, {testImages.Length} held out");

    Train(network, trainingImages, random);
    network.Save(weightsFile); // under the names that PyTorch gives such layers
    int right = testImages.Chunk(batch).Sum(images => CountRight(network, images));
    Console.WriteLine($"{right} of {testImages.Length} held-out images are classified correctly");

    // What another program does that only classifies.
    using var trained = new Sequential(device, network.InputShape, maxBatch: 1, seed, layers, trainable: false);
    trained.Load(weightsFile);
    string file = imageToClassify ?? testImages[0].Path;
    using var input = device.Allocate(trained.InputShape.Batch(1), ImageFolder.ReadPixels(file, side));
    float[] outputs = trained.Forward(input, Mode.Evaluation).ToArray();
    var shares = folder.Classes.Zip(outputs, (name, output) => $"{name} {output:F2}");
    Console.WriteLine($"{file}: {string.Join(", ", shares)}");
    return 0;
}

Layer[] Layers(int classes) =>
[
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
    new DropoutLayer("dropout", Probability: 0.3f),
    new ReluLayer("relu3"),
    new DenseLayer("fc2", OutFeatures: classes),
    new SigmoidLayer("sigmoid"), // each class on its own: how sure the network is, from 0 to 1
];

void Train(Sequential network, ClassImage[] images, Random random)
{
    using var optimizer = new AdamOptimizer(network);
    using var training = new TrainingStep(network, optimizer, new CrossEntropy(network.Device));
    using var input = network.Device.Allocate(network.InputShape.Batch(batch));
    using var target = network.Device.Allocate(network.OutputShape.Batch(batch));
    var schedule = new LearningRateSchedule(Peak: 2e-3f, LearningRateDecay.Cosine, WarmUpSteps: 20, steps);
    for (int step = 1; step <= steps; step++)
    {
        ClassImage[] chosen = random.GetItems(images, batch);
        input.CopyFrom(Pixels(chosen));
        target.CopyFrom(Targets(chosen, network.OutputShape.Count));
        optimizer.LearningRate = schedule.At(step - 1);
        training.Run(input, target);
        if (step % 50 == 0)
            Console.WriteLine($"step {step,4}  loss {training.ReadLoss():F4}");
    }
}

int CountRight(Sequential network, ClassImage[] images)
{
    using var input = network.Device.Allocate(network.InputShape.Batch(images.Length), Pixels(images));
    float[][] rows = [.. network.Forward(input, Mode.Evaluation).ToArray().Chunk(network.OutputShape.Count)];
    return images.Zip(rows).Count(pair => pair.Second.IndexOf(pair.Second.Max()) == pair.First.Class);
}

float[] Pixels(ClassImage[] images) => [.. images.SelectMany(image => image.Pixels)];

// For each image a row with a 1 at its class.
float[] Targets(ClassImage[] images, int classes)
{
    var targets = new float[images.Length * classes];
    for (int i = 0; i < images.Length; i++)
        targets[(i * classes) + images[i].Class] = 1f;
    return targets;
}

string DrawExamples()
{
    const string folder = "example-images";
    if (!Directory.Exists(folder))
        ExampleImages.Draw(folder, new Random(seed));
    Console.WriteLine($"No folder of images is given: those in {folder} are drawn by the program.");
    return folder;
}
