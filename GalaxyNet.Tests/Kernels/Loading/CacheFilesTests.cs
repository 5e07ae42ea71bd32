namespace GalaxyNet.Tests;

/// <summary>The limits of a cache, and what a failed write leaves.</summary>
[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CacheFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string[] Names => [.. Directory.GetFiles(folder.Root).Select(path => Path.GetFileName(path)).Order()];

    public void Dispose() => folder.Dispose();

    [TestCase(100, 3, "b", "c", "d")]
    [TestCase(25, 9, "c", "d")]
    public void WhatWasUsedLeastIsDeletedFirst(long mostBytes, int mostFiles, params string[] expected)
    {
        var files = new CacheFiles(folder.Root, mostBytes, mostFiles);
        foreach (var (i, name) in new[] { "a", "b", "c" }.Index())
        {
            files.Write(name, stream => stream.Write(new byte[10]));
            File.SetLastWriteTimeUtc(folder.Path(name), DateTime.UtcNow.AddDays(i - 10));
        }
        files.Write("d", stream => stream.Write(new byte[10]));
        Assert.That(Names, Is.EqualTo(expected));
    }

    [Test]
    public void AFileThatIsUsedIsNotAmongTheFirstToBeDeleted()
    {
        var files = new CacheFiles(folder.Root, mostBytes: 100, mostFiles: 2);
        foreach (string name in new[] { "a", "b" })
        {
            files.Write(name, stream => stream.Write(new byte[10]));
            File.SetLastWriteTimeUtc(folder.Path(name), DateTime.UtcNow.AddDays(-10));
        }
        CacheFiles.MarkUsed(folder.Path("a"));
        files.Write("c", stream => stream.Write(new byte[10]));
        Assert.That(Names, Is.EqualTo(new[] { "a", "c" }));
    }

    [Test]
    public void AFailedWriteLeavesNothing()
    {
        var files = new CacheFiles(folder.Root, mostBytes: 100, mostFiles: 9);
        Assert.That(
            () => files.Write("a", stream =>
            {
                stream.Write(new byte[10]);
                throw new IOException("The disk is full.");
            }),
            Throws.InstanceOf<IOException>());
        Assert.That(Names, Is.Empty);
    }
}
