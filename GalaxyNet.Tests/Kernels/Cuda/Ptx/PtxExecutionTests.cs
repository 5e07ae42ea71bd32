namespace GalaxyNet.Tests;

/// <summary>How the interpreter runs kernels: threads that part, groups, warps, memory of all kinds, scopes.</summary>
[TestFixture]
internal sealed class PtxExecutionTests
{
    // What each of 64 threads of each group puts into %r9 lands in a word of its own.
    private const string Start = """
        .reg .b32 %r<32>; .reg .b64 %d<16>; .reg .f32 %f<16>; .reg .pred %p<8>; .shared .align 16 .b8 s[1024];
        mov.u32 %r0, %tid.x; mov.u32 %r1, %ctaid.x; mov.u32 %r2, %ntid.x; mad.lo.u32 %r3, %r1, %r2, %r0;
        mul.wide.u32 %d0, %r3, 4; add.u64 %d1, %a, %d0; mov.u32 %r4, s; mad.lo.u32 %r5, %r0, 16, %r4;
        """;

    private static uint[] Results(string text, int groups = 1, int threads = 64, Func<int, uint>? input = null)
    {
        uint[] memory = [.. Enumerable.Range(0, groups * threads).Select(i => input?.Invoke(i) ?? 0)];
        var run = PtxRun.Of($"{Start}\n{text}\nst.global.u32 [%d1], %r9;", groups, threads, memory);
        Assert.That(run.Fault, Is.Empty);
        return run.Memory[0];
    }

    private static void AssertResults(string text, Func<int, uint> expected, int groups = 1, int threads = 64) =>
        Assert.That(
            Results(text, groups, threads, i => (uint)(3 * i)),
            Is.EqualTo(Enumerable.Range(0, groups * threads).Select(expected)));

    [Test]
    public void EveryThreadOfEveryGroupRuns() =>
        AssertResults("mov.u32 %r9, %r3;", i => (uint)i, groups: 5, threads: 33);

    [Test]
    public void ThreadsThatPartMeetAgain() => AssertResults(
        """
        and.b32 %r6, %r0, 1; setp.eq.u32 %p0, %r6, 0; @%p0 bra EVEN;
        mov.u32 %r9, 1; bra.uni DONE;
        EVEN: mov.u32 %r9, 2;
        DONE: activemask.b32 %r7; shl.b32 %r9, %r9, 8; add.u32 %r9, %r9, %r7;
        """,
        i => (i % 2 == 0 ? 512u : 256u) - 1);

    [Test]
    public void ALoopMayEndSoonerForSome() => AssertResults(
        """
        mov.u32 %r9, 0; mov.u32 %r6, 0;
        LOOP: setp.ge.u32 %p0, %r6, %r0; @%p0 bra DONE;
        add.u32 %r9, %r9, %r6; add.u32 %r6, %r6, 1; bra LOOP;
        DONE:
        """,
        i => (uint)(i * (i - 1) / 2));

    [Test]
    public void AGuardIsForSomeThreads() => AssertResults(
        "setp.lt.u32 %p0, %r0, 9; mov.u32 %r9, 1; @%p0 mov.u32 %r9, 2; @!%p0 add.u32 %r9, %r9, %r0;",
        i => i < 9 ? 2u : 1 + (uint)i);

    [Test]
    public void ScopesHideNames() => AssertResults(
        """
        mov.u32 %r9, 0; .reg .b32 x; mov.u32 x, 100;
        { .reg .b32 x, c<4>; mov.u32 x, 1; mov.u32 c3, 2; add.u32 %r9, x, c3; bra L; mov.u32 %r9, 9; L: }
        { .reg .b64 x, c<4>; mov.u64 x, 10; mov.u64 c3, 20; add.u64 c0, x, c3; cvt.u32.u64 x1, c0; bra L; L: }
        add.u32 %r9, %r9, x; add.u32 %r9, %r9, x1;
        """.Replace("mov.u32 %r9, 0;", "mov.u32 %r9, 0; .reg .b32 x1;", StringComparison.Ordinal),
        _ => 133);

    [Test]
    public void VectorsGoThroughSharedMemory() => AssertResults(
        """
        add.u32 %r6, %r0, 1; st.shared.v4.u32 [%r5], {%r0, %r6, %r0, %r6}; bar.sync 0;
        ld.shared.v2.u32 {%r7, %r8}, [%r5+8]; add.u32 %r9, %r7, %r8; { .reg .b32 c<4>;
        cvt.u64.u32 %d2, %r5; cvta.shared.u64 %d2, %d2; ld.v4.b32 {c0, c1, _, c3}, [%d2]; sub.u32 %r9, %r9, c3;
        ld.volatile.shared.u32 c2, [%r5]; mad.lo.u32 %r9, c2, 1000, %r9; }
        """,
        i => (uint)(1001 * i));

    [Test]
    public void LocalMemoryIsAThreadsOwn() => AssertResults(
        """
        .local .align 8 .b8 l[64]; and.b32 %r6, %r0, 7; mul.wide.u32 %d2, %r6, 8; mov.u64 %d3, l; add.u64 %d4, %d3, %d2;
        st.local.u32 [%d4], %r0; cvta.local.u64 %d5, %d4; ld.u32 %r9, [%d5];
        """,
        i => (uint)i);

    [Test]
    public void BytesAndHalvesAreExtended() => AssertResults(
        """
        .reg .b16 h; .reg .s16 g; st.shared.u8 [%r5], 255; st.shared.u16 [%r5+2], 65535; ld.shared.s8 %r6, [%r5];
        ld.shared.u8 h, [%r5]; ld.shared.s16 g, [%r5+2]; cvt.u32.u16 %r7, h; cvt.s32.s16 %r8, g;
        add.u32 %r9, %r6, %r7; add.u32 %r9, %r9, %r8;
        """,
        _ => 253);

    [TestCase("cp.async.ca.shared.global [%r5], [%d1], 4;", 3)]
    [TestCase("cp.async.cg.shared.global [%r5], [%a], 16;", 0)]
    [TestCase("cp.async.cg.shared.global [%r5], [%a], 16, 0;", 0)]
    [TestCase("cp.async.ca.shared.global [%r5], [1], 8, 0;", 0)]
    [TestCase("mov.u32 %r6, 4; cp.async.ca.shared.global.L2::128B [%r5], [%d1], 4, %r6;", 3)]
    public void CopiesArriveInSharedMemory(string copy, int factor) => AssertResults(
        copy + "cp.async.commit_group; cp.async.wait_group 0; bar.sync 0; ld.shared.u32 %r9, [%r5];",
        i => (uint)(factor * i));

    [Test]
    public void WhatACopyDoesNotBringIsZero() => AssertResults(
        """
        mov.u32 %r6, 8; st.shared.u32 [%r5+12], 5; bar.sync 0; cp.async.cg.shared.global [%r5], [%a], 16, %r6;
        cp.async.wait_all; bar.sync 0; ld.shared.v4.u32 {%r6, %r7, %r8, %r10}, [%r5];
        add.u32 %r9, %r7, %r8; add.u32 %r9, %r9, %r10;
        """,
        _ => 3);

    [TestCase("up", "1, 0", -1)]
    [TestCase("down", "1, 31", 1)]
    [TestCase("bfly", "16, 31", 16)]
    [TestCase("idx", "5, 31", 0)]
    public void AShuffleBringsAnotherThreadsValue(string mode, string operands, int by) => AssertResults(
        $"shfl.sync.{mode}.b32 %r9|%p0, %r3, {operands}, -1; selp.b32 %r6, 1000, 0, %p0; add.u32 %r9, %r9, %r6;",
        i =>
        {
            int lane = i % 32, from = mode == "idx" ? 5 : mode == "bfly" ? lane ^ by : lane + by;
            return (uint)(from is >= 0 and < 32 ? i - lane + from + 1000 : i);
        });

    [Test]
    public void AVoteCountsTheThreadsOfAWarp() => AssertResults(
        """
        setp.lt.u32 %p0, %r0, 40; vote.sync.ballot.b32 %r6, %p0, -1; popc.b32 %r9, %r6;
        vote.sync.all.pred %p1, %p0, -1; vote.sync.any.pred %p2, !%p0, -1;
        selp.b32 %r6, 100, 0, %p1; selp.b32 %r7, 1000, 0, %p2; add.u32 %r9, %r9, %r6; add.u32 %r9, %r9, %r7;
        """,
        i => i < 32 ? 132u : 1008u);

    [TestCase("add.u32", 1000u, 1064u)]
    [TestCase("inc.u32", 9u, 4u)]
    [TestCase("min.s32", 5u, 5u)]
    [TestCase("max.u32", 5u, 1000u)]
    [TestCase("exch.b32", 5u, 5u)]
    [TestCase("or.b32", 23u, 1023u)]
    public void AtomicInstructionsUpdate(string operation, uint operand, uint expected)
    {
        uint start = operation == "inc.u32" ? 0u : 1000u;
        operand = operation == "add.u32" ? 1 : operand;
        string text = $".reg .b32 %r<4>; atom.global.{operation} %r1, [%a], {operand};";
        Assert.That(PtxRun.Of(text, 2, 32, [start]).Memory[0], Is.EqualTo(new[] { expected }));
    }

    [Test]
    public void AtomicInstructionsOnFloatsAndSwaps() => Assert.That(
        PtxRun.Of(
            """
            .reg .b32 %r<4>; red.global.add.f32 [%a], 0f3F800000; atom.global.cas.b32 %r1, [%a+4], 7, 8;
            atom.global.cas.b32 %r1, [%a+8], 6, 8; red.global.add.u64 [%a+16], 1;
            """,
            1, 4, [0, 7, 7, 0, 0xffffffff, 0]).Memory[0],
        Is.EqualTo(new[] { BitConverter.SingleToUInt32Bits(4), 8u, 7u, 0u, 3u, 1u }));

    [Test]
    public void TheNextLaunchMayReadWhatTheOneBeforeWrote()
    {
        for (int i = 0; i < 3; i++)
            AssertResults("ld.global.u32 %r9, [%d1]; add.u32 %r9, %r9, 1;", thread => (uint)(3 * thread) + 1);
    }

    [Test]
    public void CommentsAreNoText() => AssertResults(
        "mov.u32 /* a\n comment; */ %r9, // another;\n 5;", _ => 5);

    /// <summary>
    /// Slices of two matrices come by asynchronous copies, two ahead, and are multiplied from shared memory, in a text
    /// such as is written by hand: names in scopes that are the same in each.
    /// </summary>
    [Test]
    public void AProductWithSlicesThatAreCopiedAhead()
    {
        const int depth = 64, slice = 8;
        string copy = """
            { .reg .pred p; .reg .b32 r, z; .reg .b64 g;
              setp.lt.u32 p, k, 64; selp.u32 z, 16, 0, p; mad.lo.u32 r, stage, 1024, own;
              mul.wide.u32 g, k, 64; add.s64 g, g, from;
              cp.async.cg.shared.global [r], [g], 16, z; cp.async.commit_group;
              add.u32 k, k, 8; add.u32 stage, stage, 1; and.b32 stage, stage, 3; }
            """;
        string multiply = string.Concat(Enumerable.Range(0, slice).Select(i => $$"""
            { .reg .f32 a<4>, b<4>;
              ld.shared.v4.f32 {a0, a1, a2, a3}, [left+{{64 * i}}];
              ld.shared.v4.f32 {b0, b1, b2, b3}, [right+{{64 * i}}];
              {{string.Concat(Enumerable.Range(0, 16).Select(j => $"fma.rn.f32 c{j}, a{j / 4}, b{j % 4}, c{j}; "))}} }
            """));
        string text = $$"""
            .shared .align 16 .b8 slices[4096];
            .reg .b32 t, k, stage, own, row, column, left, right, read, base, n; .reg .b64 from, to, x;
            .reg .f32 c<16>; .reg .pred half, more;
            mov.u32 t, %tid.x; mov.u32 base, slices; mad.lo.u32 own, t, 16, base; mov.u32 k, 0; mov.u32 stage, 0;
            // Threads 0 to 31 copy from %a, the others from %b: each 4 of 16 columns of a row of a slice of 8.
            setp.lt.u32 half, t, 32; and.b32 row, t, 31; mul.wide.u32 from, row, 16;
            @half add.s64 from, from, %a; @!half add.s64 from, from, %b;
            {{string.Concat(Enumerable.Range(0, 16).Select(j => $"mov.f32 c{j}, 0f00000000; "))}}
            {{copy}} {{copy}} {{copy}}
            mov.u32 read, base; mov.u32 n, 0;
            LOOP: cp.async.wait_group 2; bar.sync 0;
            and.b32 row, t, 3; shr.u32 column, t, 2; and.b32 column, column, 3;
            mad.lo.u32 left, row, 16, read; mad.lo.u32 right, column, 16, read; add.u32 right, right, 512;
            {{multiply}}
            {{copy}}
            add.u32 n, n, 1; and.b32 read, n, 3; mad.lo.u32 read, read, 1024, base;
            setp.lt.u32 more, n, {{depth / slice}}; @more bra LOOP;
            cp.async.wait_all;
            setp.lt.u32 half, t, 16; @!half bra END;
            mad.lo.u32 row, row, 16, column; mul.wide.u32 to, row, 16; add.s64 to, to, %c;
            {{string.Concat(Enumerable.Range(0, 4).Select(
                i => $"st.global.v4.f32 [to+{64 * i}], {{c{4 * i}, c{4 * i + 1}, c{4 * i + 2}, c{4 * i + 3}}}; "))}}
            END:
            """;
        float[] left = Values.Uniform([depth, 16], 1), right = Values.Uniform([depth, 16], 2);
        var run = PtxRun.Of(text, 1, 64, Words(left), Words(right), new uint[256]);
        Assert.That(run.Fault, Is.Empty);
        float[] expected = [.. Enumerable.Range(0, 256).Select(i => Enumerable.Range(0, depth).Aggregate(
            0f, (sum, k) => MathF.FusedMultiplyAdd(left[16 * k + i / 16], right[16 * k + i % 16], sum)))];
        Assert.That(run.Memory[2], Is.EqualTo(Words(expected)));
    }

    /// <summary>As tests in parallel ask for it.</summary>
    [Test]
    public void ModulesAreReadAtTheSameTime()
    {
        string parameters = string.Join(", ", Enumerable.Range(0, 50).Select(i => $".param .align 8 .b8 p{i}[16]"));
        Assert.That(
            PtxRun.ReadAtTheSameTime($".visible .entry test({parameters}) {{ ret; }}", 2000), Is.All.Zero);
    }

    private static uint[] Words(float[] values) => Array.ConvertAll(values, BitConverter.SingleToUInt32Bits);
}
