using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Benchmarks;

/// <summary>What <c>ladder</c> reports of one way to multiply matrices.</summary>
/// <param name="Name">Which.</param>
/// <param name="Gflops">How fast it was; null where it was not timed.</param>
/// <param name="FmaShare">
/// The share of FMAs in the innermost loop (see <see cref="PtxLoop"/>); null where the PTX is not ours.
/// </param>
/// <param name="SharedBytesPerFma">Bytes of shared memory that a thread reads there for each multiply-add.</param>
/// <param name="Barriers">In the whole kernel.</param>
/// <param name="InnerLoop">The instructions of that loop by kind.</param>
internal sealed record LadderProduct(
    string Name,
    double? Gflops,
    double? FmaShare = null,
    double? SharedBytesPerFma = null,
    int? Barriers = null,
    IReadOnlyDictionary<string, int>? InnerLoop = null)
{
    /// <summary>A product that is not a rung.</summary>
    public static LadderProduct Of(string name, IReadOnlyDictionary<string, double> gflops) =>
        new(name, gflops.TryGetValue(name, out double speed) ? speed : null);

    /// <summary>A rung, with figures from its PTX for SM_80.</summary>
    public static LadderProduct Of(Rung rung, IReadOnlyDictionary<string, double> gflops)
    {
        using var compiler = PtxTarget.CompilerFor(CudaArchitecture.SM_80);
        var report = PtxReport.Read(compiler.Compile(new KernelCode(rung.Kernel.Method, Rung.Specialization)));
        var loop = report.InnermostLoops[0];
        return Of(rung.Name, gflops) with
        {
            FmaShare = loop.MultiplyAddShare,
            SharedBytesPerFma = loop.SharedBytesPerMultiplyAdd,
            Barriers = report.Barriers,
            InnerLoop = loop.Kinds,
        };
    }
}
