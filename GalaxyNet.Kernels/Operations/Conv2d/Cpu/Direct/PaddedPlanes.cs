namespace GalaxyNet.Kernels;

/// <summary>
/// How the CPU schedule lays out images before it convolves them: with the zeros of the padding written out, so that a
/// window never has to ask whether it is inside, and rearranged so that the windows of neighboring outputs are always
/// neighbors in memory.
/// </summary>
/// <remarks>
/// Source element (h, w) has the padded coordinates r = dilation h + rowsBefore, q = dilation w + columnsBefore. With s
/// phases it goes to plane (channel, r mod s, q mod s) at (r / s, q / s): a stride-s convolution becomes a stride-1
/// convolution of s^2 times the planes.
/// The dilation, zeros between the elements, is what the input gradient of a stride-s convolution asks for.
/// A negative margin cuts rows or columns off.
/// </remarks>
internal readonly record struct PaddedPlanes(
    int Channels,
    int Height,
    int Width,
    int RowsBefore,
    int ColumnsBefore,
    int Dilation,
    int Phases,
    int PlaneHeight,
    int Pitch)
{
    public int PlaneSize => PlaneHeight * Pitch;

    public int ChannelSize => Phases * Phases * PlaneSize;

    public int ImageSize => Channels * ChannelSize;

    /// <summary>
    /// The input of a forward pass. Rows have room for the last vector of an output row to reach past its end.
    /// </summary>
    public static PaddedPlanes OfInput(Conv2dGeometry geometry, int vectorLength) => new(
        geometry.InChannels,
        geometry.InHeight,
        geometry.InWidth,
        RowsBefore: geometry.Padding,
        ColumnsBefore: geometry.Padding,
        Dilation: 1,
        Phases: geometry.Stride,
        PlaneHeight: geometry.OutHeight + ((geometry.KernelHeight - 1) / geometry.Stride),
        Pitch: Rounding.RoundUp(geometry.OutWidth, vectorLength) + ((geometry.KernelWidth - 1) / geometry.Stride));

    /// <summary>
    /// The output gradient for the input gradient: a stride-1 convolution of the dilated image with flipped filters.
    /// </summary>
    public static PaddedPlanes OfOutputGradient(Conv2dGeometry geometry, int vectorLength) => new(
        geometry.OutChannels,
        geometry.OutHeight,
        geometry.OutWidth,
        RowsBefore: geometry.KernelHeight - 1 - geometry.Padding,
        ColumnsBefore: geometry.KernelWidth - 1 - geometry.Padding,
        Dilation: geometry.Stride,
        Phases: 1,
        PlaneHeight: geometry.InHeight + geometry.KernelHeight - 1,
        Pitch: Rounding.RoundUp(geometry.InWidth, vectorLength) + geometry.KernelWidth - 1);

    /// <summary>
    /// The output gradient for the weight gradient: rows that are whole vectors, so that the last lanes meet zeros.
    /// </summary>
    public static PaddedPlanes OfOutputRows(Conv2dGeometry geometry, int vectorLength) => new(
        geometry.OutChannels,
        geometry.OutHeight,
        geometry.OutWidth,
        RowsBefore: 0,
        ColumnsBefore: 0,
        Dilation: 1,
        Phases: 1,
        PlaneHeight: geometry.OutHeight,
        Pitch: Rounding.RoundUp(geometry.OutWidth, vectorLength));

    /// <summary>Where each tap (channel, row, column) of a filter at the first output finds its number.</summary>
    public int[] Taps(int kernelHeight, int kernelWidth)
    {
        var taps = new int[Channels * kernelHeight * kernelWidth];
        int tap = 0;
        for (int channel = 0; channel < Channels; channel++)
        {
            for (int k = 0; k < kernelHeight; k++)
            {
                for (int l = 0; l < kernelWidth; l++)
                {
                    int phase = (k % Phases * Phases) + (l % Phases);
                    taps[tap++] = (channel * ChannelSize) + (phase * PlaneSize) + (k / Phases * Pitch) + (l / Phases);
                }
            }
        }
        return taps;
    }

    /// <summary>Copies channels, counted over all images, into their planes, whose margins are zero already.</summary>
    public unsafe void CopyChannels(float* source, float* planes, WorkRange channels)
    {
        for (long channel = channels.Start; channel < channels.End; channel++)
            CopyChannel(source + (channel * Height * Width), planes + (channel * ChannelSize));
    }

    private unsafe void CopyChannel(float* source, float* planes)
    {
        for (int h = 0; h < Height; h++, source += Width)
        {
            int row = (Dilation * h) + RowsBefore;
            if (row < 0 || row / Phases >= PlaneHeight)
                continue;
            float* target = planes + ((row % Phases) * Phases * PlaneSize) + (row / Phases * Pitch);
            if (Dilation == 1 && Phases == 1)
                CopyRow(source, target);
            else
                ScatterRow(source, target);
        }
    }

    private unsafe void CopyRow(float* source, float* target)
    {
        int first = Math.Max(0, -ColumnsBefore);
        int count = Math.Min(Width, Pitch - ColumnsBefore) - first;
        if (count > 0)
            new Span<float>(source + first, count).CopyTo(new Span<float>(target + ColumnsBefore + first, count));
    }

    private unsafe void ScatterRow(float* source, float* target)
    {
        for (int w = 0; w < Width; w++)
        {
            int column = (Dilation * w) + ColumnsBefore;
            if (column >= 0 && column / Phases < Pitch)
                target[((column % Phases) * PlaneSize) + (column / Phases)] = source[w];
        }
    }
}

/// <summary>Copies images into <see cref="PaddedPlanes"/>. Threads split the channels of all images.</summary>
internal struct PadWork : ISimdWork
{
    public ArrayView<float> Source;
    public ArrayView<float> Planes;
    public PaddedPlanes Layout;
    public int Images;

    [Kernel("conv2d", Schedule.Cpu)]
    public readonly unsafe void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var range = WorkRange.Of(Images * Layout.Channels, thread, threads);
        Layout.CopyChannels(Source.Pointer(), Planes.Pointer(), range);
    }
}
