#:package GalaxyNet.Layers@0.1.0
#:property PublishAot=false

// A network that learns which of two spirals a point is on, and a map of what it has learned.
using GalaxyNet.Kernels;
using GalaxyNet.Layers;

const int batch = 128;
const int steps = 1000;
using var device = Device.Open(); // a GPU if there is one, else the CPU
using var network = new Sequential(device, inputShape: [2], maxBatch: batch, seed: 1,
[
    new DenseLayer("fc1", OutFeatures: 48),
    new ReluLayer("relu1"),
    new DenseLayer("fc2", OutFeatures: 48),
    new ReluLayer("relu2"),
    new DenseLayer("fc3", OutFeatures: 1),
    new SigmoidLayer("sigmoid"),
]);
using var optimizer = new AdamOptimizer(network);
using var training = new TrainingStep(network, optimizer, classWeights: [1f]); // the squared error
var schedule = new LearningRateSchedule(Peak: 5e-3f, LearningRateDecay.Cosine, WarmUpSteps: 0, steps);
using var input = device.Allocate(network.InputShape.Batch(batch));
using var target = device.Allocate(network.OutputShape.Batch(batch));
var points = new float[input.Count];
var spirals = new float[target.Count];

var random = new Random(1);
for (int step = 1; step <= steps; step++)
{
    optimizer.LearningRate = schedule.At(step - 1);
    DrawPoints();
    input.CopyFrom(points);
    target.CopyFrom(spirals);
    training.Run(input, target);
    if (step % 200 == 0)
        Console.WriteLine($"step {step,4}  loss {training.ReadLoss():F4}");
}

DrawPoints(); // no point comes twice: these are new to the network
float[] outputs = OutputsFor(points);
int right = outputs.Zip(spirals, (output, spiral) => output > 0.5f == spiral > 0.5f).Count(isRight => isRight);
Console.WriteLine($"{right} of {batch} new points are put on the right spiral. Where the network sees which:\n");
for (float y = 0.95f; y > -1; y -= 0.1f)
{
    for (int i = 0; i < batch; i++)
        (points[2 * i], points[(2 * i) + 1]) = ((i / 32f) - 1, y);
    Console.WriteLine(string.Concat(OutputsFor(points).Take(64).Select(output => output > 0.5f ? '#' : '.')));
}
return right > 0.9 * batch ? 0 : 1;

float[] OutputsFor(float[] values)
{
    input.CopyFrom(values);
    return network.Forward(input, Mode.Evaluation).ToArray();
}

// Each spiral winds once and a half around the middle, opposite to the other.
void DrawPoints()
{
    for (int i = 0; i < batch; i++)
    {
        int spiral = random.Next(2);
        float along = MathF.Sqrt(random.NextSingle()); // as many points on each piece
        (float sine, float cosine) = MathF.SinCos((3 * along + spiral) * MathF.PI);
        points[2 * i] = (0.95f * along * cosine) + Noise();
        points[(2 * i) + 1] = (0.95f * along * sine) + Noise();
        spirals[i] = spiral;
    }
}

float Noise() => 0.05f * (random.NextSingle() - 0.5f);
