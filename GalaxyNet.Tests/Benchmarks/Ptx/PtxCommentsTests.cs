using static GalaxyNet.Tests.BenchmarkCommand;

namespace GalaxyNet.Tests;

/// <summary><c>ptx --show</c>: one kernel, with comments that are true of it.</summary>
[TestFixture]
internal sealed class PtxCommentsTests
{
    [Test]
    public void AProductSaysWhatIsWhat()
    {
        string[] lines = Show("dense.Forward.64x32").Split('\n');
        Assert.That(lines[0], Is.EqualTo("// dense.Forward.64x32, compiled for sm_89."));
        Assert.That(After("IN THE INNER LOOP. 810 instructions, 512 of them FMAs"), Does.StartWith("//"));
        Assert.That(After("Parameters of the method"), Does.StartWith(".param"));
        Assert.That(After("The parameters are loaded"), Does.StartWith("ld.param."));
        Assert.That(After("Shared memory of a group"), Does.StartWith(".shared"));
        Assert.That(After("A barrier"), Does.StartWith("bar.sync"));
        Assert.That(After("A load from memory of the next slice, four numbers at once"), Does.StartWith("ld.v4."));
        Assert.That(After("A write to shared memory of the next slice"), Does.StartWith("st.shared."));
        Assert.That(After("A read of shared memory, four numbers at once"), Does.StartWith("ld.shared.v4."));
        Assert.That(After("A store to memory, four numbers at once"), Does.StartWith("st.v4."));

        string After(string comment) => lines[1 + Array.FindIndex(lines, line => line.Contains(comment))].Trim();
    }

    [Test]
    public void WithoutDoubleBufferingThereIsNoNextSlice()
    {
        string text = Show("ladder.TiledProduct");
        Assert.That(text, Does.Contain("A load from memory of a slice."));
        Assert.That(text, Does.Not.Contain("next slice").And.Not.Contain("first slice"));
    }

    [Test]
    public void WithoutTheCommentsTheTextAssembles()
    {
        string ptx = string.Join('\n', Show("relu.Forward").Split('\n').Where(line => !line.Trim().StartsWith("//")));
        Assert.That(PtxReport.Read(ptx).Target, Is.EqualTo("sm_80"));
        Assert.That(PtxReport.Read(ptx).InnermostLoops, Has.Count.EqualTo(1));
    }

    [Test]
    public void AnUnknownKernelIsToldTheNearest()
    {
        var (exitCode, output, error) = Run("ptx", "--show", "Conv2d.foward.96x128");
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Is.Empty);
        Assert.That(error.Trim().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(error, Does.Contain("--show Conv2d.foward.96x128:"));
        Assert.That(error, Does.Contain("the nearest is conv2d.Forward.96x128"));
    }

    [TestCase("--json")]
    [TestCase("--out", "anywhere")]
    public void OneKernelIsPrintedAlone(params string[] others)
    {
        var (exitCode, _, error) = Run(["ptx", "--show", "relu.Forward", .. others]);
        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(error, Does.Contain("--show prints one kernel"));
    }

    private static string Show(string kernel)
    {
        var (exitCode, output, error) = Run("ptx", "--sm", "89", "--show", kernel);
        Assert.That(exitCode, Is.Zero, error);
        return output;
    }
}
