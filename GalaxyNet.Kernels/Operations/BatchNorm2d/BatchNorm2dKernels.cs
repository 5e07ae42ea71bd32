using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>The kernels of <see cref="BatchNorm2d"/> and its <see cref="BatchStatistics"/>, in the order of their launches.</summary>
/// <remarks>
/// Those that walk planes are launched with a multiple of <c>channels</c> groups: see <see cref="PlaneLoop"/>.
/// Group g then makes partial sum g, which is that of channel g % channels over part g / channels of the batch.
/// </remarks>
internal static class BatchNorm2dKernels
{
    /// <summary>The mean and the squared deviations of each group's planes.</summary>
    [Kernel("batch_norm2d", Schedule.Shared)]
    internal static unsafe void PartialMomentsKernel(
        ArrayView<float> input, ArrayView<float> partialMeans, ArrayView<float> partialSquares, int pixels)
    {
        var loop = PlaneLoop.Of(input, pixels);
        var moments = default(Moments);
        fixed (float* x = &input[0])
        {
            for (int plane = loop.Start; plane < loop.End; plane += loop.Step)
            {
                int end = (plane + 1) * pixels;
                int i = end - pixels + loop.Thread;
                for (; i + (3 * loop.Threads) < end; i += 4 * loop.Threads)
                    moments = moments.Join(
                        Moments.Of(x[i], x[i + loop.Threads], x[i + (2 * loop.Threads)], x[i + (3 * loop.Threads)]));
                for (; i < end; i += loop.Threads)
                    moments = moments.Join(new Moments(1f, x[i], 0f));
            }
        }
        moments = moments.JoinGroup();
        if (Group.IsFirstThread)
        {
            partialMeans[Grid.IdxX] = moments.Mean;
            partialSquares[Grid.IdxX] = moments.Squares;
        }
    }

    /// <summary>The mean and variance of each channel, and the running ones moved toward them.</summary>
    [Kernel("batch_norm2d", Schedule.Shared)]
    internal static void TotalMomentsKernel(
        ArrayView<float> partialMeans,
        ArrayView<float> partialSquares,
        ArrayView<float> mean,
        ArrayView<float> variance,
        ArrayView<float> runningMean,
        ArrayView<float> runningVariance,
        int batch,
        int pixels,
        float momentum)
    {
        int channels = (int)mean.Length;
        int parts = (int)partialMeans.Length / channels;
        float count = (float)batch * pixels;
        var range = LoopRange.Of(channels);
        for (int channel = range.Start; channel < range.End; channel += range.Step)
        {
            var moments = default(Moments);
            for (int part = 0; part < parts; part++)
            {
                int planes = (batch - part + parts - 1) / parts;
                int i = (part * channels) + channel;
                moments = moments.Join(new Moments((float)planes * pixels, partialMeans[i], partialSquares[i]));
            }
            mean[channel] = moments.Mean;
            variance[channel] = moments.Squares / count;
            runningMean[channel] += momentum * (moments.Mean - runningMean[channel]);
            runningVariance[channel] += momentum * ((moments.Squares / (count - 1f)) - runningVariance[channel]);
        }
    }

    /// <summary>
    /// As <see cref="TotalMomentsKernel"/>, from <see cref="ChannelMoments"/>: a group for each channel, because there are many parts.
    /// </summary>
    [Kernel("batch_norm2d", Schedule.Shared)]
    internal static void JoinMomentsKernel(
        ArrayView<float> partialMeans,
        ArrayView<float> partialSquares,
        ArrayView<float> mean,
        ArrayView<float> variance,
        ArrayView<float> runningMean,
        ArrayView<float> runningVariance,
        int count,
        int countOfPart,
        float momentum)
    {
        int channels = (int)mean.Length;
        int channel = Grid.IdxX;
        int parts = (int)partialMeans.Length / channels;
        var moments = default(Moments);
        for (int part = Group.IdxX; part < parts; part += Group.DimX)
        {
            int countHere = IntrinsicMath.Min(countOfPart, count - (part * countOfPart));
            int i = (part * channels) + channel;
            moments = moments.Join(new Moments(countHere, partialMeans[i], partialSquares[i]));
        }
        moments = moments.JoinGroup();
        if (!Group.IsFirstThread)
            return;
        mean[channel] = moments.Mean;
        variance[channel] = moments.Squares / count;
        runningMean[channel] += momentum * (moments.Mean - runningMean[channel]);
        runningVariance[channel] += momentum * ((moments.Squares / (count - 1f)) - runningVariance[channel]);
    }

    /// <summary>y = w (x - mean) / sqrt(variance + epsilon) + b.</summary>
    [Kernel("batch_norm2d", Schedule.Shared)]
    internal static unsafe void NormalizeKernel(
        ArrayView<float> input,
        ArrayView<float> means,
        ArrayView<float> variances,
        ArrayView<float> weights,
        ArrayView<float> biases,
        ArrayView<float> output,
        int pixels,
        float epsilon)
    {
        int channel = Grid.IdxX % (int)means.Length;
        float mean = means[channel];
        float scale = weights[channel] / MathF.Sqrt(variances[channel] + epsilon);
        float bias = biases[channel];
        var loop = PlaneLoop.Of(input, pixels);
        fixed (float* x = &input[0], y = &output[0])
        {
            for (int plane = loop.Start; plane < loop.End; plane += loop.Step)
            {
                int end = (plane + 1) * pixels;
                for (int i = end - pixels + loop.Thread; i < end; i += loop.Threads)
                    y[i] = ((x[i] - mean) * scale) + bias;
            }
        }
    }

    /// <summary>sum(dy) and sum(dy (x - mean)) of each group's planes.</summary>
    [Kernel("batch_norm2d", Schedule.Shared)]
    internal static unsafe void PartialGradientsKernel(
        ArrayView<float> input,
        ArrayView<float> outputGradient,
        ArrayView<float> means,
        ArrayView<float> partialSums,
        ArrayView<float> partialProducts,
        int pixels)
    {
        float mean = means[Grid.IdxX % (int)means.Length];
        var loop = PlaneLoop.Of(input, pixels);
        float sum = 0f;
        float product = 0f;
        fixed (float* x = &input[0], dy = &outputGradient[0])
        {
            for (int plane = loop.Start; plane < loop.End; plane += loop.Step)
            {
                int end = (plane + 1) * pixels;
                float planeSum = 0f; // apart, because a long sum in one float loses digits
                float planeProduct = 0f;
                for (int i = end - pixels + loop.Thread; i < end; i += loop.Threads)
                {
                    float gradient = dy[i];
                    planeSum += gradient;
                    planeProduct += gradient * (x[i] - mean);
                }
                sum += planeSum;
                product += planeProduct;
            }
        }
        sum = GroupSum.Of(sum);
        product = GroupSum.Of(product);
        if (Group.IsFirstThread)
        {
            partialSums[Grid.IdxX] = sum;
            partialProducts[Grid.IdxX] = product;
        }
    }

    /// <summary>dw and db of each channel.</summary>
    [Kernel("batch_norm2d", Schedule.Shared)]
    internal static void TotalGradientsKernel(
        ArrayView<float> partialSums,
        ArrayView<float> partialProducts,
        ArrayView<float> variances,
        ArrayView<float> weightGradient,
        ArrayView<float> biasGradient,
        float epsilon)
    {
        int channels = (int)variances.Length;
        var range = LoopRange.Of(channels);
        for (int channel = range.Start; channel < range.End; channel += range.Step)
        {
            float sum = 0f;
            float product = 0f;
            for (int i = channel; i < (int)partialSums.Length; i += channels)
            {
                sum += partialSums[i];
                product += partialProducts[i];
            }
            biasGradient[channel] = sum;
            weightGradient[channel] = product / MathF.Sqrt(variances[channel] + epsilon);
        }
    }

    /// <summary>dx from dy and the sums over the channel, which are db and dw.</summary>
    [Kernel("batch_norm2d", Schedule.Shared)]
    internal static unsafe void InputGradientKernel(
        ArrayView<float> input,
        ArrayView<float> outputGradient,
        ArrayView<float> means,
        ArrayView<float> variances,
        ArrayView<float> weights,
        ArrayView<float> weightGradient,
        ArrayView<float> biasGradient,
        ArrayView<float> inputGradient,
        int pixels,
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
        var loop = PlaneLoop.Of(input, pixels);
        fixed (float* x = &input[0], dy = &outputGradient[0], dx = &inputGradient[0])
        {
            for (int plane = loop.Start; plane < loop.End; plane += loop.Step)
            {
                int end = (plane + 1) * pixels;
                for (int i = end - pixels + loop.Thread; i < end; i += loop.Threads)
                    dx[i] = scale * (dy[i] - constant - ((x[i] - mean) * slope));
            }
        }
    }
}
