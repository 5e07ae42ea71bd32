namespace GalaxyNet.Tests;

/// <summary>Shapes, settings and numbers for an operation; a setting is an array of one number.</summary>
internal sealed class NamedValues : Dictionary<string, (Shape Shape, double[] Numbers)>, ICaseValues
{
    public NamedValues()
    {
    }

    public NamedValues(NamedValues others)
        : base(others)
    {
    }

    public void Add(string setting, double value) => Add(setting, [1], [value]);

    public void Add(string name, Shape shape, double[] numbers) => Add(name, (shape, numbers));

    public Shape ShapeOf(string name) => this[name].Shape;

    public double Setting(string name) => this[name].Numbers.Single();

    public double[] Numbers(string name, Shape shape) => this[name].Numbers;
}

/// <summary>Runs an operation of the catalogue with given values, and returns its results by name.</summary>
internal delegate Dictionary<string, double[]> OperationRunner(string operation, ICaseValues values);

/// <summary>The ways to run an operation.</summary>
internal static class OperationRunners
{
    /// <summary>The kernels of a device, in float32.</summary>
    public static OperationRunner On(Device device) => (operation, values) =>
    {
        using var run = new CaseRun(device, OperationCatalogue.Create(operation, values), seed: 0);
        run.Forward();
        run.Backward();
        return run.Results().ToDictionary(
            result => result.Key, result => Array.ConvertAll(result.Value, value => (double)value));
    };

    /// <summary>The reference, in float64.</summary>
    public static Dictionary<string, double[]> Reference(string operation, ICaseValues values) =>
        OperationCatalogue.Create(operation, values).ReferenceResults(values.Numbers);
}
