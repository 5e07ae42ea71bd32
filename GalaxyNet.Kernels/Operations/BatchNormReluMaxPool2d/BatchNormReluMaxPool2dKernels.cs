using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>
/// The kernels of <see cref="BatchNormReluMaxPool2d"/> for every device, launched with <see cref="BatchStatistics.Planes"/>. Between
/// the last two, <see cref="BatchNorm2dKernels.TotalGradientsKernel"/> adds up what the groups found.
/// </summary>
internal static class BatchNormReluMaxPool2dKernels
{
    /// <summary>y and the indices: w (x - mean) / sqrt(variance + epsilon) + b, and of each window the maximum, if it is positive.</summary>
    [Kernel("batch_norm_relu_max_pool2d", Schedule.Shared)]
    internal static void ForwardKernel(
        ArrayView<float> input,
        ArrayView<float> means,
        ArrayView<float> variances,
        ArrayView<float> weights,
        ArrayView<float> biases,
        ArrayView<float> output,
        ArrayView<byte> indices,
        WindowedPlanes planes,
        float epsilon)
    {
        int channel = Grid.IdxX % (int)means.Length;
        float mean = means[channel];
        float scale = weights[channel] / MathF.Sqrt(variances[channel] + epsilon);
        float bias = biases[channel];
        var loop = PlaneLoop.Of(input, planes.Pixels);
        for (int plane = loop.Start; plane < loop.End; plane += loop.Step)
        {
            for (int window = loop.Thread; window < planes.Windows; window += loop.Threads)
            {
                int corner = (plane * planes.Pixels) + planes.CornerOf(window);
                float maximum = float.NegativeInfinity;
                int place = 0;
                for (int a = 0; a < planes.Kernel; a++)
                {
                    for (int b = 0; b < planes.Kernel; b++)
                    {
                        float value = ((input[corner + (a * planes.Width) + b] - mean) * scale) + bias;
                        if (value > maximum || float.IsNaN(value))
                        {
                            maximum = value;
                            place = (a * planes.Kernel) + b;
                        }
                    }
                }
                bool isBlocked = maximum <= 0f;
                int i = (plane * planes.Windows) + window;
                output[i] = isBlocked ? 0f : maximum;
                indices[i] = isBlocked ? ReluMaxPool2d.Blocked : (byte)place;
            }
        }
    }

    /// <summary>
    /// sum(g) and sum(g (x - mean)) of each group's planes, where g is the gradient of the normalized image: dy at each window's
    /// maximum, and zero elsewhere.
    /// </summary>
    [Kernel("batch_norm_relu_max_pool2d", Schedule.Shared)]
    internal static void PartialGradientsKernel(
        ArrayView<float> input,
        ArrayView<byte> indices,
        ArrayView<float> outputGradient,
        ArrayView<float> means,
        ArrayView<float> partialSums,
        ArrayView<float> partialProducts,
        WindowedPlanes planes)
    {
        float mean = means[Grid.IdxX % (int)means.Length];
        var loop = PlaneLoop.Of(input, planes.Pixels);
        float sum = 0f;
        float product = 0f;
        for (int plane = loop.Start; plane < loop.End; plane += loop.Step)
        {
            float planeSum = 0f; // apart, because a long sum in one float loses digits
            float planeProduct = 0f;
            for (int window = loop.Thread; window < planes.Windows; window += loop.Threads)
            {
                int i = (plane * planes.Windows) + window;
                int place = indices[i];
                if (place == ReluMaxPool2d.Blocked)
                    continue;
                int maximum = planes.CornerOf(window) + (place / planes.Kernel * planes.Width) + (place % planes.Kernel);
                float gradient = outputGradient[i];
                planeSum += gradient;
                planeProduct += gradient * (input[(plane * planes.Pixels) + maximum] - mean);
            }
            sum += planeSum;
            product += planeProduct;
        }
        sum = GroupSum.Of(sum);
        product = GroupSum.Of(product);
        if (Group.IsFirstThread)
        {
            partialSums[Grid.IdxX] = sum;
            partialProducts[Grid.IdxX] = product;
        }
    }

    /// <summary>dx from dy, the indices, and the sums over the channel, which are db and dw: tile by tile, clipped ones too.</summary>
    [Kernel("batch_norm_relu_max_pool2d", Schedule.Shared)]
    internal static void InputGradientKernel(
        ArrayView<float> input,
        ArrayView<byte> indices,
        ArrayView<float> outputGradient,
        ArrayView<float> means,
        ArrayView<float> variances,
        ArrayView<float> weights,
        ArrayView<float> weightGradient,
        ArrayView<float> biasGradient,
        ArrayView<float> inputGradient,
        WindowedPlanes planes,
        float epsilon)
    {
        int channels = (int)means.Length;
        int channel = Grid.IdxX % channels;
        float mean = means[channel];
        float inverseDeviation = 1f / MathF.Sqrt(variances[channel] + epsilon);
        float count = (int)input.Length / channels;
        float scale = weights[channel] * inverseDeviation;
        float constant = biasGradient[channel] / count;
        float slope = weightGradient[channel] * inverseDeviation / count;
        var loop = PlaneLoop.Of(input, planes.Pixels);
        for (int plane = loop.Start; plane < loop.End; plane += loop.Step)
        {
            for (int i = loop.Thread; i < planes.Tiles; i += loop.Threads)
            {
                var tile = planes.TileAt(i);
                int place = ReluMaxPool2d.Blocked;
                float gradient = 0f;
                if (tile.Window != WindowedPlanes.Tile.NoWindow)
                {
                    place = indices[(plane * planes.Windows) + tile.Window];
                    gradient = outputGradient[(plane * planes.Windows) + tile.Window];
                }
                for (int a = 0; a < tile.Rows; a++)
                {
                    for (int b = 0; b < tile.Columns; b++)
                    {
                        int pixel = (plane * planes.Pixels) + tile.Corner + (a * planes.Width) + b;
                        float here = (a * planes.Kernel) + b == place ? gradient : 0f;
                        inputGradient[pixel] = scale * (here - constant - ((input[pixel] - mean) * slope));
                    }
                }
            }
        }
    }
}
