using System.Collections.Concurrent;

namespace GalaxyNet.Tests;

/// <summary>Galaxies that processes share out, and all know the same of.</summary>
[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SharedDatasetTests : IDisposable
{
    private const int Galaxies = 23;
    private const int Shards = 4;

    private static readonly int[] Bad = [3, 10];
    private static readonly int[] Dark = [5, 20];

    private readonly TemporaryFolder folder = new();

    public SharedDatasetTests()
    {
        SmallGalaxies.Write(folder.Root, [.. Enumerable.Range(1, Galaxies)]);
        foreach (int id in Bad)
            File.WriteAllText(ImagePath(id), "no image");
        foreach (int id in Dark)
            ImageFile.WritePng(ImagePath(id), new Image(50, 50, 3));
    }

    public void Dispose() => folder.Dispose();

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    public void AllKnowWhatOneProcessKnows(int processes)
    {
        var alone = GalaxyDataset.Load(GalaxyFolder.Open(folder.Root), GalaxyCrop.Tight, 16, skipBad: true);
        Assert.That(alone.Count, Is.EqualTo(Galaxies - Bad.Length - Dark.Length));
        var datasets = ThreadProcesses.Run(processes, each => Load(each));
        foreach (var dataset in datasets)
        {
            Assert.That(dataset.Ids, Is.EqualTo(alone.Ids));
            Assert.That(dataset.Digest(), Is.EqualTo(alone.Digest()));
            Assert.That(dataset.ImagesDigest, Is.EqualTo(alone.ImagesDigest));
            Assert.That(dataset.DarkImages, Is.EqualTo(alone.DarkImages));
            Assert.That(dataset.Skipped.Describe("problems"), Is.EqualTo(alone.Skipped.Describe("problems")));
            for (int galaxy = 0; galaxy < alone.Count; galaxy++)
                Assert.That(dataset.Image(galaxy).SequenceEqual(alone.Image(galaxy)));
        }
    }

    [TestCase(2)]
    [TestCase(4)]
    public void EachHoldsThoseOfItsShards(int processes)
    {
        var datasets = ThreadProcesses.Run(processes, each => Load(each));
        for (int rank = 0; rank < processes; rank++)
        {
            var images = datasets[rank].Images;
            int[] held = [.. Enumerable.Range(0, images.Count).Where(images.Holds)];
            // Galaxy n is the (n - 1)th of the label file, whatever was left out before it.
            Assert.That(
                held.Select(galaxy => datasets[rank].Ids[galaxy]),
                Is.EqualTo(datasets[rank].Ids.Where(id => (id - 1) % Shards * processes / Shards == rank)));
            Assert.That(images.Pixels.Length, Is.EqualTo(held.Length * images.Shape.Count));
            foreach (int galaxy in held)
                Assert.That(images[galaxy].SequenceEqual(datasets[rank].Image(galaxy)));
        }
    }

    /// <summary>Each process has a folder in which those of the others are no images: it would name them.</summary>
    [TestCase(2)]
    [TestCase(4)]
    public void EachReadsOnlyItsOwnFiles(int processes)
    {
        using var copies = new TemporaryFolder();
        for (int rank = 0; rank < processes; rank++)
        {
            SmallGalaxies.Write(copies.Path($"{rank}"), [.. Enumerable.Range(1, Galaxies)]);
            for (int i = 0; i < Galaxies; i++)
            {
                if (i % Shards * processes / Shards != rank)
                    File.WriteAllBytes(SmallGalaxies.ImagePath(copies.Path($"{rank}"), i + 1), []);
            }
        }
        var counts = ThreadProcesses.Run(processes, each => GalaxyDataset.Load(
            GalaxyFolder.Open(copies.Path($"{each.Rank}")), GalaxyCrop.Tight, 16, shards: new(each, Shards)).Count);
        Assert.That(counts, Is.All.EqualTo(Galaxies));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    public void AllRefuseWhatOneWouldRefuseInTheSameWords(int processes)
    {
        string expected = Assert.Throws<UserErrorException>(
            () => GalaxyDataset.Load(GalaxyFolder.Open(folder.Root), GalaxyCrop.Tight, 16))!.Message;
        string[] messages = ThreadProcesses.Run(processes, each => Assert.Throws<UserErrorException>(
            () => GalaxyDataset.Load(
                GalaxyFolder.Open(folder.Root), GalaxyCrop.Tight, 16, shards: new(each, Shards)))!.Message);
        Assert.That(expected, Does.Contain("2 problems"));
        Assert.That(messages, Is.All.EqualTo(expected));
    }

    [Test]
    public void OtherLabelsAndOtherFilesAreRefusedByAll()
    {
        using var other = new TemporaryFolder();
        SmallGalaxies.Write(other.Root, [.. Enumerable.Range(1, Galaxies + 1)]);
        Assert.That(Refusals(other.Root), Is.All.Contains("Process 1 on").And.All.Contains("galaxies and labels"));
        SmallGalaxies.Write(other.Root, [.. Enumerable.Range(1, Galaxies)]);
        File.Move(SmallGalaxies.ImagePath(other.Root, 7), Path.ChangeExtension(
            SmallGalaxies.ImagePath(other.Root, 7), ".jpeg"));
        Assert.That(Refusals(other.Root), Is.All.Contains("Process 1 on").And.All.Contains("image files"));
    }

    /// <summary>Parts of 2, 3, 2 and 3 rows: no shard has the room for all that have their homes there.</summary>
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    public void AfterTheDealEachHoldsWhatItTrainsOnAndItsShareOfTheRest(int processes)
    {
        var alone = Load(new OneProcess());
        int[] train = [.. Enumerable.Range(0, alone.Count).Reverse().Skip(4)];
        int[] dealtTo = new int[alone.Count];
        var datasets = ThreadProcesses.Run(processes, each =>
        {
            var dataset = Load(each);
            var deal = new ShardDeal(train, 10, Shards, dataset.Crops.HomeOf);
            dataset.Hold(deal);
            if (each.Rank == 0)
                Array.ForEach([.. Enumerable.Range(0, alone.Count)], galaxy => dealtTo[galaxy] =
                    deal.Shards.Index().FirstOrDefault(
                        shard => shard.Item.Contains(galaxy), (dataset.Crops.HomeOf(galaxy), [])).Index);
            return dataset;
        });
        Assert.That(
            Enumerable.Range(0, alone.Count).Where(galaxy => dealtTo[galaxy] != alone.Crops.HomeOf(galaxy)),
            Is.Not.Empty);
        for (int galaxy = 0; galaxy < alone.Count; galaxy++)
        {
            for (int rank = 0; rank < processes; rank++)
            {
                var images = datasets[rank].Images;
                Assert.That(images.Holds(galaxy), Is.EqualTo(dealtTo[galaxy] * processes / Shards == rank));
                Assert.That(datasets[rank].Image(galaxy).SequenceEqual(alone.Image(galaxy)));
            }
        }
    }

    [Test]
    public void AFileThatHasChangedSinceIsNamed()
    {
        var problems = new ConcurrentBag<string>();
        ThreadProcesses.Run(2, each =>
        {
            var dataset = Load(each);
            each.Barrier();
            if (each.Rank == 0)
            {
                for (int id = 1; id <= Galaxies; id++)
                    SmallGalaxies.WriteDisk(ImagePath(id), radius: 11);
            }
            each.Barrier();
            int missing = Enumerable.Range(0, dataset.Count).First(galaxy => !dataset.Images.Holds(galaxy));
            problems.Add(Assert.Throws<UserErrorException>(() => dataset.ToImage(missing))!.Message);
            return 0;
        });
        Assert.That(problems, Is.All.Contains(".png: has changed since the start"));
    }

    private GalaxyDataset Load(ICollective processes) => GalaxyDataset.Load(
        GalaxyFolder.Open(folder.Root), GalaxyCrop.Tight, 16, skipBad: true, shards: new(processes, Shards));

    private string[] Refusals(string other) => ThreadProcesses.Run(2, each => Assert.Throws<UserErrorException>(
        () => GalaxyDataset.Load(
            GalaxyFolder.Open(each.Rank == 0 ? folder.Root : other),
            GalaxyCrop.Tight,
            16,
            skipBad: true,
            shards: new(each, Shards)))!.Message);

    private string ImagePath(int id) => SmallGalaxies.ImagePath(folder.Root, id);
}
