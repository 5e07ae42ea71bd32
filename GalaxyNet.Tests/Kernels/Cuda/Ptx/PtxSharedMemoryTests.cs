namespace GalaxyNet.Tests;

/// <summary>How much shared memory a launch may ask for, and that all of it is there.</summary>
[TestFixture]
internal sealed class PtxSharedMemoryTests
{
    private const int OptIn = 232448; // bytes of a group on an H100, if the function is allowed so many
    private const int OptInAttribute = 97;

    [TestCase(0, 49152, null)]
    [TestCase(1024, 48128, null)]
    [TestCase(0, 65536, 65536)]
    [TestCase(0, OptIn, OptIn)]
    [TestCase(1024, OptIn - 1024, OptIn - 1024)]
    public void ALaunchMayHaveSoMuch(int ofVariables, int ofLaunch, int? allowed) =>
        Assert.That(Run(ofVariables, ofLaunch, allowed).Error, Is.Zero);

    [TestCase(0, 49153, null, "launched with 49153 bytes of dynamic shared memory, where 49152 are the most")]
    [TestCase(1024, 48129, null, "launched with 48129 bytes of dynamic shared memory, where 48128 are the most")]
    [TestCase(0, 65537, 65536, "launched with 65537 bytes of dynamic shared memory, where 65536 are the most")]
    [TestCase(0, 0, OptIn + 1, "asks for 232449 bytes of dynamic shared memory, where 232448 are the most")]
    [TestCase(1024, 0, OptIn - 1023, "asks for 231425 bytes of dynamic shared memory, where 231424 are the most")]
    public void ALaunchMayNotHaveMore(int ofVariables, int ofLaunch, int? allowed, string fault)
    {
        var run = Run(ofVariables, ofLaunch, allowed);
        Assert.That(run.Error, Is.EqualTo(1));
        Assert.That(run.Fault, Does.Contain(fault));
    }

    [Test]
    public void VariablesThemselvesHaveAnEnd() => Assert.That(
        PtxRun.Of(".shared .b8 s[49153];", 1, 1, [0]).Fault, Does.Contain("more shared memory than a group may have"));

    [Test]
    public void TheGpuTellsHowMuchThereIs() => Assert.That(PtxRun.DeviceAttribute(OptInAttribute), Is.EqualTo(OptIn));

    /// <summary>Copies fill all of it, and every thread adds up what others have copied.</summary>
    [Test]
    public void AllOfItIsThere()
    {
        const int threads = 256, words = OptIn / 4;
        const string text = """
            .reg .b32 t, k, at, from, x, sum; .reg .b64 g; .reg .pred more;
            mov.u32 t, %tid.x; mov.u32 sum, 0; mov.u32 at, dynamic; mad.lo.u32 at, t, 4, at; mov.u32 k, t;
            COPY: mul.wide.u32 g, k, 4; add.u64 g, g, %a; cp.async.ca.shared.global [at], [g], 4;
            add.u32 at, at, 1024; add.u32 k, k, 256; setp.lt.u32 more, k, 58112; @more bra COPY;
            cp.async.commit_group; cp.async.wait_group 0; bar.sync 0;
            mov.u32 at, dynamic; xor.b32 k, t, 255; mad.lo.u32 at, k, 4, at;
            ADD: ld.shared.u32 x, [at]; add.u32 sum, sum, x;
            add.u32 at, at, 1024; add.u32 k, k, 256; setp.lt.u32 more, k, 58112; @more bra ADD;
            mul.wide.u32 g, t, 4; add.u64 g, g, %b; st.global.u32 [g], sum;
            """;
        uint[] memory = [.. Enumerable.Range(0, words).Select(i => (uint)(i * i))];
        var run = PtxRun.Of(new PtxRun.SharedMemory(OptIn, OptIn), text, 1, threads, memory, new uint[threads]);
        Assert.That(run.Fault, Is.Empty);
        Assert.That(run.Memory[1], Is.EqualTo(Enumerable.Range(0, threads).Select(
            thread => memory.Where((_, i) => i % threads == threads - 1 - thread).Aggregate((x, y) => x + y))));
    }

    private static PtxRun Run(int ofVariables, int ofLaunch, int? allowed) => PtxRun.Of(
        new PtxRun.SharedMemory(ofLaunch, allowed),
        ofVariables == 0 ? "" : $".shared .b8 s[{ofVariables}];",
        groups: 1,
        threads: 1,
        [0]);
}
