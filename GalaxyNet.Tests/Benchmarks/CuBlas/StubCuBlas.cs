using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GalaxyNet.Tests;

/// <summary>The tests' own cuBLAS, <c>libcublas.c</c>, built with gcc; without gcc a test skips itself.</summary>
internal sealed class StubCuBlas
{
    private readonly nint library;

    private StubCuBlas(string path) => library = NativeLibrary.Load(path);

    /// <summary>Handles that are not freed yet.</summary>
    public int Handles => Marshal.ReadInt32(NativeLibrary.GetExport(library, "handles"));

    /// <summary>The <c>cublasMath_t</c> that was chosen last; -1 before.</summary>
    public int MathMode => Marshal.ReadInt32(NativeLibrary.GetExport(library, "math_mode"));

    /// <summary>The stream that was chosen last.</summary>
    public nint Stream => Marshal.ReadIntPtr(NativeLibrary.GetExport(library, "stream"));

    /// <summary>Builds a library that says it is of a version, such as 130100.</summary>
    public static void Build(string path, int version)
    {
        string source = Repository.Path("GalaxyNet.Tests", "Benchmarks", "CuBlas", "libcublas.c");
        string[] arguments =
            ["-shared", "-fPIC", "-O1", "-Wall", "-Werror", $"-DVERSION={version}", "-o", path, source];
        try
        {
            var compiler = ProgramRun.Of(new ProcessStartInfo("gcc", arguments));
            Assert.That(compiler.ExitCode, Is.Zero, compiler.Error);
        }
        catch (Win32Exception)
        {
            Assert.Ignore("This needs gcc, to build a stub of cuBLAS.");
        }
    }

    /// <summary>Looks into a library that was built.</summary>
    public static StubCuBlas LookInto(string path) => new(path);
}
