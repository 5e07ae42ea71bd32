namespace GalaxyNet.Tests;

/// <summary>
/// A thread that waits for all but so many of its latest groups of copies may read what the groups before have brought,
/// and nothing of those and of what it has not committed.
/// </summary>
[TestFixture]
internal sealed class PtxCopyGroupTests
{
    private const int Threads = 64;

    // A letter for each copy and a line after each group that is committed.
    private static readonly string[] Texts =
        ["c|", "c|c|", "c|c|c|c|", "c|c|c|c|c|c|", "cc|c|ccc|c|", "|||c|", "c||||", "|c||c|||c|", "c|c|c|c", "c", "|c"];

    [Test, Combinatorial]
    public void ExactlyWhatHasLandedMayBeRead(
        [ValueSource(nameof(Texts))] string groups, [Values(0, 1, 2, 3, 4)] int latest)
    {
        int[] copies = [.. Enumerable.Range(0, groups.Length).Where(at => groups[at] == 'c')];
        for (int copy = 0; copy < copies.Length; copy++)
        {
            string committed = groups[copies[copy]..];
            bool hasLanded = committed.Count(step => step == '|') > latest;
            AssertCopy(groups, $"cp.async.wait_group {latest};", copy, hasLanded);
        }
    }

    [TestCase("cp.async.wait_group 3; cp.async.wait_group 1;", 3, false)]
    [TestCase("cp.async.wait_group 3; cp.async.wait_group 1;", 2, true)]
    [TestCase("cp.async.wait_group 0; cp.async.wait_group 3;", 3, true)]
    [TestCase("cp.async.wait_group 1; cp.async.commit_group; cp.async.wait_group 1;", 3, true)]
    [TestCase("cp.async.wait_all;", 3, true)]
    public void WaitsAddUp(string waits, int copy, bool hasLanded) => AssertCopy("c|c|c|c|", waits, copy, hasLanded);

    private static void AssertCopy(string groups, string wait, int copy, bool hasLanded)
    {
        int copies = 0;
        string text = """
            .shared .align 16 .b8 s[2048]; .reg .b32 t, own, x; .reg .b64 word, to;
            mov.u32 t, %tid.x; mul.wide.u32 word, t, 4; add.u64 to, word, %b; add.u64 word, word, %a;
            mov.u32 own, s; mad.lo.u32 own, t, 4, own;
            """;
        foreach (char step in groups)
            text += step == '|'
                ? "cp.async.commit_group; "
                : $"cp.async.ca.shared.global [own+{256 * copies++}], [word], 4; ";
        text += $"{wait} ld.shared.u32 x, [own+{256 * copy}]; st.global.u32 [to], x;";
        uint[] numbers = [.. Enumerable.Range(0, Threads).Select(i => (uint)(5 * i))];
        var run = PtxRun.Of(text, 1, Threads, numbers, new uint[Threads]);
        Assert.That(
            run.Fault,
            hasLanded ? Is.Empty : Does.Contain($"s+{256 * copy}, to which a cp.async of thread 0 is under way"),
            $"copy {copy} of {groups}, {wait}");
        if (hasLanded)
            Assert.That(run.Memory[1], Is.EqualTo(numbers));
    }
}
