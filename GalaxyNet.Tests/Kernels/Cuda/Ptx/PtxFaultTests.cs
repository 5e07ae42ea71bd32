using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>The interpreter finds each fault that is planted in a kernel, and none where it is not.</summary>
[TestFixture]
internal sealed class PtxFaultTests
{
    private const int Threads = 64;

    // A word of %a for each thread at %word, of shared memory at %own, the next thread's at %next, and who is thread 0.
    private const string Start = """
        .reg .b32 %r<32>; .reg .b32 %own, %next, %thread, %group; .reg .b64 %word, %d<16>; .reg .pred %p<8>, %first;
        .shared .align 16 .b8 s[256];
        mov.u32 %thread, %tid.x; mov.u32 %group, %ctaid.x; mul.wide.u32 %d0, %thread, 4; add.u64 %word, %a, %d0;
        mov.u32 %r0, s; mad.lo.u32 %own, %thread, 4, %r0; add.u32 %r1, %thread, 1; and.b32 %r1, %r1, 63;
        mad.lo.u32 %next, %r1, 4, %r0; setp.eq.u32 %first, %thread, 0;
        """;

    private const string Write = "st.shared.u32 [%own], %thread; ";
    private const string Wait = "bar.sync 0; ";
    private const string Copy = "cp.async.ca.shared.global [%own], [%word], 4; cp.async.commit_group; ";

    private const string Multiply = "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%r2, %r3, %r4, %r5}, "
        + "{%thread, %thread, %thread, %thread}, {%thread, %thread}, {%thread, %thread, %thread, %thread}; ";

    // The most that an H100 gives a group, less those 256 bytes.
    private static readonly PtxRun.SharedMemory AllShared = new(232192, 232192);

    private static readonly Regex Choice = new("<<(.*?)\\|(.*?)>>");

    /// <param name="Name">Of the fault.</param>
    /// <param name="Text">Of a kernel; angle brackets are around what is right, a bar, and what is wrong.</param>
    /// <param name="Fault">What is said of the wrong one.</param>
    internal sealed record Planted(string Name, string Text, string Fault)
    {
        public int Groups { get; init; } = 1;

        public int Error { get; init; } = 719;

        /// <summary>At <c>dynamic</c>, if the launch asks for any.</summary>
        public PtxRun.SharedMemory? Shared { get; init; }

        public string Right => Choice.Replace(Text, "$1");

        public string Wrong => Choice.Replace(Text, "$2");

        public override string ToString() => Name;
    }

    private static readonly Planted[] All =
    [
        new("past the end", "st.global.u32 [<<%word|%word+4>>], 7;", "is at byte 256 of an allocation of 256")
            { Error = 700 },
        new("before the start", "ld.global.u32 %r2, [<<%word|%word-4>>];", "reads 4 bytes") { Error = 700 },
        new("nowhere", "mov.u64 %d1, <<%a|4096>>; ld.u32 %r2, [%d1];", "where nothing is allocated")
            { Error = 700 },
        new("misaligned", "ld.global.u32 %r2, [%a+<<4|2>>];", "misaligned") { Error = 716 },
        new("a vector misaligned", "ld.global.v4.u32 {%r2, %r3, %r4, %r5}, [%a+<<16|8>>];", "16 bytes")
            { Error = 716 },
        new("past the end of shared memory", "st.shared.u32 [%own+<<0|4>>], 7;", "shared")
            { Error = 700 },
        new("past the end of a launch's shared memory",
            "@%first st.shared.u32 [dynamic+<<232188|232192>>], 7;", "shared") { Error = 700, Shared = AllShared },
        new("a launch's shared memory that nobody has written",
            "<<@%first st.shared.u32 [dynamic+200000], 7;|>> @%first ld.shared.u32 %r2, [dynamic+200000];",
            "reads shared memory at dynamic+200000, which nobody has written") { Shared = AllShared },
        new("a launch's shared memory read too soon",
            "@%first st.shared.u32 [dynamic+232188], 7; <<" + Wait + "|>> ld.shared.u32 %r2, [dynamic+232188];",
            "race: reads shared memory at dynamic+232188") { Shared = AllShared },
        new("a copy to a launch's shared memory that is not waited for",
            "mov.u32 %r2, dynamic; mad.lo.u32 %own, %thread, 4, %r2; add.u32 %own, %own, 231936; " + Copy
            + "<<cp.async.wait_group 0;|>> ld.shared.u32 %r2, [%own];",
            "at dynamic+231936, to which a cp.async of thread 0 is under way") { Shared = AllShared },
        new("shared memory misaligned", "@%first st.shared.u32 [%own+<<4|2>>], 7;", "misaligned")
            { Error = 716 },
        new("between two shared variables", ".shared .align 4 .b8 z[4]; @%first st.shared.u32 [z+<<0|4>>], 1;", "z+4")
            { Error = 700 },
        new("a shared address without its window",
            Write + "cvt.u64.u32 %d1, %own; <<cvta.shared.u64 %d1, %d1;|>> ld.u32 %r2, [%d1];", "nothing is allocated")
            { Error = 700 },
        new("past the end of local memory",
            ".local .align 4 .b8 l[16]; st.local.u32 [l+<<12|16>>], 1;", "out of its 16 bytes") { Error = 700 },
        new("local memory that is not written",
            ".local .align 4 .b8 l[16]; <<st.local.u32 [l], 1;|>> ld.local.u32 %r2, [l];", "has not written"),
        new("shared memory that nobody has written",
            "<<" + Write + "|>> ld.shared.u32 %r2, [%own];", "nobody has written"),
        new("a register that is not written",
            "setp.lt.u32 %p0, %thread, <<64|63>>; @%p0 mov.u32 %r9, 1; st.global.u32 [%word], %r9;",
            "thread (63,0,0): reads register %r9"),
        new("a register that no path writes", "<<mov.u32 %r9, 1;|>> st.global.u32 [%word], %r9;", "%r9"),
        new("a copy that is not waited for",
            Copy + "<<cp.async.wait_group 0;|>> ld.shared.u32 %r2, [%own];", "cp.async of thread 0 is under way"),
        new("a copy of the latest batch",
            Copy + "cp.async.wait_group <<0|1>>; ld.shared.u32 %r2, [%own];", "is under way"),
        new("a copy of an earlier batch",
            Copy + "<<cp.async.commit_group;|>> cp.async.wait_group 1; ld.shared.u32 %r2, [%own];", "is under way"),
        new("a copy that is not committed",
            "cp.async.ca.shared.global [%own], [%word], 4; <<cp.async.commit_group;|>> cp.async.wait_group 0; "
            + "ld.shared.u32 %r2, [%own];", "is under way"),
        new("a copy after which only one thread has committed another batch",
            Copy + "<<|@%first>> cp.async.commit_group; cp.async.wait_group 1; ld.shared.u32 %r2, [%own];",
            "thread (1,0,0): reads shared memory at s+4, to which a cp.async of thread 1 is under way"),
        new("another thread's copy without a barrier",
            Copy + "cp.async.wait_all; <<" + Wait + "|>> ld.shared.u32 %r2, [%next];",
            "thread 1 writes without a barrier"),
        new("another thread's copy that is not waited for",
            Copy + "<<cp.async.wait_all;|>> " + Wait + "ld.shared.u32 %r2, [%next];",
            "cp.async of thread 1 is under way"),
        new("a write into a copy", Copy + "<<cp.async.wait_all;|>> " + Write, "writes shared memory at s+0"),
        new("a copy over what others read",
            Write + Wait + "ld.shared.u32 %r2, [%next]; <<" + Wait + "|>>" + Copy, "race: writes shared memory"),
        new("a copy from out of bounds",
            "mov.u32 %r2, <<0|4>>; cp.async.ca.shared.global [%own], [%a+256], 4, %r2;",
            "is at byte 256 of an allocation")
            { Error = 700 },
        new("a barrier after an exit", "<<|@%first exit;>> " + Wait, "63 threads wait at the barrier, and 1"),
        new("two barriers", "@%first bra L; <<|bar.sync 0; bra M;>> L: bar.sync 0; M:", "at that of line"),
        new("shared memory read too soon",
            Write + "<<" + Wait + "|>> ld.shared.u32 %r2, [%next];", "which thread 1 writes without a barrier between"),
        new("shared memory written too soon",
            Write + Wait + "ld.shared.u32 %r2, [%next]; <<" + Wait + "|>>" + Write, "reads without a barrier between"),
        new("shared memory written by two", "<<@%first|>> st.shared.u32 [s], 1;", "thread 0 writes without a barrier"),
        new("atomic and not",
            "@%first st.shared.u32 [s], 0; bar.sync 0; atom.shared.add.u32 %r2, [s], 1; <<" + Wait + "|>>"
            + "ld.shared.u32 %r3, [s];", "race: reads shared memory at s+0"),
        new("bytes of two threads",
            "add.u32 %r2, %r0, %thread; st.shared.u8 [%r2], 1; <<" + Wait + "|>> xor.b32 %r3, %r2, 1; "
            + "ld.shared.u8 %r4, [%r3];", "race"),
        new("global memory read too soon",
            "st.global.u32 [%word], 1; <<" + Wait + "|>> @%first ld.global.u32 %r2, [%word+4];",
            "which thread 1 of the group writes without a barrier between"),
        new("a word that two groups write",
            "setp.eq.u32 %p1, %group, 0; <<@%p1|>> st.global.u32 [%word], 1;",
            "thread 0 of group (0,0,0) writes in the same")
            { Groups = 2 },
        new("a word that one group writes and another reads",
            "setp.eq.u32 %p1, %group, 0; @%p1 st.global.u32 [%word], 1; <<@%p1|>> ld.global.u32 %r2, [%word];",
            "race: reads global memory") { Groups = 2 },
        new("a word that one group reads and another writes",
            "setp.eq.u32 %p1, %group, 1; <<@%p1|>> ld.global.u32 %r2, [%word]; @%p1 st.global.u32 [%word], 1;",
            "thread 0 of group (0,0,0) reads in the same launch") { Groups = 2 },
        new("a sum that is not atomic",
            "@%first atom.global.add.u32 %r2, [%a], 1; setp.eq.u32 %p1, %group, <<9|1>>; "
            + "and.pred %p1, %p1, %first; @%p1 ld.global.u32 %r2, [%a];",
            "which other groups update in the same launch") { Groups = 2 },
        new("threads of a warp that are not there",
            "setp.<<ge|gt>>.u32 %p0, %thread, 0; @%p0 shfl.sync.bfly.b32 %r2, %thread, 1, 31, -1;",
            "names threads of the warp"),
        new("matrices of which a lane is missing",
            "setp.ge.u32 %p0, %thread, <<32|31>>; @%p0 " + Multiply,
            "thread (31,0,0): all threads of the warp are needed, and 80000000 are here"),
        new("matrices that a lane goes past", "<<|@%first bra L;>> " + Multiply + "L:", "and fffffffe are here"),
        new("a group that does not end", "L: bra <<M|L>>; M:", "does not end") { Error = 702 },
    ];

    private static IEnumerable<Planted> Plants => All.Concat(LastGroup());

    /// <summary>The group that comes last to a counter adds up what all have written.</summary>
    private static IEnumerable<Planted> LastGroup()
    {
        // %a has a word of each group and the counter; the sum goes to the second word from the end.
        const string Publish = "mul.wide.u32 %d1, %group, 4; add.u64 %d1, %a, %d1; @%first st.global.u32 [%d1], 5; ";
        const string Come = "@!%first bra W; atom.global.inc.u32 %r3, [%a+252], 7; st.shared.u32 [s], %r3; "
            + "W: bar.sync 0; ld.shared.u32 %r3, [s]; setp.ne.u32 %p1, %r3, 7; @%p1 exit; ";
        const string Add = "@!%first exit; ld.global.u32 %r4, [%a]; ld.global.u32 %r5, [%a+28]; add.u32 %r4, %r4, %r5; "
            + "st.global.u32 [%a+248], %r4;";
        const string Race = "thread 0 of group (0,0,0) writes in the same launch";
        Planted Of(string name, string text) => new(name, text, Race) { Groups = 8 };
        yield return Of(
            "the last group without a fence before", Publish + "<<membar.gl;|>>" + Come + "membar.gl; " + Add);
        yield return Of(
            "the last group without a fence after", Publish + "membar.gl; " + Come + "<<membar.gl;|>>" + Add);
        yield return Of(
            "the last group with a fence of a group alone",
            Publish + "fence.acq_rel.<<gpu|cta>>; " + Come + "membar.gl; " + Add);
        yield return Of(
            "a fence before the writes", "<<|membar.gl;>>" + Publish + "<<membar.gl;|>>" + Come + "membar.gl; " + Add);
        // The second thread writes, the first one has the fence and comes to the counter.
        string publishByTheSecond =
            "setp.eq.u32 %p2, %thread, 1; " + Publish.Replace("@%first", "@%p2", StringComparison.Ordinal);
        yield return new(
            "another thread's fence without a barrier",
            publishByTheSecond + "<<bar.sync 0;|>> membar.gl; " + Come + "membar.gl; " + Add,
            "race: reads global memory")
        { Groups = 8 };
    }

    [TestCaseSource(nameof(Plants))]
    public void AFaultIsFound(Planted planted)
    {
        var run = Run(planted, planted.Wrong);
        Assert.That(run.Fault, Does.Contain(planted.Fault).And.StartWith("test, PTX line "));
        Assert.That(run.Error, Is.EqualTo(planted.Error));
    }

    [TestCaseSource(nameof(Plants))]
    public void TheSameWithoutTheFaultIsRight(Planted planted) =>
        Assert.That(Run(planted, planted.Right).Fault, Is.Empty);

    [Test]
    public void AFaultSaysWhereItIs() => Assert.That(
        PtxRun.Of("\n.reg .b32 %r;\nld.global.u32 %r, [%a+64];", 1, 1, new uint[16]).Fault,
        Does.StartWith(
            "test, PTX line 8 'ld.global.u32 %r, [%a+64]', group (0,0,0), thread (0,0,0): reads 4 bytes at 0x"));

    [TestCase("frobnicate.u32 %r, 1;", "an instruction that is not known")]
    [TestCase("add.f16 %r, %r, 1;", "an instruction that is not known")]
    [TestCase("ld.global.u32.fast %r, [%a];", "'.u32'")]
    [TestCase("add.u32 %q, %r, 1;", "'%q' is no register")]
    [TestCase("add.u32 %r, %q, 1;", "'%q' is not known")]
    [TestCase("add.u32 %a, %r, 1;", "'%a' has 64 bits, where 32 belong")]
    [TestCase("add.u32 %r, %r;", "2 operands, where 3 belong")]
    [TestCase("fma.f32 %r, %r, %r, %r;", "an instruction that is not known")]
    [TestCase("cvt.s32.f32 %r, %r;", "a rounding mode is missing")]
    [TestCase("bra L;", "there is no label 'L'")]
    [TestCase("cvt.rn.tf32.f32 %r, %r;", "an instruction that is not known")]
    [TestCase(
        "mma.sync.aligned.m16n8k4.row.col.f32.tf32.tf32.f32 {%r, %r, %r, %r}, {%r, %r}, {%r}, {%r, %r, %r, %r};",
        "an instruction that is not known")]
    [TestCase(
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%r, %r, %r, %r}, {%r, %r}, {%r, %r}, {%r, %r, %r, %r};",
        "2 registers, where 4 belong")]
    public void WhatIsNotUnderstoodIsNotRun(string text, string fault)
    {
        var run = PtxRun.Of($".reg .b32 %r;\n{text}", 1, 1, [0]);
        Assert.That(run.Error, Is.EqualTo(218));
        Assert.That(run.Fault, Does.StartWith("PTX line 7, '").And.Contain(fault));
    }

    private static PtxRun Run(Planted planted, string text) =>
        planted.Shared is null
            ? PtxRun.Of(Start + "\n" + text, planted.Groups, Threads, new uint[Threads])
            : PtxRun.Of(planted.Shared, Start + "\n" + text, planted.Groups, Threads, new uint[Threads]);
}
