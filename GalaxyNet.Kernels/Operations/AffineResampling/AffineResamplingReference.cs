namespace GalaxyNet.Kernels;

/// <summary>The formula of <see cref="AffineResampling"/> as plain loops, in float64.</summary>
internal sealed class AffineResamplingReference(Interpolation interpolation, int outHeight, int outWidth) : IReference
{
    private static readonly double Pole = Math.Sqrt(3) - 2;

    /// <summary>
    /// y[n, c, i, j] is the brightness of image [n, c] at the point (u, v) that the pose poses[n] shows at (i, j): a
    /// sum of bumps, one for each pixel, or 0 outside the image. A pose is degrees, mirrored (0 or 1), zoom, down,
    /// right, brightness and tint.
    /// </summary>
    public double[,,,] Forward(double[,,,] images, double[,] poses)
    {
        int channels = images.GetLength(1), height = images.GetLength(2), width = images.GetLength(3);
        var y = new double[images.GetLength(0), channels, outHeight, outWidth];
        for (int n = 0; n < y.GetLength(0); n++)
        {
            double angle = poses[n, 0] * Math.PI / 180, across = poses[n, 1] == 0 ? 1 : -1, zoom = poses[n, 2];
            double cosine = Round(Math.Cos(angle) / zoom), sine = Round(Math.Sin(angle) / zoom);
            double centerRow = ((height - 1) / 2.0) + poses[n, 3], centerColumn = ((width - 1) / 2.0) + poses[n, 4];
            double brightness = poses[n, 5], tint = poses[n, 6];
            for (int c = 0; c < channels; c++)
            {
                double gain = channels == 1 ? brightness : brightness * (1 + (tint * ((2.0 * c / (channels - 1)) - 1)));
                double[,] coefficients = Coefficients(images, n, c);
                for (int i = 0; i < outHeight; i++)
                    for (int j = 0; j < outWidth; j++)
                    {
                        double down = i - ((outHeight - 1) / 2.0), right = j - ((outWidth - 1) / 2.0);
                        double u = centerRow + (cosine * down) + (sine * right);
                        double v = centerColumn + (across * ((cosine * right) - (sine * down)));
                        if (u < 0 || u > height - 1 || v < 0 || v > width - 1)
                            continue; // nothing lies there
                        for (int k = (int)u - 1; k <= (int)u + 2; k++)
                            for (int l = (int)v - 1; l <= (int)v + 2; l++)
                            {
                                double coefficient = coefficients[Reflect(k, height), Reflect(l, width)];
                                y[n, c, i, j] += gain * coefficient * Bump(u - k) * Bump(v - l);
                            }
                    }
            }
        }
        return y;
    }

    /// <summary>
    /// The heights of the bumps whose sum passes through the pixels p = image / 255. Linear: p itself. Cubic: along the
    /// rows and then along the columns sqrt(3) sum over m of z^|m| p[k + m], z = sqrt(3) - 2; 30 each way are enough.
    /// </summary>
    private double[,] Coefficients(double[,,,] images, int n, int c)
    {
        int height = images.GetLength(2), width = images.GetLength(3);
        var (pixels, rows, both) = (new double[height, width], new double[height, width], new double[height, width]);
        for (int k = 0; k < height; k++)
            for (int l = 0; l < width; l++)
                pixels[k, l] = images[n, c, k, l] / 255;
        if (interpolation == Interpolation.Bilinear)
            return pixels;
        for (int k = 0; k < height; k++)
            for (int l = 0; l < width; l++)
                for (int m = -30; m <= 30; m++)
                    rows[k, l] += Math.Sqrt(3) * Math.Pow(Pole, Math.Abs(m)) * pixels[k, Reflect(l + m, width)];
        for (int k = 0; k < height; k++)
            for (int l = 0; l < width; l++)
                for (int m = -30; m <= 30; m++)
                    both[k, l] += Math.Sqrt(3) * Math.Pow(Pole, Math.Abs(m)) * rows[Reflect(k + m, height), l];
        return both;
    }

    /// <summary>The B-spline of degree 1 or 3 at a distance t from its middle.</summary>
    private double Bump(double t)
    {
        t = Math.Abs(t);
        if (interpolation == Interpolation.Bilinear)
            return t < 1 ? 1 - t : 0;
        return t < 1 ? (2 / 3.0) - (t * t * (1 - (t / 2))) : t < 2 ? Math.Pow(2 - t, 3) / 6 : 0;
    }

    /// <summary>The index inside a line that one outside stands for: 2 1 0 1 2 1 0 for a line 0 1 2.</summary>
    private static int Reflect(int index, int length)
    {
        int period = Math.Max((2 * length) - 2, 1);
        int rest = ((index % period) + period) % period;
        return Math.Min(rest, period - rest);
    }

    /// <summary>To a multiple of 2^-40, so that a rotation by 90 degrees leads from pixel to pixel exactly.</summary>
    private static double Round(double value) => Math.Round(value * (1L << 40)) / (1L << 40);

    Array IReference.Forward(Array[] arguments) => Forward((double[,,,])arguments[0], (double[,])arguments[1]);

    Array?[] IReference.Backward(Array[] arguments, Array outputGradient) => [null, null];
}
