namespace GalaxyNet.Kernels;

/// <summary>The tensors that one <see cref="OperationCase"/> needs, filled from a seed.</summary>
public sealed class CaseTensors : IDisposable
{
    /// <summary>Allocates the tensors; argument i is filled from seed + i.</summary>
    public CaseTensors(Device device, OperationCase operationCase, int seed)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(operationCase);
        Arguments = operationCase.Arguments
            .Select((argument, i) => device.Allocate(argument.Shape, argument.Values(argument.Shape, seed + i)))
            .ToArray();
        ArgumentGradients = operationCase.Arguments
            .Select(argument => argument.DifferenceStep is null ? null : device.Allocate(argument.Shape))
            .ToArray();
        Output = device.Allocate(operationCase.OutputShape);
        OutputGradient = device.Allocate(operationCase.OutputShape);
    }

    /// <summary>The inputs and parameters.</summary>
    public IReadOnlyList<Tensor> Arguments { get; }

    /// <summary>Where the gradients go; null for arguments without one.</summary>
    public IReadOnlyList<Tensor?> ArgumentGradients { get; }

    /// <summary>Where the output goes.</summary>
    public Tensor Output { get; }

    /// <summary>The gradient that comes from above.</summary>
    public Tensor OutputGradient { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in Arguments.Concat(ArgumentGradients))
            tensor?.Dispose();
        Output.Dispose();
        OutputGradient.Dispose();
    }
}
