namespace GalaxyNet.Tests;

/// <summary>cuBLAS is found, and called as it wants to be: a stub of it computes here on the host.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CuBlasTests : IDisposable
{
    private const nint Stream = 0x5eed;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void ItsProductIsThatOfRowMajorMatrices()
    {
        var (library, stub) = OpenStub();
        using var device = Device.Open(DeviceKind.Cpu, cpuThreads: 1);
        using var left = device.Allocate([2, 3], [1f, 2f, 3f, 4f, 5f, 6f]);
        using var right = device.Allocate([3, 4], [1f, 0f, 0f, 1f, 0f, 1f, 0f, 1f, 0f, 0f, 1f, 1f]);
        using var product = device.Allocate([2, 4], Enumerable.Repeat(float.NaN, 8).ToArray());
        using (var cuBlas = new CuBlasProduct(library, Stream))
            cuBlas.Multiply(left.Data, right.Data, product.Data, new ProductExtents(2, 4, 3));
        Assert.That(product.ToArray(), Is.EqualTo([1f, 2f, 3f, 6f, 4f, 5f, 6f, 15f]));
        Assert.That(stub.Handles, Is.Zero);
    }

    [Test]
    public void ItComputesInFloat32OnTheStreamItIsGiven()
    {
        const int defaultMath = 0; // CUBLAS_DEFAULT_MATH; TF32 would be 3
        var (library, stub) = OpenStub();
        using var cuBlas = new CuBlasProduct(library, Stream);
        Assert.That(stub.Stream, Is.EqualTo(Stream));
        Assert.That(stub.MathMode, Is.EqualTo(defaultMath));
        Assert.That(stub.Handles, Is.EqualTo(1));
    }

    [Test]
    public void TheNewestVersionOfAFolderIsTaken()
    {
        string[] paths = [.. CuBlasPaths.In(folder.Root)];
        int version = 110000;
        foreach (string path in paths.Reverse())
        {
            StubCuBlas.Build(path, ++version);
            using var cuBlas = new CuBlasProduct(CuBlasLibrary.OpenFirst(paths), Stream);
            Assert.That(cuBlas.Name, Is.EqualTo($"cuBLAS 11.0.{version % 100}"), path);
        }
    }

    [Test]
    public void WhereThereIsNoneTheMessageSaysWhereItWasLookedFor()
    {
        string[] paths = [.. CuBlasPaths.In(folder.Root)];
        Assert.That(
            () => CuBlasLibrary.OpenFirst(paths),
            Throws.TypeOf<CuBlasException>().With.Message.Contains(paths[0]).And.Message.Contains(paths[^1]));
    }

    [Test]
    public void ALibraryThatIsNoCuBlasIsRefused()
    {
        string unrelated = OperatingSystem.IsWindows() ? "kernel32.dll" : "libc.so.6";
        Assert.That(
            () => CuBlasLibrary.OpenFirst([unrelated]).CreateHandle(Stream, Precision.Float32),
            Throws.TypeOf<CuBlasException>().With.Message.Contains("cublasCreate_v2"));
    }

    [Test]
    public void TheSystemsOwnSearchComesBeforeTheToolkitsFolders()
    {
        var paths = CuBlasPaths.All;
        Assert.That(paths[0], Does.Contain("13").And.Not.Contain(Path.DirectorySeparatorChar));
        Assert.That(
            paths.Skip(1).SkipWhile(path => !Path.IsPathRooted(path)), Is.All.Matches<string>(Path.IsPathRooted));
    }

    private (CuBlasLibrary Library, StubCuBlas Stub) OpenStub()
    {
        string path = folder.Path("stub");
        StubCuBlas.Build(path, 130100);
        return (CuBlasLibrary.OpenFirst([path]), StubCuBlas.LookInto(path));
    }
}
