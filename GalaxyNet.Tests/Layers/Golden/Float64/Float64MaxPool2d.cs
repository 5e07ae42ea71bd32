using GalaxyNet.Kernels;
using GalaxyNet.Layers;

namespace GalaxyNet.Tests;

/// <summary>The maximum of each square window; of equal ones the first.</summary>
internal sealed class Float64MaxPool2d(MaxPool2dLayer layer, Shape inputShape) : Float64Layer
{
    private readonly int inWidth = inputShape[2];
    private readonly int inPlane = inputShape[1] * inputShape[2];
    private readonly int outWidth = inputShape[2] / layer.Kernel;
    private readonly int outPlane = inputShape[1] / layer.Kernel * (inputShape[2] / layer.Kernel);
    private double[] input = [];
    private int[] winners = [];

    public override double[] Forward(double[] input, Mode mode)
    {
        this.input = input;
        winners = [.. Enumerable.Range(0, input.Length / inPlane * outPlane).Select(window => Largest(window, except: -1))];
        return Array.ConvertAll(winners, winner => input[winner]);
    }

    public override double[] InputGradient(double[] outputGradient)
    {
        var gradient = new double[input.Length];
        for (int window = 0; window < winners.Length; window++)
            gradient[winners[window]] = outputGradient[window];
        return gradient;
    }

    public override IEnumerable<Dictionary<int, double>> UndecidedChoices(double[] outputGradient)
    {
        double resolution = Resolution(input);
        for (int window = 0; window < winners.Length; window++)
        {
            double gradient = outputGradient[window];
            if (gradient == 0)
                continue;
            int second = Largest(window, except: winners[window]);
            if (input[winners[window]] - input[second] < resolution)
                yield return new() { [winners[window]] = -gradient, [second] = gradient };
        }
    }

    private int Largest(int window, int except)
    {
        var (plane, place) = Math.DivRem(window, outPlane);
        int corner = (plane * inPlane) + (place / outWidth * layer.Kernel * inWidth) + (place % outWidth * layer.Kernel);
        int largest = -1;
        for (int i = 0; i < layer.Kernel * layer.Kernel; i++)
        {
            int element = corner + (i / layer.Kernel * inWidth) + (i % layer.Kernel);
            if (element != except && (largest < 0 || input[element] > input[largest]))
                largest = element;
        }
        return largest;
    }
}
