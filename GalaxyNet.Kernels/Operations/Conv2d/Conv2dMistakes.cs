namespace GalaxyNet.Kernels;

/// <summary>What goes wrong in the backward pass of <see cref="Conv2dReference"/>.</summary>
internal static class Conv2dMistakes
{
    public static IEnumerable<Mistake> All =>
    [
        Of(
            "filter-not-flipped",
            "dx slides the filters over dy as they are, not turned by 180 degrees.",
            Change.FilterNotFlipped),
        Of("padding-ignored", "The backward pass has no padding, but the forward pass has.", Change.PaddingIgnored),
        Of("stride-ignored", "The backward pass has stride 1, whatever the stride is.", Change.StrideIgnored),
        Of(
            "no-batch-sum",
            "The sums over the batch, those of dw and db, start at 0 again for each image.",
            Change.NoBatchSum),
        Of("batch-mean", "dw and db are the mean over the batch, not the sum.", Change.BatchMean),
        Of(
            "transposed-weights",
            "dx reads w as if its first index were the input channel, and its second the output channel.",
            Change.TransposedWeights),
        Of("no-filter-sum", "dx holds what the last filter gives, not the sum over all filters.", Change.NoFilterSum),
        Of("bias-mean", "db is the mean of dy over the pixels of an image, not the sum.", Change.BiasMean),
    ];

    private enum Change
    {
        FilterNotFlipped,
        PaddingIgnored,
        StrideIgnored,
        NoBatchSum,
        BatchMean,
        TransposedWeights,
        NoFilterSum,
        BiasMean,
    }

    private static Mistake Of(string name, string description, Change change) => new(
        name,
        description,
        (reference, arguments, dy) => Backward(
            change,
            ((Conv2dReference)reference).Geometry,
            (double[,,,])arguments[0],
            (double[,,,])arguments[1],
            (double[,,,])dy));

    private static Array?[] Backward(
        Change change, Conv2dGeometry geometry, double[,,,] x, double[,,,] w, double[,,,] dy)
    {
        int stride = change == Change.StrideIgnored ? 1 : geometry.Stride;
        int padding = change == Change.PaddingIgnored ? 0 : geometry.Padding;
        double[,,,] read = Read(change, w);
        var dx = new double[x.GetLength(0), x.GetLength(1), x.GetLength(2), x.GetLength(3)];
        var dw = new double[w.GetLength(0), w.GetLength(1), w.GetLength(2), w.GetLength(3)];
        var db = new double[w.GetLength(0)];
        for (int n = 0; n < dy.GetLength(0); n++)
        {
            if (change == Change.NoBatchSum)
            {
                Array.Clear(dw);
                Array.Clear(db);
            }
            for (int o = 0; o < dy.GetLength(1); o++)
                for (int i = 0; i < dy.GetLength(2); i++)
                    for (int j = 0; j < dy.GetLength(3); j++)
                    {
                        db[o] += dy[n, o, i, j];
                        for (int c = 0; c < x.GetLength(1); c++)
                            for (int k = 0; k < w.GetLength(2); k++)
                                for (int l = 0; l < w.GetLength(3); l++)
                                {
                                    int h = (stride * i) + k - padding, v = (stride * j) + l - padding;
                                    if (h < 0 || h >= x.GetLength(2) || v < 0 || v >= x.GetLength(3))
                                        continue;
                                    if (change != Change.NoFilterSum || o == dy.GetLength(1) - 1)
                                        dx[n, c, h, v] += read[o, c, k, l] * dy[n, o, i, j];
                                    dw[o, c, k, l] += dy[n, o, i, j] * x[n, c, h, v];
                                }
                    }
        }
        return change switch
        {
            Change.BatchMean => [dx, dw.Divided(dy.GetLength(0)), db.Divided(dy.GetLength(0))],
            Change.BiasMean => [dx, dw, db.Divided(dy.GetLength(2) * dy.GetLength(3))],
            _ => [dx, dw, db],
        };
    }

    /// <summary>The filters, as dx reads them.</summary>
    private static double[,,,] Read(Change change, double[,,,] w)
    {
        var read = (double[,,,])w.Clone();
        var transposed = (double[,,,])w.Shaped([w.GetLength(1), w.GetLength(0), w.GetLength(2), w.GetLength(3)]);
        for (int o = 0; o < w.GetLength(0); o++)
            for (int c = 0; c < w.GetLength(1); c++)
                for (int k = 0; k < w.GetLength(2); k++)
                    for (int l = 0; l < w.GetLength(3); l++)
                    {
                        if (change == Change.FilterNotFlipped)
                            read[o, c, k, l] = w[o, c, w.GetLength(2) - 1 - k, w.GetLength(3) - 1 - l];
                        if (change == Change.TransposedWeights)
                            read[o, c, k, l] = transposed[c, o, k, l];
                    }
        return read;
    }
}
