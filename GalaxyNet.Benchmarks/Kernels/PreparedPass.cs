using GalaxyNet.Kernels;
using Device = GalaxyNet.Kernels.Device;

namespace GalaxyNet.Benchmarks;

/// <summary>A pass with its memory on a device.</summary>
internal interface IPreparedPass : IDisposable
{
    /// <summary>Runs the pass and waits for the device.</summary>
    void Run();
}

/// <summary>A pass of the library's own kernels.</summary>
internal sealed class PreparedPass : IPreparedPass
{
    private const int Seed = 1;

    private readonly Device device;
    private readonly bool isBackward;
    private readonly IOperation operation;
    private readonly CaseTensors tensors;

    public PreparedPass(Device device, OperationCase operationCase, bool isBackward)
    {
        this.device = device;
        this.isBackward = isBackward;
        operation = operationCase.Create(device);
        tensors = new CaseTensors(device, operationCase, Seed);
        operation.Forward(tensors.Arguments, tensors.Output);
        Run();
    }

    /// <inheritdoc/>
    public void Run()
    {
        if (isBackward)
            operation.Backward(tensors.Arguments, tensors.Output, tensors.OutputGradient, tensors.ArgumentGradients);
        else
            operation.Forward(tensors.Arguments, tensors.Output);
        device.Synchronize();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        operation.Dispose();
        tensors.Dispose();
    }
}
