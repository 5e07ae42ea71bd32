namespace GalaxyNet.Tests;

/// <summary>
/// A network that learns to tell vertical stripes from horizontal ones: 64 pixels, 16 hidden ReLUs, two logistic
/// outputs, no bias. All is done by the references in float64, so every machine gets the same numbers.
/// </summary>
internal sealed class StripesNetwork
{
    private const int Side = 8;
    private const int Hidden = 16;
    private const int Kinds = 2;
    private const int Batch = 32;

    private readonly SgdMomentumReference optimizer = new(momentum: 0.9, learningRate: 0.1);
    private readonly double[,] hiddenWeights;
    private readonly double[,] outputWeights;
    private readonly double[] hiddenVelocity = new double[Hidden * Side * Side];
    private readonly double[] outputVelocity = new double[Kinds * Hidden];
    private SplitMix64 random = new(seed: 1);

    /// <summary>Starts from the weights that the library would draw, each changed by a function.</summary>
    public StripesNetwork(Func<double, double> start)
    {
        hiddenWeights = FirstWeights.Draw(Hidden, Side * Side, ref random, start);
        outputWeights = FirstWeights.Draw(Kinds, Hidden, ref random, start);
    }

    /// <summary>The mean of y (1 - y) over the outputs of the last step.</summary>
    public double Slope { get; private set; }

    /// <summary>The root mean square of the gradient of the hidden units' weights in the last step.</summary>
    public double Gradient { get; private set; }

    /// <summary>How many hidden units have weights that no other has.</summary>
    public int DifferentUnits => Enumerable.Range(0, Hidden)
        .Select(unit => string.Join(' ', Enumerable.Range(0, Side * Side).Select(i => hiddenWeights[unit, i])))
        .Distinct().Count();

    /// <summary>Takes a step with new images, and gives its loss.</summary>
    public double Step()
    {
        var (x, target) = DrawImages();
        double[] classWeights = [.. Enumerable.Repeat(1.0 / Kinds, Kinds)];
        double[,] sums = DenseReference.Forward(x, hiddenWeights, new double[Hidden]);
        double[,] hidden = Each(ReluReference.Forward, sums);
        double[,] outputSums = DenseReference.Forward(hidden, outputWeights, new double[Kinds]);
        double[,] y = Each(SigmoidReference.Forward, outputSums);

        double[,] dy = WeightedMseReference.Backward(y, target, classWeights);
        double[,] dSums = Each(row => SigmoidReference.Backward(row, Flat(dy)), outputSums);
        var output = DenseReference.Backward(hidden, outputWeights, dSums);
        double[,] dHidden = Each(row => ReluReference.Backward(row, Flat(output.Dx)), sums);
        double[,] gradient = DenseReference.Backward(x, hiddenWeights, dHidden).Dw;

        Move(hiddenWeights, gradient, hiddenVelocity);
        Move(outputWeights, output.Dw, outputVelocity);
        Slope = Flat(y).Average(value => value * (1 - value));
        Gradient = FirstWeights.Size(gradient);
        return WeightedMseReference.Forward(y, target, classWeights);
    }

    /// <summary>Stripes two pixels wide, with noise.</summary>
    private (double[,] Images, double[,] Kinds) DrawImages()
    {
        var images = new double[Batch, Side * Side];
        var kinds = new double[Batch, Kinds];
        for (int n = 0; n < Batch; n++)
        {
            int kind = (int)(random.Next() % Kinds), phase = (int)(random.Next() % 4);
            kinds[n, kind] = 1;
            for (int i = 0; i < Side * Side; i++)
                images[n, i] = (((kind == 0 ? i % Side : i / Side) + phase) / 2 % 2) + random.NextBetween(-1, 0);
        }
        return (images, kinds);
    }

    private void Move(double[,] weights, double[,] gradient, double[] velocity)
    {
        double[] values = Flat(weights);
        optimizer.Step(values, Flat(gradient), velocity);
        Buffer.BlockCopy(values, 0, weights, 0, sizeof(double) * values.Length);
    }

    private static double[] Flat(double[,] values) => [.. values.Cast<double>()];

    private static double[,] Each(Func<double[], double[]> function, double[,] values)
    {
        var result = new double[values.GetLength(0), values.GetLength(1)];
        Buffer.BlockCopy(function(Flat(values)), 0, result, 0, sizeof(double) * values.Length);
        return result;
    }
}
