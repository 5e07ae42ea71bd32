namespace GalaxyNet.Kernels;

/// <summary>Convolution and its gradients as the plain sums of <see cref="Conv2d"/>, in float64.</summary>
/// <remarks>
/// For element (i, j) of the output the tap (k, l) of a filter lies on the pixel (h, v) of the input, with
/// h = stride i + k - padding and v = stride j + l - padding. There y += w x. So dx += w dy, and dw += dy x: the same
/// loops, three times.
/// </remarks>
internal sealed class Conv2dReference(Conv2dGeometry geometry) : IReference
{
    /// <summary>Extents, stride and padding.</summary>
    public Conv2dGeometry Geometry => geometry;

    private readonly int stride = geometry.Stride;
    private readonly int padding = geometry.Padding;

    /// <summary>
    /// y[n, o, i, j] = b[o] + sum over c, k, l of w[o, c, k, l] x[n, c, h, v], where x is 0 outside its extents.
    /// </summary>
    public double[,,,] Forward(double[,,,] x, double[,,,] w, double[] b)
    {
        var y = new double[x.GetLength(0), geometry.OutChannels, geometry.OutHeight, geometry.OutWidth];
        for (int n = 0; n < y.GetLength(0); n++)
            for (int o = 0; o < y.GetLength(1); o++)
                for (int i = 0; i < y.GetLength(2); i++)
                    for (int j = 0; j < y.GetLength(3); j++)
                    {
                        double sum = b[o];
                        for (int c = 0; c < x.GetLength(1); c++)
                            for (int k = 0; k < w.GetLength(2); k++)
                                for (int l = 0; l < w.GetLength(3); l++)
                                {
                                    int h = (stride * i) + k - padding, v = (stride * j) + l - padding;
                                    if (h >= 0 && h < x.GetLength(2) && v >= 0 && v < x.GetLength(3))
                                        sum += w[o, c, k, l] * x[n, c, h, v];
                                }
                        y[n, o, i, j] = sum;
                    }
        return y;
    }

    /// <summary>
    /// dx[n, c, h, v] = sum over o, i, j, k, l that meet at (h, v) of w[o, c, k, l] dy[n, o, i, j];
    /// dw[o, c, k, l] = sum over n, i, j of dy[n, o, i, j] x[n, c, h, v]; db[o] = sum over n, i, j of dy[n, o, i, j].
    /// </summary>
    public (double[,,,] Dx, double[,,,] Dw, double[] Db) Backward(double[,,,] x, double[,,,] w, double[,,,] dy)
    {
        var dx = new double[x.GetLength(0), x.GetLength(1), x.GetLength(2), x.GetLength(3)];
        var dw = new double[w.GetLength(0), w.GetLength(1), w.GetLength(2), w.GetLength(3)];
        var db = new double[w.GetLength(0)];
        for (int n = 0; n < dy.GetLength(0); n++)
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
                                        continue; // the tap lies on the padding
                                    dx[n, c, h, v] += w[o, c, k, l] * dy[n, o, i, j];
                                    dw[o, c, k, l] += dy[n, o, i, j] * x[n, c, h, v];
                                }
                    }
        return (dx, dw, db);
    }

    Array IReference.Forward(Array[] arguments) =>
        Forward((double[,,,])arguments[0], (double[,,,])arguments[1], (double[])arguments[2]);

    Array?[] IReference.Backward(Array[] arguments, Array outputGradient)
    {
        var (dx, dw, db) = Backward((double[,,,])arguments[0], (double[,,,])arguments[1], (double[,,,])outputGradient);
        return [dx, dw, db];
    }
}
