namespace GalaxyNet.Kernels;

/// <summary>Adds the parts of a product whose depth was split among groups, always in the same order.</summary>
internal static class SplitSum
{
    [Kernel("dense", Schedule.Shared)]
    public static void Kernel(ArrayView<float> parts, ArrayView<float> sums, int partCount, int appliesRelu)
    {
        int count = (int)sums.Length;
        var range = LoopRange.Of(count);
        for (int i = range.Start; i < range.End; i += range.Step)
        {
            float sum = 0f;
            for (int part = 0; part < partCount; part++)
                sum += parts[(part * count) + i];
            sums[i] = appliesRelu != 0 & sum <= 0f ? 0f : sum;
        }
    }
}
