namespace GalaxyNet.Tests;

/// <summary>A golden file's training on a device.</summary>
internal sealed class DeviceTraining : IDisposable
{
    private readonly Sequential network;
    private readonly AdamOptimizer optimizer;
    private readonly TrainingStep step;
    private readonly Tensor input;
    private readonly Tensor target;

    public DeviceTraining(Device device, GoldenTraining golden)
    {
        network = new Sequential(device, golden.InputShape, golden.InputBatch[0], seed: 0, golden.Layers);
        optimizer = new AdamOptimizer(network, 1e-3f);
        step = new TrainingStep(network, optimizer, ToFloats(golden.ClassWeights()));
        input = device.Allocate(golden.InputBatch, ToFloats(golden.Input));
        target = device.Allocate(golden.TargetBatch, ToFloats(golden.Target));
    }

    /// <summary>The parameters.</summary>
    public Dictionary<string, float[]> Parameters =>
        network.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value.ToArray());

    /// <summary>The gradients of the last step.</summary>
    public Dictionary<string, float[]> Gradients =>
        network.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Gradient.ToArray());

    /// <summary>Puts other parameters into the network.</summary>
    public void SetParameters(IReadOnlyDictionary<string, float[]> values)
    {
        foreach (var parameter in network.Parameters)
            parameter.Value.CopyFrom(values[parameter.Name]);
    }

    /// <summary>Takes a step of Adam, and returns the loss and the output before it.</summary>
    public (double Loss, double[] Output) Step()
    {
        double[] output = ToDoubles(step.Run(input, target));
        return (step.ReadLoss(), output);
    }

    /// <summary>The output in evaluation.</summary>
    public double[] Evaluate() => ToDoubles(network.Forward(input, Mode.Evaluation));

    /// <summary>A running statistic.</summary>
    public double[] Statistic(string name) => ToDoubles(network.Statistics[name]);

    /// <inheritdoc/>
    public void Dispose()
    {
        target.Dispose();
        input.Dispose();
        step.Dispose();
        optimizer.Dispose();
        network.Dispose();
    }

    private static double[] ToDoubles(Tensor tensor) => Array.ConvertAll(tensor.ToArray(), value => (double)value);

    private static float[] ToFloats(double[] values) => Array.ConvertAll(values, value => (float)value);
}
