using System.ComponentModel;
using System.Diagnostics;

namespace GalaxyNet.Tests;

/// <summary>The driver in the folder <c>Stub</c>, built once for all tests; without gcc, a test is ignored.</summary>
[SetUpFixture]
internal sealed class StubLibrary
{
    /// <summary>The name that every installed driver has.</summary>
    public const string FileName = "libcuda.so.1";

    private const string DeveloperName = "libcuda.so";

    private static readonly Lazy<TemporaryFolder?> Built = new(Build);

    /// <summary>A folder with the library.</summary>
    public static string Folder
    {
        get
        {
            if (Built.Value is null)
                Assert.Ignore("This needs Linux and gcc, which builds a driver for tests.");
            return Built.Value!.Root;
        }
    }

    /// <summary>A folder where it has the name as well that ILGPU asks for first, before any real driver.</summary>
    public static string DeveloperFolder => Path.Combine(Folder, "developer");

    /// <summary>A folder for what the programs compile.</summary>
    public static string CacheFolder => Path.Combine(Folder, "cache");

    [OneTimeTearDown]
    public void Delete()
    {
        if (Built.IsValueCreated)
            Built.Value?.Dispose();
    }

    private static TemporaryFolder? Build()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var folder = new TemporaryFolder();
        string library = folder.Path(FileName);
        string stub = Path.Combine(AppContext.BaseDirectory, "Kernels", "Cuda", "Stub");
        string[] sources = Directory.GetFiles(stub, "*.c");
        try
        {
            string options = $"@{Path.Combine(stub, "options")}";
            var compiler = ProgramRun.Of(new ProcessStartInfo("gcc", [.. sources, "-o", library, options]));
            Assert.That(compiler.ExitCode, Is.Zero, compiler.Error);
        }
        catch (Win32Exception)
        {
            folder.Dispose();
            return null;
        }
        Directory.CreateDirectory(folder.Path("developer"));
        File.CreateSymbolicLink(folder.Path("developer", FileName), library);
        File.CreateSymbolicLink(folder.Path("developer", DeveloperName), library);
        return folder;
    }
}
