#:package GalaxyNet.Kernels@0.1.0
#:property PublishAot=false

// One kernel by itself: a convolution on the best device of this machine, beside the same sum as plain loops.
using System.Diagnostics;
using GalaxyNet.Kernels;

const int batch = 4;
const int runs = 20;
using var device = Device.Open(); // a GPU if there is one, else the CPU
var geometry = new Conv2dGeometry(
    inChannels: 16, inHeight: 32, inWidth: 32, outChannels: 64, kernelHeight: 3, kernelWidth: 3, stride: 1, padding: 1);
var (inputShape, weightShape, outputShape) =
    (geometry.InputShape(batch), geometry.WeightShape, geometry.OutputShape(batch));

var random = new Random(1);
float[] x = RandomNumbers(inputShape.Count);
float[] w = RandomNumbers(weightShape.Count);
float[] b = RandomNumbers(geometry.OutChannels);

using var convolution = new Conv2d(device, geometry);
using var input = device.Allocate(inputShape, x);
using var weight = device.Allocate(weightShape, w);
using var bias = device.Allocate([geometry.OutChannels], b);
using var output = device.Allocate(outputShape);

convolution.Forward(input, weight, bias, output); // compiles the kernel
device.Synchronize();
long start = Stopwatch.GetTimestamp();
for (int run = 0; run < runs; run++)
    convolution.Forward(input, weight, bias, output);
device.Synchronize(); // a launch on a GPU returns before the kernel is done
double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds / runs;

start = Stopwatch.GetTimestamp();
double[] expected = PlainLoops();
double plainSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
double largest = expected.Max(Math.Abs);
double difference = output.ToArray().Zip(expected, (y, sum) => Math.Abs(y - sum)).Max();

Console.WriteLine(device.Name);
Console.WriteLine($"kernel       {1e3 * seconds,8:F2} ms");
Console.WriteLine($"plain loops  {1e3 * plainSeconds,8:F2} ms");
Console.WriteLine($"They differ by at most {difference:E1}, where outputs are up to {largest:F1}.");
return difference < 1e-4 * largest ? 0 : 1;

float[] RandomNumbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];

// y[n, o, r, c] = b[o] + sum over i, u and v of x[n, i, r + u - 1, c + v - 1] w[o, i, u, v], with zeros around x.
double[] PlainLoops()
{
    var y = new double[outputShape.Count];
    for (int n = 0; n < outputShape[0]; n++)
    {
        for (int o = 0; o < outputShape[1]; o++)
        {
            for (int r = 0; r < outputShape[2]; r++)
            {
                for (int c = 0; c < outputShape[3]; c++)
                    y[At(outputShape, n, o, r, c)] = b[o] + Window(n, o, r, c);
            }
        }
    }
    return y;
}

double Window(int n, int o, int r, int c)
{
    double sum = 0;
    for (int i = 0; i < geometry.InChannels; i++)
    {
        for (int u = 0; u < 3; u++)
        {
            for (int v = 0; v < 3; v++)
            {
                (int row, int column) = (r + u - 1, c + v - 1);
                if (row >= 0 && row < geometry.InHeight && column >= 0 && column < geometry.InWidth)
                    sum += (double)x[At(inputShape, n, i, row, column)] * w[At(weightShape, o, i, u, v)];
            }
        }
    }
    return sum;
}

// Where an element is in memory: the last coordinate runs first.
int At(Shape shape, int a, int b, int c, int d) => (((((a * shape[1]) + b) * shape[2]) + c) * shape[3]) + d;
