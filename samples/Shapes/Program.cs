using System.Diagnostics;
using GalaxyNet.Kernels;
using GalaxyNet.Layers;
using Shapes;

const int batch = 64;
const int steps = 400;
const int testBatches = 16;
string[] kinds = Enum.GetNames<ShapeKind>();

using var device = Device.Open();
Shape imageShape = [1, ShapeImages.Side, ShapeImages.Side];
using var network = new Sequential(device, imageShape, maxBatch: batch, seed: 1,
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
    new DropoutLayer("dropout", Probability: 0.2f),
    new ReluLayer("relu3"),
    new DenseLayer("fc2", OutFeatures: kinds.Length),
    new SigmoidLayer("sigmoid"),
]);
Console.WriteLine($"{device.Name}\n{network.Summary}");

using var optimizer = new AdamOptimizer(network);
using var training = new TrainingStep(network, optimizer, new CrossEntropy(device));
var schedule = new LearningRateSchedule(Peak: 3e-3f, LearningRateDecay.Cosine, WarmUpSteps: 20, steps);
using var input = device.Allocate(network.InputShape.Batch(batch));
using var target = device.Allocate(network.OutputShape.Batch(batch));
var images = new float[input.Count];
var targets = new float[target.Count];

var trainingImages = new ShapeImages(seed: 1);
var watch = Stopwatch.StartNew();
for (int step = 1; step <= steps; step++)
{
    optimizer.LearningRate = schedule.At(step - 1);
    trainingImages.Fill(images, targets);
    input.CopyFrom(images);
    target.CopyFrom(targets);
    training.Run(input, target);
    if (step % 50 == 0)
    {
        double speed = batch * step / watch.Elapsed.TotalSeconds;
        Console.WriteLine($"step {step,3}  loss {training.ReadLoss():F4}  {speed:F0} images/s");
    }
}

var unseen = new ShapeImages(seed: 2);
var table = new int[kinds.Length, kinds.Length];
for (int i = 0; i < testBatches; i++)
{
    unseen.Fill(images, targets);
    input.CopyFrom(images);
    float[] outputs = network.Forward(input, Mode.Evaluation).ToArray();
    for (int row = 0; row < batch; row++)
        table[Largest(targets, row), Largest(outputs, row)]++;
}

Console.WriteLine($"\n{"image",-10}{string.Concat(kinds.Select(kind => $"{"output " + kind,18}"))}");
for (int kind = 0; kind < kinds.Length; kind++)
    Console.WriteLine($"{kinds[kind],-10}{string.Concat(kinds.Select((_, output) => $"{table[kind, output],18}"))}");
double share = Enumerable.Range(0, kinds.Length).Sum(kind => table[kind, kind]) / (double)(testBatches * batch);
Console.WriteLine($"{share:P1} of {testBatches * batch} new images are classified correctly");
return share > 0.9 ? 0 : 1;

int Largest(float[] rows, int row)
{
    var values = rows.AsSpan(row * kinds.Length, kinds.Length);
    int largest = 0;
    for (int i = 1; i < values.Length; i++)
        largest = values[i] > values[largest] ? i : largest;
    return largest;
}
