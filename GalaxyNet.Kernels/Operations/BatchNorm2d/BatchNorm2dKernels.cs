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
        Floats input, Floats partialMeans, Floats partialSquares, int pixels)
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

    /// <summary>The mean and variance of each channel.</summary>
    [Kernel("batch_norm2d", Schedule.Shared)]
    internal static void TotalMomentsKernel(
        Floats partialMeans, Floats partialSquares, StatisticsOutput statistics, int batch, int pixels)
    {
        int channels = statistics.Channels;
        int parts = (int)partialMeans.Length / channels;
        var range = LoopRange.Of(channels);
        for (int channel = range.Start; channel < range.End; channel += range.Step)
        {
            var moments = default(Moments);
            for (int part = 0; part < parts; part++)
            {
                int planes = Rounding.CeilingDivide(batch - part, parts);
                int i = (part * channels) + channel;
                moments = moments.Join(new Moments((float)planes * pixels, partialMeans[i], partialSquares[i]));
            }
            statistics.Store(channel, moments, (float)batch * pixels);
        }
    }

    /// <summary>
    /// As <see cref="TotalMomentsKernel"/>, from <see cref="ChannelMoments"/>: a group for each channel, because there
    /// are many parts.
    /// </summary>
    [Kernel("batch_norm2d", Schedule.Shared)]
    internal static void JoinMomentsKernel(
        Floats partialMeans, Floats partialSquares, StatisticsOutput statistics, int count, int countOfPart)
    {
        int channels = statistics.Channels;
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
        if (Group.IsFirstThread)
            statistics.Store(channel, moments, count);
    }

    /// <summary>y = w (x - mean) / sqrt(variance + epsilon) + b.</summary>
    [Kernel("batch_norm2d", Schedule.Shared)]
    internal static unsafe void NormalizeKernel(
        Floats input,
        Floats means,
        Floats variances,
        Floats weights,
        Floats biases,
        Floats output,
        int pixels,
        float epsilon)
    {
        var channel = new NormalizedChannel(means, variances, weights, biases, epsilon);
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

    /// <summary>sum(dy) and sum(dy (x - mean)) of each group's planes.</summary>
    [Kernel("batch_norm2d", Schedule.Shared)]
    internal static unsafe void PartialGradientsKernel(
        Floats input, Floats outputGradient, Floats means, Floats partialSums, Floats partialProducts, int pixels)
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
        sums.StoreOfGroup(partialSums, partialProducts);
    }

    /// <summary>dw and db of each channel.</summary>
    [Kernel("batch_norm2d", Schedule.Shared)]
    internal static void TotalGradientsKernel(
        Floats partialSums,
        Floats partialProducts,
        Floats variances,
        Floats weightGradient,
        Floats biasGradient,
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
        Floats input,
        Floats outputGradient,
        Floats means,
        Floats variances,
        Floats weights,
        Floats weightGradient,
        Floats biasGradient,
        Floats inputGradient,
        int pixels,
        float epsilon)
    {
        var channel = new GradientOfChannel(
            (int)input.Length, means, variances, weights, weightGradient, biasGradient, epsilon);
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
}
