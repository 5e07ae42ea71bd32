using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;

namespace GalaxyNet.Tests;

/// <summary>
/// Files and command lines that strangers might hand over: whatever is in them, they are read, or refused in clear
/// words, at once and without taking more memory than a file of that length could need.
/// </summary>
/// <param name="length">1 for some 6,000 of them, 40 for 240,000.</param>
[TestFixture(1)]
[TestFixture(40, Category = ExhaustiveAttribute.Name)]
[NonParallelizable] // it measures the process's memory and changes the current directory
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class FuzzTests(int length) : IDisposable
{
    private const double MostSeconds = 20; // for one input, on a machine that is busy with other things too
    private const long AnyonesMemory = 1 << 20;
    // More than before an input, at any time: the image decoder's memory is not .NET's.
    private const long MostProcessMemory = 512 << 20;
    private const int MostMillisecondsOfWork = 300;

    private readonly TemporaryFolder folder = new();
    private readonly Mutations mutations = new(seed: 4);

    public void Dispose() => folder.Dispose();

    // Bytes of memory for each byte of the file: 512 pixels of three channels in a JPEG, 8,256 in a PNG of bits.
    [TestCase("jpg", 512 * 3)]
    [TestCase("png", 8_256 * 3)]
    public void Images(string ending, int memoryPerByte)
    {
        byte[][] originals = [.. Directory.GetFiles(ImagesFolder, "*." + ending).Order().Select(File.ReadAllBytes)];
        string path = folder.Path("image");
        foreach (byte[] original in originals)
        {
            File.WriteAllBytes(path, original);
            Assert.That(() => ImageFile.Read(path), Throws.Nothing);
        }
        Fuzz<UserErrorException>(
            inputs: 1_500,
            () => ending == "jpg" || mutations.Random.Next(4) == 0
                ? mutations.Of(mutations.OneOf(originals))
                : WithSoundChecksums(mutations.Of(mutations.OneOf(originals))),
            memoryPerByte,
            bytes =>
            {
                File.WriteAllBytes(path, bytes);
                ImageFile.Read(path);
            });
    }

    [Test]
    public void FitsFiles()
    {
        double[] galaxy = FitsBytes.Galaxy(peak: 100, sky: 100, size: 12);
        byte[][] originals =
        [
            FitsBytes.Image(16, [12, 12], galaxy, FitsBytes.Card("BZERO", 32_768), FitsBytes.Card("BLANK", 7)),
            FitsBytes.Image(-32, [4, 12, 3], galaxy, FitsBytes.Card("BANDS", "'grz'")),
            [.. FitsBytes.Empty, .. FitsBytes.Extension("IMAGE", -64, [12, 12], galaxy)],
        ];
        Fuzz<UserErrorException>(
            inputs: 1_500,
            () => mutations.Random.Next(4) == 0
                ? mutations.Of(FitsBytes.Packed(mutations.OneOf(originals)))
                : mutations.Of(mutations.OneOf(originals)),
            memoryPerByte: 1_032 * 40, // what gzip can unpack, and what then is made of it
            bytes => new ImageDecoder().Decode(bytes, "image.fits"));
    }

    [Test]
    public void LabelFiles()
    {
        string path = GalaxyFolder.LabelsPath(folder.Root);
        byte[] original = File.ReadAllBytes(GalaxyFolder.LabelsPath(DrawnGalaxies.Folder));
        Fuzz<UserErrorException>(
            inputs: 750,
            () => mutations.Of(original),
            memoryPerByte: 200,
            bytes =>
            {
                File.WriteAllBytes(path, bytes);
                Labels.Load(path);
            });
    }

    [Test]
    public void SafetensorsFiles()
    {
        string path = folder.Path("weights.safetensors");
        using var network = SmallNetwork.Create(TestDevices.Get("cpu-512"));
        network.Save(path);
        byte[] checkedFile = File.ReadAllBytes(path);
        byte[] uncheckedFile = Encoding.Latin1.GetBytes(
            Encoding.Latin1.GetString(checkedFile).Replace("\"sha256\"", "\"sha257\"", StringComparison.Ordinal));
        byte[][] withoutChecksum = [uncheckedFile, .. new[] { "F16", "BF16", "F64" }.Select(InType)];
        Fuzz<InvalidDataException>(
            inputs: 1_500,
            () => mutations.Random.Next(4) == 0
                ? mutations.Of(checkedFile)
                : WithAnotherHeader(mutations.OneOf(withoutChecksum)),
            memoryPerByte: 50,
            bytes =>
            {
                File.WriteAllBytes(path, bytes);
                using (var file = Safetensors.Open(path))
                {
                    foreach (string name in file.Entries.Keys)
                        file.BytesOf(name);
                }
                network.Load(path);
            });

        byte[] InType(string type)
        {
            string other = folder.Path(type);
            StoredTensor.WriteAll(other, StoredTensor.ReadAll(path).Select(tensor => tensor.As(type)));
            return File.ReadAllBytes(other);
        }

        byte[] WithAnotherHeader(byte[] file)
        {
            int header = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file);
            return [.. mutations.Of(file[..header]), .. file[header..]];
        }
    }

    [Test]
    public void OptionsFiles()
    {
        var run = new TrainedRun(folder.Path("run"));
        ProgramRun.Good(run.Begin(epochs: 1));
        string path = Path.Combine(run.Folder, "options.json");
        byte[] original = File.ReadAllBytes(path);
        Fuzz<UserErrorException>(
            inputs: 750,
            () => mutations.Of(original),
            memoryPerByte: 200,
            bytes =>
            {
                File.WriteAllBytes(path, bytes);
                new RunFolder(run.Folder).ReadOptions();
            });
    }

    [Test]
    public void CommandLines()
    {
        string missing = folder.Path("missing");
        string output = folder.Path("output");
        string[][] originals =
        [
            ["train", "--data", missing, "--out", output, "--attempt", "1", "--epochs", "2", "--learning-rate", "0.01"],
            ["train", "--data", missing, "--out", output, "--resume", "--json", "--batch-size", "64", "--device",
                "cpu"],
            ["preprocess", "--data", missing, "--out", output, "--crop", "wide", "--size", "64", "--skip-bad"],
            ["evaluate", "--run", missing, "--data", missing, "--subset", "test"],
            ["predict", "--run", missing, "--images", missing, "--out", output],
            ["summary", "--attempt", "4"],
        ];
        string[] telling =
        [
            "", " ", "-", "--", "@", "@missing", "[diagram]", "[suggest:3]", "NaN", "1e999", "-1",
            "99999999999999999999",
            "\0", "\n", "\ud800", "💥", "%s%n", "../../x", "'; rm", "--help", "--version", "-?", new string('9', 5_000),
        ];
        string before = Directory.GetCurrentDirectory();
        string[] filesBefore = Directory.GetFileSystemEntries(before);
        var exitCodes = new List<int>();
        Fuzz<UserErrorException>(
            inputs: 750,
            () => Bytes(Mutated(mutations.OneOf(originals), telling, missing, output)),
            memoryPerByte: 100_000,
            line =>
            {
                var run = ProgramRun.Of(Arguments(line));
                Assert.That(run.Error, Does.Not.Contain("   at "));
                exitCodes.Add(run.ExitCode);
            });
        Assert.That(exitCodes.Distinct().Order(), Is.EqualTo([0, 1, 2]));
        Assert.That(Directory.GetFileSystemEntries(folder.Root), Is.Empty);
        Assert.That(Directory.GetFileSystemEntries(before), Is.EqualTo(filesBefore));
    }

    /// <summary>
    /// With data to work on, so that what is wrong gets past the parser. Here long work is interrupted, as with Ctrl-C.
    /// </summary>
    [Test, Exhaustive]
    public void CommandLinesAtWork()
    {
        string work = folder.Path("a", "b", "c"); // two folders up is still a folder to write to
        DrawnGalaxies.CopyTo(Path.Combine(work, "data"), 3);
        string[][] originals =
        [
            ["train", "--data", "data", "--out", "out", "--attempt", "1", "--epochs", "1", "--learning-rate", "0.01",
                "--warm-up", "1"],
            ["train", "--data", "data", "--out", "run", "--resume", "--epochs", "2", "--checkpoint-every", "1",
                "--device", "cpu"],
            ["preprocess", "--data", "data", "--out", "pictures", "--crop", "wide", "--size", "64", "--skip-bad"],
            ["evaluate", "--run", "run", "--data", "data", "--subset", "all", "--average-views", "2"],
            ["predict", "--run", "run", "--images", "data/images_training_rev1", "--out", "answers.csv", "--skip-bad"],
            ["baseline", "--data", "data", "--seed", "42", "--validation-fraction", "0"],
        ];
        string[] telling =
        [
            "", " ", ".", "..", "../../x", "run", "data", "out", "data/training_solutions_rev1.csv", "NaN", "-1", "0",
            "1", "3", "0.5", "1e-45", "4294967295",
            "\n", "\ud800", "💥", "%s", "a\0b", new string('x', 300), "tight", "128", "test", "cuda",
        ];
        string before = Directory.GetCurrentDirectory();
        string[] filesBefore = Directory.GetFileSystemEntries(before);
        var exitCodes = new List<int>();
        Directory.SetCurrentDirectory(work);
        try
        {
            ProgramRun.Good(
                "train", "--data", "data", "--out", "run", "--attempt", "1", "--epochs", "1", "--device", "cpu");
            Fuzz<UserErrorException>(
                inputs: 150,
                () => Bytes(Inside(folder.Root, () => WithOtherValues(mutations.OneOf(originals), telling))),
                memoryPerByte: 2_000_000,
                line =>
                {
                    using var interruption = new CancellationTokenSource(MostMillisecondsOfWork);
                    var run = ProgramRun.Of(new StringWriter(), interruption.Token, Arguments(line));
                    Assert.That(run.Error, Does.Not.Contain("   at "));
                    exitCodes.Add(run.ExitCode);
                });
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
        foreach (var (code, count) in exitCodes.CountBy(code => code))
            TestContext.Out.WriteLine($"{count} with exit code {code}");
        Assert.That(exitCodes.Distinct(), Is.SupersetOf((int[])[0, 1, 2]).And.SubsetOf((int[])[0, 1, 2, 130]));
        Assert.That(Directory.GetFileSystemEntries(folder.Root), Is.EqualTo([folder.Path("a")]));
        Assert.That(Directory.GetFileSystemEntries(before), Is.EqualTo(filesBefore));
    }

    /// <summary>What would keep the tests from ending is named, and ends them.</summary>
    [Test]
    public void AnInputThatHangsIsNamed()
    {
        using var isolated = new NUnit.Framework.Internal.TestExecutionContext.IsolatedContext();
        using var never = new ManualResetEventSlim();
        Assert.That(
            () => Fuzz<UserErrorException>(5, () => [0xab, 0xcd], 0, _ => never.Wait(), mostSeconds: 0.2),
            Throws.InstanceOf<AssertionException>().With.Message.Contains("input 0 hangs: ABCD"));
        never.Set();
    }

    private static byte[] Bytes(string[] arguments) => Encoding.UTF8.GetBytes(string.Join('\u001f', arguments));

    private static string[] Arguments(byte[] line) => Encoding.UTF8.GetString(line).Split('\u001f');

    /// <summary>The next command line that names nothing outside a folder.</summary>
    private static string[] Inside(string root, Func<string[]> next)
    {
        while (true)
        {
            string[] arguments = next();
            if (arguments.All(argument => argument.Split('=', ':').All(IsInside)))
                return arguments;
        }

        bool IsInside(string path) =>
            path.Length == 0 || path.Contains('\0', StringComparison.Ordinal)
            || Path.GetFullPath(path).StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    private static string ImagesFolder =>
        Path.Combine(TestContext.CurrentContext.TestDirectory, "Train", "Faults", "Images");

    /// <summary>Changes one or two values that come after an option.</summary>
    private string[] WithOtherValues(string[] arguments, string[] telling)
    {
        string[] changed = [.. arguments];
        int[] indices =
        [
            .. Enumerable.Range(2, changed.Length - 2)
                .Where(index => !IsOption(changed[index]) && IsOption(changed[index - 1])),
        ];
        for (int changes = mutations.Random.Next(1, 3); changes > 0; changes--)
        {
            int index = mutations.OneOf(indices);
            changed[index] = mutations.Random.Next(3) == 0 ? mutations.Of(changed[index]) : mutations.OneOf(telling);
        }
        return changed;

        static bool IsOption(string argument) => argument.StartsWith("--", StringComparison.Ordinal);
    }

    /// <summary>Changes a command line, but not some of its words.</summary>
    private string[] Mutated(string[] arguments, string[] telling, params string[] kept)
    {
        List<string> changed = [.. arguments];
        for (int changes = mutations.Random.Next(1, 4); changes > 0; changes--)
        {
            int index = mutations.Random.Next(1, changed.Count);
            if (kept.Contains(changed[index]))
                continue;
            switch (mutations.Random.Next(4))
            {
                case 0:
                    changed[index] = mutations.Of(changed[index]);
                    break;
                case 1:
                    changed[index] = mutations.OneOf(telling);
                    break;
                case 2:
                    changed.Insert(index, mutations.OneOf(telling));
                    break;
                default:
                    changed.RemoveAt(index);
                    break;
            }
            if (changed.Count == 1)
                break;
        }
        return [.. changed];
    }

    /// <summary>
    /// Reads many inputs, of which many are refused with <typeparamref name="TRefusal"/> and none in another way. They
    /// are read on a thread of their own, so that one that hangs does not keep the test from saying which.
    /// </summary>
    private void Fuzz<TRefusal>(
        int inputs, Func<byte[]> next, int memoryPerByte, Action<byte[]> read, double mostSeconds = MostSeconds)
        where TRefusal : Exception
    {
        inputs *= length;
        Attempt? current = null;
        int refused = 0;
        long peakGrowth = 0;
        var work = Task.Factory.StartNew(
            () =>
            {
                for (int i = 0; i < inputs; i++)
                {
                    byte[] input = next();
                    var process = new ProcessMemory();
                    Volatile.Write(ref current, new Attempt(i, input, Stopwatch.GetTimestamp()));
                    refused += IsRefused<TRefusal>(current!, memoryPerByte, read) ? 1 : 0;
                    peakGrowth = Math.Max(peakGrowth, process.PeakGrowth);
                    Assert.That(peakGrowth, Is.LessThan(MostProcessMemory), $"bytes of the process, with {current}");
                }
            },
            TaskCreationOptions.LongRunning);
        while (!((IAsyncResult)work).AsyncWaitHandle.WaitOne(millisecondsTimeout: 100))
        {
            if (Volatile.Read(ref current) is { } attempt
                && Stopwatch.GetElapsedTime(attempt.Start).TotalSeconds > mostSeconds)
                Assert.Fail($"{attempt} hangs: {Convert.ToHexString(attempt.Input)}");
        }
        work.GetAwaiter().GetResult();
        TestContext.Out.WriteLine($"{inputs} inputs, {refused} refused, {peakGrowth >> 20} MB more at the peak");
    }

    private static bool IsRefused<TRefusal>(Attempt attempt, int memoryPerByte, Action<byte[]> read)
        where TRefusal : Exception
    {
        bool isRefused = false;
        long memory = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            read(attempt.Input);
        }
        catch (TRefusal refusal)
        {
            isRefused = true;
            Assert.That(refusal.Message, Is.Not.Empty.And.Not.Contains("   at "));
        }
        catch (Exception exception) when (exception is not AssertionException)
        {
            Assert.Fail($"{attempt}, {Convert.ToHexString(attempt.Input)}: {exception}");
        }
        memory = GC.GetAllocatedBytesForCurrentThread() - memory;
        long most = AnyonesMemory + ((long)memoryPerByte * attempt.Input.Length);
        Assert.That(memory, Is.LessThan(most), $"bytes for {attempt}");
        return isRefused;
    }

    /// <summary>
    /// Mends the checksums of a PNG's chunks, so that what is wrong inside them is found by what reads them.
    /// </summary>
    private static byte[] WithSoundChecksums(byte[] png)
    {
        int index = 8;
        while (index + 12 <= png.Length)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(index));
            if (length > png.Length - index - 12)
                break;
            int end = index + 8 + (int)length;
            BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(end), Crc32.Of(png.AsSpan((index + 4)..end)));
            index = end + 4;
        }
        return png;
    }

    /// <summary>An input that is being read.</summary>
    private sealed record Attempt(int Index, byte[] Input, long Start)
    {
        public override string ToString() => $"input {Index}";
    }
}
