#:package GalaxyNet.Kernels@0.1.0
#:property PublishAot=false

// An operation that the library does not have, with a check of its gradient. With --break its backward pass is wrong.
using GalaxyNet.Kernels;
using ILGPU;
using ILGPU.Runtime;
using Device = GalaxyNet.Kernels.Device; // ILGPU has one too
using Floats = ILGPU.ArrayView<float>;

const float step = 0.01f;
using var device = Device.Open(); // a GPU if there is one, else the CPU
var silu = new Silu(device, isWrong: args.Contains("--break"));

// The gradient of L = sum of r y, with random r: dL/dy = r is given to the backward pass, which gives dL/dx.
var random = new Random(1);
Shape shape = [4, 8];
float[] values = [.. Enumerable.Range(0, shape.Count).Select(_ => (6 * random.NextSingle()) - 3)];
float[] r = [.. Enumerable.Range(0, shape.Count).Select(_ => (2 * random.NextSingle()) - 1)];
using var x = device.Allocate(shape, values);
using var y = device.Allocate(shape);
using var dy = device.Allocate(shape, r);
using var dx = device.Allocate(shape);
silu.Backward(x, dy, dx);
float[] analytic = dx.ToArray();

double difference = 0, norm = 0;
Console.WriteLine($"{device.Name}\n\n{"",8}{"backward pass",16}{"(L(x + h) - L(x - h)) / 2h",30}");
for (int i = 0; i < shape.Count; i++)
{
    double numeric = (LossAt(i, values[i] + step) - LossAt(i, values[i] - step)) / (2 * step);
    difference += Math.Pow(analytic[i] - numeric, 2);
    norm += Math.Pow(numeric, 2);
    if (i < 5)
        Console.WriteLine($"{$"dx[{i}]",-8}{analytic[i],16:F5}{numeric,30:F5}");
}
double error = Math.Sqrt(difference / norm);
bool agrees = error < 1e-3;
Console.WriteLine($"\nrelative error {error:E1}: the gradient is {(agrees ? "right" : "WRONG")}");
return agrees ? 0 : 1;

double LossAt(int i, float value)
{
    float[] changed = [.. values];
    changed[i] = value;
    x.CopyFrom(changed);
    silu.Forward(x, y);
    return r.Zip(y.ToArray(), (weight, output) => (double)weight * output).Sum();
}

/// <summary>The SiLU, x times the logistic function of x.</summary>
/// <remarks>
/// With s = 1 / (1 + exp(-x)):
///
/// Forward:  y = x s
/// Backward: dx = dy (s + x s (1 - s))
/// </remarks>
internal sealed class Silu(Device device, bool isWrong)
{
    // ILGPU compiles the methods for the device: to PTX, to OpenCL C, or not at all on a CPU, which calls them.
    private readonly Action<Index1D, Floats, Floats> forward =
        device.Accelerator.LoadAutoGroupedStreamKernel<Index1D, Floats, Floats>(ForwardKernel);

    private readonly Action<Index1D, Floats, Floats, Floats> backward =
        device.Accelerator.LoadAutoGroupedStreamKernel<Index1D, Floats, Floats, Floats>(
            isWrong ? WrongBackwardKernel : BackwardKernel);

    /// <summary>y from x, both of one shape.</summary>
    public void Forward(Tensor input, Tensor output)
    {
        RequireSameShape(input, output);
        forward(input.Count, input.Data, output.Data);
    }

    /// <summary>dx from x and dy, all of one shape.</summary>
    public void Backward(Tensor input, Tensor outputGradient, Tensor inputGradient)
    {
        RequireSameShape(input, outputGradient);
        RequireSameShape(input, inputGradient);
        backward(input.Count, input.Data, outputGradient.Data, inputGradient.Data);
    }

    // A kernel is a static method without exceptions or objects. One thread runs it for each element.
    private static void ForwardKernel(Index1D i, Floats x, Floats y) => y[i] = x[i] * Logistic(x[i]);

    private static void BackwardKernel(Index1D i, Floats x, Floats dy, Floats dx)
    {
        float s = Logistic(x[i]);
        dx[i] = dy[i] * (s + (x[i] * s * (1f - s)));
    }

    /// <summary>Forgets that s depends on x too.</summary>
    private static void WrongBackwardKernel(Index1D i, Floats x, Floats dy, Floats dx) =>
        dx[i] = dy[i] * Logistic(x[i]);

    private static float Logistic(float x) => 1f / (1f + MathF.Exp(-x));

    // Kernels check nothing: what is wrong has to be found before a launch.
    private static void RequireSameShape(Tensor one, Tensor other)
    {
        if (!one.Shape.Equals(other.Shape))
            throw new ArgumentException($"A tensor is {other.Shape} where {one.Shape} is needed.");
    }
}
