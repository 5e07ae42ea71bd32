namespace GalaxyNet.Benchmarks;

/// <summary>A product of attempt 4 on a GPU, to be timed with any tile and split.</summary>
internal sealed class TimedProduct : IDisposable
{
    private readonly Device device;
    private readonly LayerProduct product;
    private readonly Tensor input;
    private readonly Tensor weight;
    private readonly Tensor bias;
    private readonly Tensor output;
    private readonly ChannelMoments moments;

    /// <summary>Allocates what the product reads and writes, with random numbers in it.</summary>
    public TimedProduct(Device device, LayerProduct product)
    {
        this.device = device;
        this.product = product;
        var (inputShape, weightShape, outputShape) = product.Shapes;
        input = device.Allocate(inputShape, Values.Uniform(inputShape, 1));
        weight = device.Allocate(weightShape, Values.Uniform(weightShape, 2));
        bias = device.Allocate([weightShape[0]]);
        output = device.Allocate(outputShape, Values.Uniform(outputShape, 3));
        moments = new ChannelMoments(device);
    }

    /// <summary>The seconds of the product with a tile and so many parts, the median of some runs.</summary>
    public double Seconds(TileChoice choice, int runs, CancellationToken cancellation)
    {
        using var schedule = Schedule(choice);
        return RunTimes.MedianOfWarm(device, runs, schedule.Run, cancellation);
    }

    /// <summary>Runs the product until the clock of a GPU has risen.</summary>
    public void WarmUp(TileChoice choice, CancellationToken cancellation)
    {
        using var schedule = Schedule(choice);
        RunTimes.WarmUp(device, schedule.Run, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var each in (IDisposable[])[input, weight, bias, output, moments])
            each.Dispose();
    }

    private Pass Schedule(TileChoice choice)
    {
        if (product.Geometry is { } geometry)
        {
            var convolution = new Conv2d(device, geometry, choice);
            return new Pass(convolution, () => Run(convolution));
        }
        var dense = new Dense(device, input.Shape[1], output.Shape[1], choice);
        return new Pass(dense, () => Run(dense));
    }

    private void Run(Conv2d convolution)
    {
        if (product.WantsMoments)
            convolution.ForwardWithMoments(input, weight, bias, output, moments);
        else if (product.IsForward)
            convolution.Forward(input, weight, bias, output);
        else if (product.IsBackwardInput)
            convolution.BackwardInput(output, weight, input);
        else
            convolution.BackwardWeight(input, output, weight, bias);
    }

    private void Run(Dense dense)
    {
        if (product.IsForward)
            dense.Forward(input, weight, bias, output);
        else if (product.IsBackwardInput)
            dense.BackwardInput(output, weight, input);
        else
            dense.BackwardWeight(input, output, weight, bias);
    }

    private sealed record Pass(IDisposable Owner, Action Run) : IDisposable
    {
        public void Dispose() => Owner.Dispose();
    }
}
