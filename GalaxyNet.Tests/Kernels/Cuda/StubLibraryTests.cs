using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Tests;

/// <summary>The driver for tests is one, as far as ILGPU can tell.</summary>
[TestFixture]
internal sealed class StubLibraryTests
{
    [Test]
    public void ItHasEveryFunctionThatIlgpuImports()
    {
        string[] imported =
        [
            .. typeof(CudaAPI).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CudaAPI)))
                .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic))
                .Select(method => method.GetCustomAttribute<DllImportAttribute>()?.EntryPoint).OfType<string>()
                .Distinct(),
        ];
        nint library = NativeLibrary.Load(Path.Combine(StubLibrary.Folder, StubLibrary.FileName));
        string[] missing = [.. imported.Where(name => !NativeLibrary.TryGetExport(library, name, out _))];
        NativeLibrary.Free(library);
        Assert.That(imported, Has.Length.EqualTo(48));
        Assert.That(missing, Is.Empty);
    }
}
