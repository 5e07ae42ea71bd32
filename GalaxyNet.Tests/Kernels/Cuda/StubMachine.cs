using System.Diagnostics;
using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Tests;

/// <summary>A machine with the stub driver, on which the real programs run.</summary>
/// <param name="gpu">What it has, as <c>Stub/gpus.c</c> calls it.</param>
internal sealed class StubMachine(string gpu) : IDisposable
{
    /// <summary>What a plan must know of the GPU <c>h100</c>.</summary>
    public static readonly GpuSize H100 = new(132, 1024, TensorCores.MultiplyAddsOf(CudaArchitecture.SM_90));

    private readonly TemporaryFolder folder = new();

    /// <summary>A text that its driver takes in no kernel.</summary>
    public string? Rejected { get; init; }

    /// <summary>Whether its driver computes what kernels compute, and refuses those that do wrong.</summary>
    public bool RunsKernels { get; init; }

    /// <summary>Where the driver is, if it has only the name that every driver has.</summary>
    public string? LibraryFolder { get; init; }

    /// <summary>Where the programs keep what they compile: one for all, unless a test needs its own.</summary>
    public string CacheFolder { get; init; } = StubLibrary.CacheFolder;

    /// <summary>What the programs have asked of the driver.</summary>
    public StubRecord Record => StubRecord.Read(folder.Path("record"));

    /// <summary>The PTX of the kernels that they have loaded.</summary>
    public string[] Kernels => [.. Directory.GetFiles(folder.Root, "*.ptx").Select(File.ReadAllText)];

    public ProgramRun Train(params string[] arguments) => Run(typeof(TrainProgram), arguments);

    public ProgramRun Benchmark(params string[] arguments) => Run(typeof(BenchmarkProgram), arguments);

    /// <summary>Those of these tests that a filter names.</summary>
    public ProgramRun Test(string filter) =>
        RunDotnet("test", typeof(StubMachine).Assembly.Location, "--filter", filter);

    public void Dispose() => folder.Dispose();

    private ProgramRun Run(Type program, string[] arguments) => RunDotnet([program.Assembly.Location, .. arguments]);

    private ProgramRun RunDotnet(params string[] arguments)
    {
        var start = new ProcessStartInfo(ProgramProcess.Dotnet, arguments);
        start.Environment["LD_LIBRARY_PATH"] = LibraryFolder ?? StubLibrary.DeveloperFolder;
        start.Environment[GalaxyNet.Kernels.CacheFolder.Variable] = CacheFolder;
        start.Environment["GALAXYNET_STUB_GPU"] = gpu;
        start.Environment["GALAXYNET_STUB_RECORD"] = folder.Path("record");
        start.Environment["GALAXYNET_STUB_PTX"] = folder.Root;
        start.Environment["GALAXYNET_STUB_REJECT"] = Rejected;
        start.Environment["GALAXYNET_STUB_RUN"] = RunsKernels ? "1" : null;
        return ProgramRun.Of(start);
    }
}
