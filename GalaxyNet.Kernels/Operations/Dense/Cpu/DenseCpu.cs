namespace GalaxyNet.Kernels;

/// <summary>
/// The CPU schedule of <see cref="Dense"/>. Forward, rows of x meet rows of w along their contiguous axis, so no matrix
/// has to be transposed: <see cref="DotProductTile"/>. Both gradients are ordinary products:
/// <see cref="MatrixProduct"/>.
/// </summary>
internal sealed class DenseCpu(Device device, int inFeatures, int outFeatures) : IDenseSchedule
{
    private readonly SimdKernel<DenseForwardWork> forward = new(device);
    private readonly MatrixProduct product = new(device);
    private readonly ChannelSum channelSum = new(device);

    public void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output, bool appliesRelu) =>
        forward.Launch(new DenseForwardWork
        {
            Input = input.Data,
            Weight = weight.ToRead(),
            Bias = bias.ToRead(),
            Output = output.Data,
            Batch = input.Shape[0],
            InFeatures = inFeatures,
            OutFeatures = outFeatures,
            AppliesRelu = appliesRelu ? 1 : 0,
        });

    public void BackwardInput(Tensor outputGradient, Tensor weight, Tensor inputGradient)
    {
        var left = new StridedMatrix(outputGradient.Data, outputGradient.Shape[0], outFeatures, outFeatures, 1);
        product.Multiply(left, weight.ToRead(), inputGradient.Data);
    }

    public void BackwardWeight(Tensor input, Tensor outputGradient, Tensor weightGradient, Tensor biasGradient)
    {
        var transposed = new StridedMatrix(outputGradient.Data, outFeatures, input.Shape[0], 1, outFeatures);
        product.Multiply(transposed, input.Data, weightGradient.Data);
        channelSum.Sum(outputGradient, biasGradient);
    }

    public void Dispose()
    {
        product.Dispose();
        channelSum.Dispose();
    }
}

/// <summary>
/// y = x w^T + b, or max(0, y), as dot products of rows. Threads split the rows of w, in bands of as many as a tile
/// has. The features are taken in blocks, so that a block of a band stays in the cache while all rows of x pass over
/// it. Where those fit one tile, no block is used twice, and each band is read from end to end: memory is faster at
/// that than at one block of each band after the other. The sums have the same bits.
/// </summary>
internal unsafe struct DenseForwardWork : ISimdWork
{
    private const int FeaturesOfBlock = 2048;

    public ArrayView<float> Input;
    public ArrayView<float> Weight;
    public ArrayView<float> Bias;
    public ArrayView<float> Output;
    public int Batch;
    public int InFeatures;
    public int OutFeatures;
    public int AppliesRelu;

    [Kernel("dense", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var range = WorkRange.Of(Rounding.CeilingDivide(OutFeatures, DotProductTile.RowsOfB), thread, threads);
        int bands = range.End - range.Start;
        int blocks = Rounding.CeilingDivide(InFeatures, FeaturesOfBlock);
        int imagesInTile = DotProductTile.RowsOfA<TSimd, TVector>();
        int tiles = Rounding.CeilingDivide(Batch, imagesInTile);
        for (int item = 0; item < bands * blocks; item++)
        {
            var block = BlockOf(item);
            var next = BlockOf(Math.Min(item + 1, (bands * blocks) - 1));
            for (int tile = 0; tile < tiles; tile++)
            {
                AddTile<TSimd, TVector>(block, tile * imagesInTile);
                if (tiles > 1)
                    Prefetch(next, WorkRange.Of(FeaturesOfBlock, tile, tiles));
            }
        }

        WeightBlock BlockOf(int item)
        {
            var (band, block) = tiles == 1 ? (item / blocks, item % blocks) : (item % bands, item / bands);
            return new WeightBlock((range.Start + band) * DotProductTile.RowsOfB, block * FeaturesOfBlock);
        }
    }

    // The rows of w come from memory: a share of the next block for each tile of this one.
    private readonly void Prefetch(WeightBlock block, WorkRange features)
    {
        int first = block.Feature + features.Start;
        int count = Math.Min(features.End - features.Start, InFeatures - first);
        int endRow = Math.Min(block.OutFeature + DotProductTile.RowsOfB, OutFeatures);
        for (int row = block.OutFeature; row < endRow; row++)
            CacheLine.Prefetch(Weight.Pointer() + ((long)row * InFeatures) + first, count);
    }

    private readonly void AddTile<TSimd, TVector>(WeightBlock block, int image)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var (outFeature, feature) = block;
        int features = Math.Min(FeaturesOfBlock, InFeatures - feature);
        int imagesInTile = DotProductTile.RowsOfA<TSimd, TVector>();
        int* images = stackalloc int[DotProductTile.MaxRowsOfA];
        int* rows = stackalloc int[DotProductTile.RowsOfB];
        float* sums = stackalloc float[DotProductTile.MaxRowsOfA * DotProductTile.RowsOfB];
        for (int g = 0; g < imagesInTile; g++)
            images[g] = Math.Min(image + g, Batch - 1) * InFeatures;
        for (int t = 0; t < DotProductTile.RowsOfB; t++)
            rows[t] = Math.Min(outFeature + t, OutFeatures - 1) * InFeatures;

        float* x = Input.Pointer() + feature;
        float* w = Weight.Pointer() + feature;
        int whole = features / TSimd.Count * TSimd.Count;
        DotProductTile.Multiply<TSimd, TVector>(x, images, w, rows, new DotProductPath(1, 1, whole, 0, 0, 0, 0), sums);

        for (int g = 0; g < Math.Min(imagesInTile, Batch - image); g++)
        {
            for (int t = 0; t < Math.Min(DotProductTile.RowsOfB, OutFeatures - outFeature); t++)
            {
                float sum = sums[(t * imagesInTile) + g];
                for (int i = whole; i < features; i++)
                    sum += x[images[g] + i] * w[rows[t] + i];
                float* target = Output.Pointer() + ((long)(image + g) * OutFeatures) + outFeature + t;
                sum += feature == 0 ? Bias.Pointer()[outFeature + t] : *target;
                bool isComplete = feature + features == InFeatures;
                *target = AppliesRelu != 0 && isComplete && sum <= 0f ? 0f : sum; // a NaN stays a NaN
            }
        }
    }

    /// <summary>A block of a band of w: where it begins.</summary>
    private readonly record struct WeightBlock(int OutFeature, int Feature);
}
