using System.Security.Cryptography;

namespace GalaxyNet.Tests;

/// <summary>Kept crops are those that would be cut out, whatever happens to files and folder.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CropCacheTests : IDisposable
{
    private const int Size = 32;

    private static readonly CropForm Form = new(GalaxyCrop.Wide, Size);

    private readonly TemporaryFolder folder = new();
    private readonly string images;
    private readonly string kept;

    public CropCacheTests()
    {
        images = folder.Path("images");
        kept = folder.Path("kept");
        for (int id = 1; id <= 6; id++)
            WriteDisk(id, radius: 10 + id);
    }

    public void Dispose() => folder.Dispose();

    [Test]
    public void TheNextLoadTakesWhatTheFirstKept()
    {
        byte[] first = Load();
        Assert.That(Load(), Is.EqualTo(first).And.EqualTo(LoadWithoutCache()));
        Assert.That(Directory.GetFiles(kept), Has.Length.EqualTo(1));
    }

    [Test]
    public void WhatIsKeptIsNotCutOutAgain()
    {
        byte[] other = [.. Enumerable.Repeat((byte)77, Form.Length)];
        using (var cache = new CropCache(kept, Form))
            cache.Keep([new KeyedCrop(CropPack.KeyOf(File.ReadAllBytes(ImagePath(1))), other)]);
        byte[] pixels = Load();
        Assert.That(pixels[..Form.Length], Is.EqualTo(other));
        Assert.That(pixels[Form.Length..], Is.EqualTo(LoadWithoutCache()[Form.Length..]));
    }

    [Test]
    public void ThreadsThatBeginAtOnceAllFindTheirCrops()
    {
        Load();
        UInt128[] keys = [.. Enumerable.Range(1, 6).Select(id => CropPack.KeyOf(File.ReadAllBytes(ImagePath(id))))];
        for (int start = 0; start < 300; start++)
        {
            using var cache = new CropCache(kept, Form);
            int waiting = 2;
            var found = new bool[2];
            var threads = Enumerable.Range(0, 2).Select(thread => new Thread(() =>
            {
                byte[] pixels = new byte[Form.Length];
                Interlocked.Decrement(ref waiting);
                while (Volatile.Read(ref waiting) > 0)
                    Thread.SpinWait(1); // a barrier would let them begin apart
                found[thread] = keys.All(key => cache.TryRead(key, pixels));
            })).ToArray();
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
            Assert.That(found, Has.All.True, $"start {start}");
        }
    }

    [Test]
    public void AChangedImageNeverHasAnOldCropThoughItsNameLengthAndTimeStay()
    {
        byte[] small = File.ReadAllBytes(ImagePath(1));
        byte[] large = File.ReadAllBytes(ImagePath(6));
        var time = File.GetLastWriteTimeUtc(ImagePath(1));
        int length = Math.Max(small.Length, large.Length); // bytes behind a PNG's end mean nothing
        File.WriteAllBytes(ImagePath(1), [.. small, .. new byte[length - small.Length]]);
        File.SetLastWriteTimeUtc(ImagePath(1), time);
        byte[] before = Load();
        File.WriteAllBytes(ImagePath(1), [.. large, .. new byte[length - large.Length]]);
        File.SetLastWriteTimeUtc(ImagePath(1), time);
        Assert.That(Load(), Is.EqualTo(LoadWithoutCache()).And.Not.EqualTo(before));
    }

    [Test]
    public void CropsOfOneKindAreNotTakenForAnother()
    {
        Load();
        foreach (var (crop, size) in new[] { (GalaxyCrop.Tight, Size), (GalaxyCrop.Wide, Size / 2) })
        {
            using var cache = new CropCache(kept, new CropForm(crop, size));
            var list = ImageList.Open(images);
            Assert.That(
                CroppedImages.Load(list, new CropForm(crop, size), cache).Cropped.Block.Pixels.ToArray(),
                Is.EqualTo(CroppedImages.Load(list, new CropForm(crop, size)).Cropped.Block.Pixels.ToArray()));
        }
        Assert.That(Directory.GetFiles(kept), Has.Length.EqualTo(3));
    }

    [TestCase("empty")]
    [TestCase("cut")]
    [TestCase("longer")]
    [TestCase("first line")]
    [TestCase("table")]
    [TestCase("crop")]
    [TestCase("folder")]
    public void WhatIsDamagedIsMadeAgain(string fault)
    {
        Load();
        string file = Directory.GetFiles(kept).Single();
        byte[] whole = File.ReadAllBytes(file);
        int table = Array.IndexOf(whole, (byte)'\n') + 1 + SHA256.HashSizeInBytes;
        File.WriteAllBytes(file, fault switch
        {
            "empty" => [],
            "cut" => whole[..^1],
            "longer" => [.. whole, 0],
            "first line" => Changed(whole, 0),
            "table" => Changed(whole, table),
            _ => Changed(whole, whole.Length - 1),
        });
        if (fault == "folder")
        {
            File.Delete(file);
            Directory.CreateDirectory(file);
        }
        Assert.That(Load(), Is.EqualTo(LoadWithoutCache()));
        Assert.That(Load(), Is.EqualTo(LoadWithoutCache()), "with what was read before the damage was seen");
        if (fault != "folder")
            Assert.That(WhatIsFound(), Is.All.True);
    }

    [Test]
    public void WhatIsUsedIsTheLastToBeDeleted()
    {
        Load();
        string file = Directory.GetFiles(kept).Single();
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-10));
        Load();
        Assert.That(File.GetLastWriteTimeUtc(file), Is.EqualTo(DateTime.UtcNow).Within(TimeSpan.FromHours(1)));
    }

    [Test]
    public void TheFolderCanBeDeletedAtAnyTime()
    {
        Load();
        using var cache = new CropCache(kept, Form);
        Directory.Delete(kept, recursive: true);
        WriteDisk(1, radius: 20);
        Assert.That(Load(cache), Is.EqualTo(LoadWithoutCache()));
        Assert.That(cache.Problem, Is.Null);
    }

    [TestCase("below a file")]
    [TestCase("/proc/galaxynet")]
    public void AFolderThatCannotBeWrittenIsNamedAndHarmsNobody(string name)
    {
        string unusable = name[0] == '/' ? name : Path.Combine(ImagePath(1), name);
        using var cache = new CropCache(unusable, Form);
        Assert.That(Load(cache), Is.EqualTo(LoadWithoutCache()));
        Assert.That(cache.Problem, Does.StartWith($"{unusable}: crops are not kept"));
    }

    [Test, Exhaustive]
    public void AProgramSaysSoOnceAndGoesOn()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("This needs a shell.");
        var run = new TrainedRun(folder.Path("run"));
        string preparation = $"export {CacheFolder.Variable}={ImagePath(1)}";
        using var process = ProgramProcess.StartFromShell(preparation, run.Begin(epochs: 1));
        Assert.That(process.WaitForExit(), Is.Zero);
        Assert.That(process.ErrorLines, Has.One.Contains("crops are not kept for the next start ("));
    }

    [Test]
    public void WithoutAFolderNothingIsKeptAndNothingSaid()
    {
        using var cache = new CropCache(folder: null, Form);
        Assert.That(Load(cache), Is.EqualTo(LoadWithoutCache()));
        Assert.That(cache.Problem, Is.Null);
    }

    [Test]
    public void SeveralRunsAtOnceShareTheFolder()
    {
        byte[] expected = LoadWithoutCache();
        Parallel.For(0, 20, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
            Assert.That(Load().AsSpan().SequenceEqual(expected)));
        Assert.That(Directory.GetFiles(kept), Has.Length.EqualTo(1), "the same crops have the same name");
    }

    [Test]
    public void BadAndDarkImagesAreNamedEachTime()
    {
        File.WriteAllText(ImagePath(2), "no image");
        ImageFile.WritePng(ImagePath(4), new Image(50, 50, 3));
        for (int load = 0; load < 2; load++)
        {
            using var cache = new CropCache(kept, Form);
            var loaded = CroppedImages.Load(ImageList.Open(images), Form, cache);
            Assert.That(loaded.Crops, Is.EqualTo(new int?[] { 0, null, 1, null, 2, 3 }));
            Assert.That(CroppedImages.DarkInAll([loaded]).Single().Path, Is.EqualTo(ImagePath(4)));
            Assert.That(loaded.Problems.Describe("problems"), Does.StartWith(ImagePath(2)));
        }
    }

    [Test]
    public void WhatIsDoneWhenLoadingIsCanceledIsKept()
    {
        using (var cancellation = new CancellationTokenSource())
        using (var cache = new CropCache(kept, Form))
        {
            Assert.That(
                () => CroppedImages.Load(
                    ImageList.Open(images),
                    Form,
                    cache,
                    progress: (_, _) => cancellation.Cancel(),
                    cancellation: cancellation.Token),
                Throws.InstanceOf<OperationCanceledException>());
        }
        Assert.That(WhatIsFound(), Has.Some.True);
        Assert.That(Load(), Is.EqualTo(LoadWithoutCache()));
    }

    /// <summary>If a change that fails this is meant, the version of the form must be raised.</summary>
    [Test]
    public void OtherPixelsOfTheSameFileNeedAnotherVersion()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string files = Path.Combine(AppContext.BaseDirectory, "Train", "Faults", "Images");
        foreach (string path in Directory.GetFiles(files, "*.jpg").Order(StringComparer.Ordinal))
            hash.AppendData(ImageFile.Read(path).Pixels);
        string decoded = GoldenFolder.Path("preprocess", "decoded");
        foreach (string path in Directory.GetFiles(decoded).Order(StringComparer.Ordinal))
        {
            hash.AppendData(GalaxyCrop.Tight.Crop(ImageFile.Read(path), 64)!.Pixels);
            hash.AppendData(GalaxyCrop.Wide.Crop(ImageFile.Read(path), 64)!.Pixels);
            hash.AppendData(GalaxyCrop.Center.Crop(ImageFile.Read(path), 96)!.Pixels);
        }
        Assert.That(Form.Identity, Does.StartWith("GalaxyNet crops 3, wide-32, "));
        Assert.That(Convert.ToHexStringLower(hash.GetHashAndReset())[..16], Is.EqualTo("69ca49bd2d8602f3"));
    }

    private static byte[] Changed(byte[] bytes, int index)
    {
        byte[] changed = [.. bytes];
        changed[index] ^= 1;
        return changed;
    }

    private bool[] WhatIsFound()
    {
        using var cache = new CropCache(kept, Form);
        var pixels = new byte[Form.Length];
        return
        [
            .. Enumerable.Range(1, 6).Select(id =>
                cache.TryRead(CropPack.KeyOf(File.ReadAllBytes(ImagePath(id))), pixels)),
        ];
    }

    private byte[] Load()
    {
        using var cache = new CropCache(kept, Form);
        return Load(cache);
    }

    private byte[] Load(CropCache cache) =>
        CroppedImages.Load(ImageList.Open(images), Form, cache).Cropped.Block.Pixels.ToArray();

    private byte[] LoadWithoutCache() =>
        CroppedImages.Load(ImageList.Open(images), Form).Cropped.Block.Pixels.ToArray();

    private string ImagePath(int id) => Path.Combine(images, $"{id}.png");

    private void WriteDisk(int id, int radius)
    {
        var image = new Image(90, 90, 3);
        for (int i = 0; i < 90 * 90; i++)
        {
            if (Math.Pow((i % 90) - 45, 2) + Math.Pow((i / 90) - 45, 2) < radius * radius)
                image.Pixels.AsSpan(3 * i, 3).Fill((byte)(100 + (i % 90)));
        }
        ImageFile.WritePng(ImagePath(id), image);
    }
}
