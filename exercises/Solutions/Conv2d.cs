namespace GalaxyNet.Exercises.Solutions;

/// <summary>The backward pass of convolution: docs/06-conv2d.md.</summary>
public static class Conv2d
{
    /// <inheritdoc cref="Exercises.Conv2d.Backward"/>
    public static (double[,,,] Dx, double[,,,] Dw, double[] Db) Backward(
        double[,,,] x, double[,,,] w, double[,,,] dy, int stride, int padding)
    {
        int batch = x.GetLength(0), inChannels = x.GetLength(1), height = x.GetLength(2), width = x.GetLength(3);
        int outChannels = w.GetLength(0), kernelHeight = w.GetLength(2), kernelWidth = w.GetLength(3);
        var dx = new double[batch, inChannels, height, width];
        var dw = new double[outChannels, inChannels, kernelHeight, kernelWidth];
        var db = new double[outChannels];

        // These are the loops of the forward pass. Each of its terms is y += w x, one product of a weight and a pixel.
        // By the chain rule such a term gives the pixel w dy and the weight dy x. So it is enough to walk through the
        // terms once more: nobody has to work out which windows a pixel lies in.
        for (int n = 0; n < batch; n++)
            for (int o = 0; o < outChannels; o++)
                for (int i = 0; i < dy.GetLength(2); i++)
                    for (int j = 0; j < dy.GetLength(3); j++)
                    {
                        db[o] += dy[n, o, i, j];
                        for (int c = 0; c < inChannels; c++)
                            for (int k = 0; k < kernelHeight; k++)
                                for (int l = 0; l < kernelWidth; l++)
                                {
                                    int h = (stride * i) + k - padding, v = (stride * j) + l - padding;
                                    if (h < 0 || h >= height || v < 0 || v >= width)
                                        continue; // a zero of the padding: it is no pixel, and adds nothing to dw

                                    // += because windows overlap, and because each filter is used everywhere.
                                    dx[n, c, h, v] += w[o, c, k, l] * dy[n, o, i, j];
                                    dw[o, c, k, l] += dy[n, o, i, j] * x[n, c, h, v];
                                }
                    }
        return (dx, dw, db);
    }
}
