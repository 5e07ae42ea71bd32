using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Benchmarks;

/// <summary>Compiles kernels for one architecture and reads what came of it.</summary>
/// <param name="architecture">What to compile for.</param>
/// <param name="tools">What assembles them; null to read the PTX alone.</param>
internal sealed class PtxSurvey(CudaArchitecture architecture, CudaTools? tools)
{
    /// <summary>The compute capability, such as 80.</summary>
    public int Sm => (10 * architecture.Major) + architecture.Minor;

    /// <summary>Compiles one kernel.</summary>
    /// <exception cref="UserErrorException">The assembler cannot assemble it.</exception>
    public (PtxEntry Entry, string Ptx) Of(MarkedKernel kernel)
    {
        string ptx = kernel.CompileFor(architecture);
        int asked = TileEngine.ShapeOf(kernel.Tile)?.DynamicSharedBytes ?? 0; // by a launch: the text has nothing of it
        var report = PtxReport.Read(ptx);
        var code = tools?.Assemble(kernel.Name, ptx, Sm);
        var entry = new PtxEntry(kernel, Sm, report with { SharedBytes = report.SharedBytes + asked })
        {
            MachineCode = code is null ? null : code with { SharedBytes = code.SharedBytes + asked },
        };
        return (entry, ptx);
    }
}
