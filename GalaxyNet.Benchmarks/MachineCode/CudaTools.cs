using System.ComponentModel;
using System.Diagnostics;

namespace GalaxyNet.Benchmarks;

/// <summary>
/// NVIDIA's assembler <c>ptxas</c> and, beside it, <c>cuobjdump</c>, which reads machine code. They need no GPU.
/// </summary>
internal sealed class CudaTools : IDisposable
{
    private readonly string assembler;
    private readonly string disassembler;
    private readonly DirectoryInfo scratch = new(OutputFile.CreateTemporaryFolder("galaxynet-ptx-"));

    private CudaTools(string assembler)
    {
        this.assembler = assembler;
        disassembler = Path.Combine(Path.GetDirectoryName(assembler)!, FileOf("cuobjdump"));
    }

    /// <summary>Whether machine code can be read, not only its size be told.</summary>
    public bool CanReadCode => File.Exists(disassembler);

    /// <summary>The tools at a path.</summary>
    /// <param name="path">The program ptxas, or the folder that has it.</param>
    /// <exception cref="UserErrorException">It is not there.</exception>
    public static CudaTools At(string path)
    {
        string program = Path.GetFullPath(Directory.Exists(path) ? Path.Combine(path, FileOf("ptxas")) : path);
        return File.Exists(program)
            ? new CudaTools(program)
            : throw new UserErrorException(
                $"--ptxas {path}: no ptxas there; name the folder bin of a CUDA toolkit, such as /usr/local/cuda/bin");
    }

    /// <summary>Assembles a kernel.</summary>
    /// <param name="name">The kernel's, for errors.</param>
    /// <param name="ptx">Its text.</param>
    /// <param name="sm">The compute capability to assemble for, such as 90.</param>
    /// <exception cref="UserErrorException">The assembler cannot.</exception>
    public MachineCode Assemble(string name, string ptx, int sm)
    {
        string source = Path.Combine(scratch.FullName, "kernel.ptx");
        string code = Path.Combine(scratch.FullName, "kernel.cubin");
        File.WriteAllText(source, ptx);
        string log = Run(assembler, $"{name} for sm_{sm}", ["-v", $"-arch=sm_{sm}", source, "-o", code]);
        var machineCode = MachineCode.Read(log)
            ?? throw new UserErrorException($"{assembler}: does not answer as ptxas does; is it another program?");
        return CanReadCode
            ? machineCode with { HottestLoop = MachineLoop.HottestOf(Run(disassembler, name, ["-sass", code])) }
            : machineCode;
    }

    /// <inheritdoc/>
    public void Dispose() => scratch.Delete(recursive: true);

    private static string FileOf(string tool) => OperatingSystem.IsWindows() ? $"{tool}.exe" : tool;

    /// <summary>What a program writes, errors last.</summary>
    private static string Run(string program, string subject, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments);
        // cuobjdump looks for nvdisasm on the path.
        start.Environment["PATH"] =
            $"{Path.GetDirectoryName(program)}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        try
        {
            var run = ProgramOutput.Of(start, CancellationToken.None);
            string all = run.Output + run.Error;
            return run.ExitCode == 0 ? all : throw new UserErrorException(Failure(program, subject, all));
        }
        catch (Win32Exception exception)
        {
            throw new UserErrorException($"{program}: cannot be run ({exception.Message})");
        }
    }

    private static string Failure(string program, string subject, string log)
    {
        string line = log.Split('\n').Select(line => line.Trim())
            .FirstOrDefault(line => line.Length > 0, "it does not say why");
        string reason = line.Split(" : ", 2)[^1]; // after the name of a file that is gone when this is read
        return $"{program} failed on {subject}: {reason}; choose an --sm that it knows, or a newer CUDA toolkit";
    }
}
