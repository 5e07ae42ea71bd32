namespace GalaxyNet.Kernels;

/// <summary>
/// The kernels of <see cref="BatchNorm2d"/> and its <see cref="BatchStatistics"/>, in the order of their launches.
/// </summary>
/// <remarks>
/// Those that walk planes are launched with a multiple of <c>channels</c> groups: see <see cref="PlaneLoop"/>.
/// Group g then makes partial sum g, which is that of channel g % channels over part g / channels of the batch.
/// </remarks>
internal static class BatchNorm2dKernels
{
    /// <summary>The mean and the squared deviations of each group's planes.</summary>
    [Kernel("batch_norm2d", Schedule.Shared)]
    internal static unsafe void PartialMomentsKernel(
        Floats input, Floats partialMeans, Floats partialSquares, int channels, int pixels)
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
            int i = (Grid.IdxX % channels * (Grid.DimX / channels)) + (Grid.IdxX / channels);
            partialMeans[i] = moments.Mean;
            partialSquares[i] = moments.Squares;
        }
    }

    /// <summary>
    /// Joins many parts to one of each channel, by a group for each channel: many parts are too much to read for every
    /// group of the next kernel.
    /// </summary>
    [Kernel("batch_norm2d", Schedule.Shared)]
    internal static void JoinMomentsKernel(MomentParts parts, Floats means, Floats squares)
    {
        var moments = parts.JoinOf(Grid.IdxX);
        if (!Group.IsFirstThread)
            return;
        means[Grid.IdxX] = moments.Mean;
        squares[Grid.IdxX] = moments.Squares;
    }

    /// <summary>y by the moments of the batch, which it stores, and which move the running ones.</summary>
    [Kernel("batch_norm2d", Schedule.Shared)]
    internal static void ForwardTrainingKernel(
        Floats input,
        MomentParts parts,
        StatisticsOutput statistics,
        Floats weights,
        Floats biases,
        Floats output,
        int pixels,
        float epsilon) =>
        Normalize(input, NormalizedChannel.OfBatch(parts, statistics, weights, biases, epsilon), output, pixels);

    /// <summary>y by the running mean and variance.</summary>
    [Kernel("batch_norm2d", Schedule.Shared)]
    internal static void ForwardEvaluationKernel(
        Floats input,
        Floats means,
        Floats variances,
        Floats weights,
        Floats biases,
        Floats output,
        int pixels,
        float epsilon) =>
        Normalize(
            input, NormalizedChannel.OfRunning(means, variances, weights, biases, epsilon), output, pixels);

    /// <summary>sum(dy) and sum(dy (x - mean)) of each group's planes.</summary>
    [Kernel("batch_norm2d", Schedule.Shared)]
    internal static unsafe void PartialGradientsKernel(
        Floats input, Floats outputGradient, Floats means, GradientParts parts, int pixels)
    {
        float mean = means[Grid.IdxX % (int)means.Length];
        var loop = PlaneLoop.Of(input, pixels);
        var sums = default(GradientSums);
        fixed (float* x = &input[0], dy = &outputGradient[0])
        {
            for (int plane = loop.Start; plane < loop.End; plane += loop.Step)
            {
                int end = (plane + 1) * pixels;
                var planeSums = default(GradientSums);
                for (int i = end - pixels + loop.Thread; i < end; i += loop.Threads)
                    planeSums = planeSums.Plus(dy[i], x[i] - mean);
                sums = sums.Plus(planeSums);
            }
        }
        parts.StoreOfGroup(sums);
    }

    /// <summary>dx from dy and the sums over the channel, which are db and dw, and which it stores.</summary>
    [Kernel("batch_norm2d", Schedule.Shared)]
    internal static unsafe void InputGradientKernel(
        Floats input,
        Floats outputGradient,
        Floats means,
        Floats variances,
        Floats weights,
        GradientParts parts,
        GradientOutput gradients,
        Floats inputGradient,
        int pixels,
        float epsilon)
    {
        var channel = new GradientOfChannel(
            (int)input.Length, means, variances, weights, parts, gradients, epsilon);
        var loop = PlaneLoop.Of(input, pixels);
        fixed (float* x = &input[0], dy = &outputGradient[0], dx = &inputGradient[0])
        {
            for (int plane = loop.Start; plane < loop.End; plane += loop.Step)
            {
                int end = (plane + 1) * pixels;
                for (int i = end - pixels + loop.Thread; i < end; i += loop.Threads)
                    dx[i] = channel.Of(x[i], dy[i]);
            }
        }
    }

    /// <summary>dx in evaluation: dy by the scale of its channel. Both may lie in the same memory.</summary>
    [Kernel("batch_norm2d", Schedule.Shared)]
    internal static unsafe void BackwardEvaluationKernel(
        Floats outputGradient, Floats variances, Floats weights, Floats inputGradient, int pixels, float epsilon)
    {
        int channel = Grid.IdxX % (int)variances.Length;
        float scale = weights[channel] / MathF.Sqrt(variances[channel] + epsilon);
        var loop = PlaneLoop.Of(outputGradient, pixels);
        fixed (float* dy = &outputGradient[0], dx = &inputGradient[0])
        {
            for (int plane = loop.Start; plane < loop.End; plane += loop.Step)
            {
                int end = (plane + 1) * pixels;
                for (int i = end - pixels + loop.Thread; i < end; i += loop.Threads)
                    dx[i] = dy[i] * scale;
            }
        }
    }

    private static unsafe void Normalize(Floats input, NormalizedChannel channel, Floats output, int pixels)
    {
        var loop = PlaneLoop.Of(input, pixels);
        fixed (float* x = &input[0], y = &output[0])
        {
            for (int plane = loop.Start; plane < loop.End; plane += loop.Step)
            {
                int end = (plane + 1) * pixels;
                for (int i = end - pixels + loop.Thread; i < end; i += loop.Threads)
                    y[i] = channel.Of(x[i]);
            }
        }
    }
}
