namespace GalaxyNet.Tests;

/// <summary>What first weights do to the size of numbers that pass through dense layers and ReLUs.</summary>
internal static class FirstWeights
{
    /// <summary>Weights uniform in +-1/sqrt(fan-in), as the library draws them, each changed by a function.</summary>
    public static double[,] Draw(int outFeatures, int inFeatures, ref SplitMix64 random, Func<double, double> change)
    {
        float bound = 1 / MathF.Sqrt(inFeatures);
        var weights = Noise(outFeatures, inFeatures, bound, ref random);
        for (int o = 0; o < outFeatures; o++)
            for (int i = 0; i < inFeatures; i++)
                weights[o, i] = change(weights[o, i]);
        return weights;
    }

    /// <summary>The root of the mean of all squares.</summary>
    public static double Size(double[,] values) => Math.Sqrt(values.Cast<double>().Average(value => value * value));

    /// <summary>
    /// The sizes after each of some layers of 256 units with ReLUs, of numbers whose size is 1 before the first.
    /// </summary>
    /// <param name="layers">How many layers.</param>
    /// <param name="factor">How many times as large as the library's their weights are.</param>
    public static double[] SizesBehind(int layers, double factor)
    {
        const int Units = 256, Rows = 64;
        var random = new SplitMix64(seed: 1);
        double[,] x = Noise(Rows, Units, MathF.Sqrt(3), ref random); // the mean square of these is 1
        var sizes = new double[layers];
        for (int layer = 0; layer < layers; layer++)
        {
            x = DenseReference.Forward(x, Draw(Units, Units, ref random, value => factor * value), new double[Units]);
            for (int n = 0; n < Rows; n++)
                for (int i = 0; i < Units; i++)
                    x[n, i] = Math.Max(0, x[n, i]);
            sizes[layer] = Size(x);
        }
        return sizes;
    }

    /// <summary>Images of noise whose mean square is 1.</summary>
    public static Tensor Images(Device device, Shape shape, int count)
    {
        var random = new SplitMix64(seed: 1);
        var images = device.Allocate(shape.Batch(count));
        images.Fill(values =>
        {
            foreach (ref float value in values)
                value = random.NextBetween(-MathF.Sqrt(3), MathF.Sqrt(3));
        });
        return images;
    }

    private static double[,] Noise(int rows, int columns, float bound, ref SplitMix64 random)
    {
        var values = new double[rows, columns];
        for (int n = 0; n < rows; n++)
            for (int i = 0; i < columns; i++)
                values[n, i] = random.NextBetween(-bound, bound);
        return values;
    }
}
