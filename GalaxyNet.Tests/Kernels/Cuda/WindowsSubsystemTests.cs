using System.ComponentModel;
using System.Diagnostics;

namespace GalaxyNet.Tests;

/// <summary>
/// A GPU on Windows Subsystem for Linux: a system that says it is one, with its driver where Windows puts it.
/// </summary>
[TestFixture]
internal sealed class WindowsSubsystemTests
{
    // Mounts that only the program and its children see.
    private const string Mounts = """
        set -e
        echo 'Linux version 5.15.153.1-microsoft-standard-WSL2 (root@941d701f84f1)' > "$1/version"
        mount --bind "$1/version" /proc/version
        mkdir "$1/layers"
        mount -t tmpfs layers "$1/layers"
        mkdir -p "$1/layers/upper/wsl/lib" "$1/layers/work"
        cp "$2" "$1/layers/upper/wsl/lib"
        mount -t overlay usr-lib -o "lowerdir=/usr/lib,upperdir=$1/layers/upper,workdir=$1/layers/work" /usr/lib
        shift 2
        exec "$@"
        """;

    [OneTimeSetUp]
    public void Require()
    {
        if (CudaDriver.Current.IsInstalled)
            Assert.Ignore("This machine has a driver, which may be found first.");
        try
        {
            if (Run("true").ExitCode != 0)
                Assert.Ignore("This needs the right to mount file systems.");
        }
        catch (Win32Exception)
        {
            Assert.Ignore("This needs unshare.");
        }
    }

    [Test]
    public void DevicesListsTheGpu() =>
        Assert.That(RunProgram("devices").Output, Does.Contain("NVIDIA H100").And.Not.Contain("No CUDA"));

    [TestCase("cuda")]
    [TestCase("auto")]
    public void TheGpuIsOpened(string device) => Assert.That(
        RunProgram("gradcheck", "--operation", "relu", "--device", device).Error,
        Is.EqualTo("Checking gradients on NVIDIA H100 80GB HBM3\n"));

    private static ProgramRun RunProgram(params string[] arguments) =>
        Run([ProgramProcess.Dotnet, typeof(TrainProgram).Assembly.Location, .. arguments]);

    private static ProgramRun Run(params string[] command)
    {
        using var folder = new TemporaryFolder();
        string library = Path.Combine(StubLibrary.Folder, StubLibrary.FileName);
        return ProgramRun.Of(new ProcessStartInfo(
            "unshare", ["--mount", "--map-root-user", "sh", "-c", Mounts, "sh", folder.Root, library, .. command]));
    }
}
