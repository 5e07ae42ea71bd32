using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>
/// The weight gradient at the points: for each of them the product of the output gradient's matrix [outChannels, tiles] with the
/// transposed input's [tiles, inChannels]. Threads split the batch and each keeps sums of its own, which
/// <see cref="WinogradWeightReductionWork{TTile}"/> adds up in the order of the threads.
/// </summary>
internal unsafe struct WinogradWeightGradientWork<TTile> : ISimdWork
    where TTile : struct, IWinogradTile
{
    public ArrayView<float> Input;
    public PictureSize InputSize;
    public int Before;
    public ArrayView<float> OutputGradient;
    public PictureSize OutputSize;
    public ArrayView<float> Sums;
    public ArrayView<float> Scratch;
    public int Images;
    public int ImagesAtOnce;

    /// <summary>Floats of scratch that each thread needs, zero at first.</summary>
    public readonly int ScratchSize(int vectorLength)
    {
        var input = InputLayout(vectorLength);
        return input.Size + GradientLayout(vectorLength).Size + (input.Columns * Pitch(vectorLength)) + input.Columns;
    }

    /// <summary>Floats of sums that each thread needs.</summary>
    public readonly int SumsSize(int vectorLength) =>
        TTile.Points * TTile.Points * OutputSize.Channels * Pitch(vectorLength);

    [Kernel("conv2d", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* inputs = Scratch.Pointer() + ((long)thread * ScratchSize(TSimd.Count));
        var inputLayout = InputLayout(TSimd.Count);
        float* gradients = inputs + inputLayout.Size;
        var gradientLayout = GradientLayout(TSimd.Count);
        float* transposed = gradients + gradientLayout.Size;
        float* sums = Sums.Pointer() + ((long)thread * SumsSize(TSimd.Count));
        new Span<float>(sums, SumsSize(TSimd.Count)).Clear();

        var range = WorkRange.Of(TileGrid.CeilingDivide(Images, ImagesAtOnce), thread, threads);
        for (int item = range.Start; item < range.End; item++)
        {
            int image = item * ImagesAtOnce;
            int images = Math.Min(ImagesAtOnce, Images - image);
            inputLayout.Fill<TSimd, TVector>(Input.Pointer() + ((long)image * InputSize.Count), images, 0, inputs);
            gradientLayout.Fill<TSimd, TVector>(
                OutputGradient.Pointer() + ((long)image * OutputSize.Count), images, 0, gradients);
            int depth = images * inputLayout.ColumnsPerPicture;
            for (int point = 0; point < TTile.Points * TTile.Points; point++)
            {
                SimdMatrix.Transpose<TSimd, TVector>(
                    inputLayout.Matrix(inputs, point),
                    inputLayout.Columns,
                    transposed,
                    Pitch(TSimd.Count),
                    inputLayout.Rows,
                    depth);
                AddProduct<TSimd, TVector>(
                    gradientLayout.Matrix(gradients, point),
                    gradientLayout.Columns,
                    transposed,
                    depth,
                    sums + ((long)point * OutputSize.Channels * Pitch(TSimd.Count)));
            }
        }
    }

    /// <summary>Columns of the sums: the input channels, filled up to whole register tiles.</summary>
    public readonly int Pitch(int vectorLength) =>
        TileGrid.RoundUp(InputSize.Channels, OuterProductTile.ColumnsFor(vectorLength));

    private readonly WinogradInput<TTile> InputLayout(int vectorLength) =>
        new(InputSize, Before, 1, TileGrid.Over(OutputSize), TTile.Points, ImagesAtOnce, vectorLength, vectorLength);

    private readonly WinogradInput<TTile> GradientLayout(int vectorLength) => new(
        OutputSize,
        0,
        1,
        TileGrid.Over(OutputSize),
        IWinogradTile.Outputs,
        ImagesAtOnce,
        vectorLength,
        OuterProductTile.Rows);

    private readonly void AddProduct<TSimd, TVector>(
        float* gradient, int gradientPitch, float* transposed, int depth, float* sums)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int pitch = Pitch(TSimd.Count);
        int width = OuterProductTile.Columns<TSimd, TVector>();
        int* rowOffsets = (int*)(transposed + (InputLayout(TSimd.Count).Columns * pitch));
        for (int k = 0; k < depth; k++)
            rowOffsets[k] = k * pitch;
        int* columnOffsets = stackalloc int[OuterProductTile.Vectors<TSimd, TVector>()];
        float* tile = stackalloc float[OuterProductTile.MaxSize];
        for (int column = 0; column < pitch; column += width)
        {
            for (int v = 0; v < OuterProductTile.Vectors<TSimd, TVector>(); v++)
                columnOffsets[v] = column + (v * TSimd.Count);
            for (int channel = 0; channel < OutputSize.Channels; channel += OuterProductTile.Rows)
            {
                var left = new LeftRows(gradient + ((long)channel * gradientPitch), gradientPitch, 1);
                OuterProductTile.Multiply<TSimd, TVector>(left, transposed, rowOffsets, depth, columnOffsets, tile);
                int rows = Math.Min(OuterProductTile.Rows, OutputSize.Channels - channel);
                for (int r = 0; r < rows; r++)
                    AddRow<TSimd, TVector>(tile + (r * width), sums + ((long)(channel + r) * pitch) + column, width);
            }
        }
    }

    private static void AddRow<TSimd, TVector>(float* source, float* target, int count)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        for (int i = 0; i < count; i += TSimd.Count)
            TSimd.Store(TSimd.Add(TSimd.Load(target + i), TSimd.Load(source + i)), target + i);
    }
}

/// <summary>Adds the threads' sums up and brings them back from the points to the taps, G^T du G. Threads split the output channels.</summary>
internal unsafe struct WinogradWeightReductionWork<TTile> : ISimdWork
    where TTile : struct, IWinogradTile
{
    public ArrayView<float> Sums;
    public int Copies;
    public int InChannels;
    public int OutChannels;
    public int Pitch;
    public ArrayView<float> WeightGradient;

    [Kernel("conv2d", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var range = WorkRange.Of(OutChannels, thread, threads);
        for (int outChannel = range.Start; outChannel < range.End; outChannel++)
        {
            for (int inChannel = 0; inChannel < InChannels; inChannel += TSimd.Count)
                Reduce<TSimd, TVector>(outChannel, inChannel);
        }
    }

    private readonly void Reduce<TSimd, TVector>(int outChannel, int inChannel)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector* places = stackalloc TVector[WinogradTransform<TTile, TSimd, TVector>.Places];
        long pointSize = (long)OutChannels * Pitch;
        for (int point = 0; point < TTile.Points * TTile.Points; point++)
        {
            float* sums = Sums.Pointer() + (point * pointSize) + ((long)outChannel * Pitch) + inChannel;
            TVector sum = TSimd.Load(sums);
            for (int copy = 1; copy < Copies; copy++)
                sum = TSimd.Add(sum, TSimd.Load(sums + (copy * TTile.Points * TTile.Points * pointSize)));
            places[(8 * (point / TTile.Points)) + (point % TTile.Points)] = sum;
        }
        WinogradTransform<TTile, TSimd, TVector>.FilterGradient(places);

        int taps = TTile.Taps * TTile.Taps;
        float* gradient = WeightGradient.Pointer() + (((long)outChannel * InChannels) + inChannel) * taps;
        for (int tap = 0; tap < taps; tap++)
        {
            float* lanes = (float*)(places + (8 * (tap / TTile.Taps)) + (tap % TTile.Taps));
            for (int lane = 0; lane < Math.Min(TSimd.Count, InChannels - inChannel); lane++)
                gradient[(lane * taps) + tap] = lanes[lane];
        }
    }
}
