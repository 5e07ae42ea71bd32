namespace GalaxyNet.Benchmarks;

/// <summary>A pass with its memory on a device.</summary>
internal interface IPreparedPass : IDisposable
{
    /// <summary>Launches the pass.</summary>
    void Run();
}

/// <summary>A pass of the library's own kernels.</summary>
internal sealed class PreparedPass : IPreparedPass
{
    private const int Seed = 1;

    private readonly bool isBackward;
    private readonly CaseRun run;

    public PreparedPass(Device device, OperationCase operationCase, bool isBackward)
    {
        this.isBackward = isBackward;
        run = new CaseRun(device, operationCase, Seed);
        run.Forward();
        Run();
    }

    /// <inheritdoc/>
    public void Run()
    {
        if (isBackward)
            run.Backward();
        else
            run.Forward();
    }

    /// <inheritdoc/>
    public void Dispose() => run.Dispose();
}
