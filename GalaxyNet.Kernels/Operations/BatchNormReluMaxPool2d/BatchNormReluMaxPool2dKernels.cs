namespace GalaxyNet.Kernels;

/// <summary>
/// The kernels of <see cref="BatchNormReluMaxPool2d"/> for every device, launched with
/// <see cref="BatchStatistics.Planes"/>.
/// </summary>
internal static class BatchNormReluMaxPool2dKernels
{
    /// <summary>
    /// y and the indices by the moments of the batch, which it stores, and which move the running ones.
    /// </summary>
    [Kernel("batch_norm_relu_max_pool2d", Schedule.Shared)]
    internal static void ForwardTrainingKernel(
        Floats input,
        MomentParts parts,
        StatisticsOutput statistics,
        Floats weights,
        Floats biases,
        Floats output,
        ArrayView<byte> indices,
        WindowedPlanes planes,
        float epsilon) =>
        Pool(input, NormalizedChannel.OfBatch(parts, statistics, weights, biases, epsilon), output, indices, planes);

    /// <summary>y and the indices by the running mean and variance.</summary>
    [Kernel("batch_norm_relu_max_pool2d", Schedule.Shared)]
    internal static void ForwardEvaluationKernel(
        Floats input,
        Floats means,
        Floats variances,
        Floats weights,
        Floats biases,
        Floats output,
        ArrayView<byte> indices,
        WindowedPlanes planes,
        float epsilon) =>
        Pool(
            input,
            NormalizedChannel.OfRunning(means, variances, weights, biases, epsilon),
            output,
            indices,
            planes);

    /// <summary>
    /// sum(g) and sum(g (x - mean)) of each group's planes, where g is the gradient of the normalized image: dy at each
    /// window's maximum, and zero elsewhere.
    /// </summary>
    [Kernel("batch_norm_relu_max_pool2d", Schedule.Shared)]
    internal static void PartialGradientsKernel(
        Floats input,
        ArrayView<byte> indices,
        Floats outputGradient,
        Floats means,
        GradientParts parts,
        WindowedPlanes planes)
    {
        float mean = means[Grid.IdxX % (int)means.Length];
        var loop = PlaneLoop.Of(input, planes.Pixels);
        var sums = default(GradientSums);
        for (int plane = loop.Start; plane < loop.End; plane += loop.Step)
        {
            var planeSums = default(GradientSums);
            for (int window = loop.Thread; window < planes.Windows; window += loop.Threads)
            {
                int i = (plane * planes.Windows) + window;
                int index = indices[i];
                if (index == ReluMaxPool2d.Blocked)
                    continue;
                int maximum = (plane * planes.Pixels) + planes.CornerOf(window)
                    + (index / planes.Kernel * planes.Width) + (index % planes.Kernel);
                planeSums = planeSums.Plus(outputGradient[i], input[maximum] - mean);
            }
            sums = sums.Plus(planeSums);
        }
        parts.StoreOfGroup(sums);
    }

    /// <summary>
    /// dx from dy, the indices, and the sums over the channel, which are db and dw, and which it stores: tile by tile,
    /// clipped ones too.
    /// </summary>
    [Kernel("batch_norm_relu_max_pool2d", Schedule.Shared)]
    internal static void InputGradientKernel(
        Floats input,
        ArrayView<byte> indices,
        Floats outputGradient,
        Floats means,
        Floats variances,
        Floats weights,
        GradientParts parts,
        GradientOutput gradients,
        Floats inputGradient,
        WindowedPlanes planes,
        float epsilon)
    {
        var channel = new GradientOfChannel(
            (int)input.Length, means, variances, weights, parts, gradients, epsilon);
        var loop = PlaneLoop.Of(input, planes.Pixels);
        for (int plane = loop.Start; plane < loop.End; plane += loop.Step)
        {
            for (int i = loop.Thread; i < planes.Tiles; i += loop.Threads)
            {
                var tile = planes.TileAt(i);
                int index = ReluMaxPool2d.Blocked;
                float gradient = 0f;
                if (tile.Window != WindowedPlanes.Tile.NoWindow)
                {
                    index = indices[(plane * planes.Windows) + tile.Window];
                    gradient = outputGradient[(plane * planes.Windows) + tile.Window];
                }
                for (int a = 0; a < tile.Rows; a++)
                {
                    for (int b = 0; b < tile.Columns; b++)
                    {
                        int pixel = (plane * planes.Pixels) + tile.Corner + (a * planes.Width) + b;
                        float here = (a * planes.Kernel) + b == index ? gradient : 0f;
                        inputGradient[pixel] = channel.Of(input[pixel], here);
                    }
                }
            }
        }
    }

    /// <summary>The maximum of each window of the normalized planes, if it is positive.</summary>
    private static void Pool(
        Floats input, NormalizedChannel channel, Floats output, ArrayView<byte> indices, WindowedPlanes planes)
    {
        var loop = PlaneLoop.Of(input, planes.Pixels);
        for (int plane = loop.Start; plane < loop.End; plane += loop.Step)
        {
            for (int window = loop.Thread; window < planes.Windows; window += loop.Threads)
            {
                int corner = (plane * planes.Pixels) + planes.CornerOf(window);
                float maximum = float.NegativeInfinity;
                int index = 0;
                for (int a = 0; a < planes.Kernel; a++)
                {
                    for (int b = 0; b < planes.Kernel; b++)
                    {
                        float value = channel.Of(input[corner + (a * planes.Width) + b]);
                        if (value > maximum || float.IsNaN(value))
                        {
                            maximum = value;
                            index = (a * planes.Kernel) + b;
                        }
                    }
                }
                bool isBlocked = maximum <= 0f;
                int i = (plane * planes.Windows) + window;
                output[i] = isBlocked ? 0f : maximum;
                indices[i] = isBlocked ? ReluMaxPool2d.Blocked : (byte)index;
            }
        }
    }
}

/// <summary>
/// The planes of images, cut into square windows that do not overlap; rows and columns left over at the end have none.
/// </summary>
/// <param name="height">Rows of a plane.</param>
/// <param name="width">Columns of a plane.</param>
/// <param name="kernel">The side of a window.</param>
internal readonly struct WindowedPlanes(int height, int width, int kernel)
{
    private readonly int height = height;

    /// <summary>Columns of a plane.</summary>
    public int Width { get; } = width;

    /// <summary>The side of a window.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>Windows of a plane.</summary>
    public int Windows { get; } = height / kernel * (width / kernel);

    /// <summary>Pixels of a plane.</summary>
    public int Pixels => height * Width;

    /// <summary>Tiles as large as a window that cover a plane, the last of each row and column clipped.</summary>
    public int Tiles => TilesDown * TilesAcross;

    private int WindowsDown => height / Kernel;
    private int WindowsAcross => Width / Kernel;
    private int TilesDown => Rounding.CeilingDivide(height, Kernel);
    private int TilesAcross => Rounding.CeilingDivide(Width, Kernel);

    /// <summary>The offset in a plane of a window's first pixel.</summary>
    public int CornerOf(int window)
    {
        int row = window / WindowsAcross;
        return (row * Kernel * Width) + ((window - (row * WindowsAcross)) * Kernel);
    }

    /// <summary>A tile, and which window it is: none if it is clipped.</summary>
    public Tile TileAt(int tile)
    {
        int row = tile / TilesAcross;
        int column = tile - (row * TilesAcross);
        bool isWindow = row < WindowsDown & column < WindowsAcross;
        return new Tile(
            (row * Kernel * Width) + (column * Kernel),
            IntrinsicMath.Min(Kernel, height - (row * Kernel)),
            IntrinsicMath.Min(Kernel, Width - (column * Kernel)),
            isWindow ? (row * WindowsAcross) + column : Tile.NoWindow);
    }

    /// <summary>A part of a plane.</summary>
    /// <param name="corner">The offset in the plane of its first pixel.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="window">The index of the window that it is.</param>
    internal readonly struct Tile(int corner, int rows, int columns, int window)
    {
        public const int NoWindow = -1;

        public readonly int Corner = corner;
        public readonly int Rows = rows;
        public readonly int Columns = columns;
        public readonly int Window = window;
    }
}
