namespace GalaxyNet.Tests;

/// <summary>What has been compiled is found again, whole or not at all, and a folder that fails harms nobody.</summary>
[TestFixture]
internal sealed class KernelCacheTests
{
    private const string Ptx = ".version 7.8\n.target sm_80\n";

    private static readonly KernelIdentity Kernel = new("conv2d.Forward.64x64", new string('a', 64));

    [Test]
    public void WhatIsKeptIsFoundByTheNextProcess()
    {
        using var folder = new TemporaryFolder();
        new KernelCache(folder.Root).Keep(Kernel, Ptx);
        var next = new KernelCache(folder.Root);
        Assert.That(next.Find(Kernel), Is.EqualTo(Ptx));
        Assert.That(next.Find(Kernel with { Hash = new string('b', 64) }), Is.Null);
        Assert.That(next.Find(Kernel with { Name = "conv2d.Forward.64x32" }), Is.Null);
    }

    [Test]
    public void AFileThatIsCutOffOrChangedCountsAsMissing([Values("", "cut", "changed")] string fault)
    {
        using var folder = new TemporaryFolder();
        var cache = new KernelCache(folder.Root);
        cache.Keep(Kernel, Ptx);
        string file = Directory.GetFiles(folder.Root).Single();
        string text = File.ReadAllText(file);
        File.WriteAllText(file, fault switch
        {
            "cut" => text[..^3],
            "changed" => text.Replace("sm_80", "sm_70", StringComparison.Ordinal),
            _ => "",
        });
        Assert.That(cache.Find(Kernel), Is.Null);
        cache.Keep(Kernel, Ptx);
        Assert.That(cache.Find(Kernel), Is.EqualTo(Ptx));
    }

    [Test]
    public void WithoutAFolderOrWhereItCannotBeWrittenNothingIsKept()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Path("file");
        File.WriteAllText(file, "");
        foreach (string? unusable in new[] { null, Path.Combine(file, "below"), "/proc/galaxynet" })
        {
            var cache = new KernelCache(unusable);
            cache.Keep(Kernel, Ptx);
            Assert.That(cache.Find(Kernel), Is.Null);
        }
    }

    [Test]
    public void SeveralAtOnceNeverSeeHalfAFile()
    {
        using var folder = new TemporaryFolder();
        string large = string.Concat(Enumerable.Repeat(Ptx, 5000));
        int found = 0;
        Parallel.For(0, 200, i =>
        {
            var cache = new KernelCache(folder.Root);
            cache.Keep(Kernel, large);
            if (cache.Find(Kernel) is { } ptx)
            {
                Assert.That(ptx, Is.EqualTo(large));
                Interlocked.Increment(ref found);
            }
        });
        Assert.That(found, Is.EqualTo(200));
        Assert.That(Directory.GetFiles(folder.Root), Has.Length.EqualTo(1));
    }

    [Test, Exhaustive]
    public void WhatWasUsedLeastIsDeletedFirst()
    {
        using var folder = new TemporaryFolder();
        var cache = new KernelCache(folder.Root);
        string large = new('x', 15 << 20); // four fit into 64 MB
        var kernels = Enumerable.Range(0, 5).Select(i => Kernel with { Name = $"kernel{i}" }).ToList();
        foreach (var (i, kernel) in kernels.Take(4).Index())
        {
            cache.Keep(kernel, large);
            string file = Directory.GetFiles(folder.Root, kernel.Name + "*").Single();
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(i - 10));
        }
        Assert.That(cache.Find(kernels[0]), Is.EqualTo(large), "this use makes it the newest");
        cache.Keep(kernels[4], large);
        Assert.That(
            kernels.Where(kernel => cache.Find(kernel) is not null).Select(kernel => kernel.Name),
            Is.EqualTo(["kernel0", "kernel2", "kernel3", "kernel4"]));
    }
}
