using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using GalaxyNet.Layers;
using GalaxyNet.Train;

namespace GalaxyNet.Tests;

/// <summary>
/// More than 20,000 files and command lines that strangers might hand over: whatever is in them, they are read, or refused
/// in clear words, at once and without taking more memory than a file of that length could need.
/// </summary>
/// <remarks>The number for each test can be set: <c>dotnet test -- TestRunParameters.Parameter(name="Inputs",value="1000000")</c>.</remarks>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class FuzzTests : IDisposable
{
    private const double MostSeconds = 10; // for one input, on a machine that is busy with other things too
    private const long AnyonesMemory = 1 << 20;

    private readonly TemporaryFolder folder = new();
    private readonly Mutations mutations = new(seed: 4);

    public void Dispose() => folder.Dispose();

    // Bytes of memory for each byte of the file: 512 pixels of three channels in a JPEG, 8,256 of them in a PNG of bits.
    [TestCase("jpg", 512 * 3)]
    [TestCase("png", 8_256 * 3)]
    public void Pictures(string ending, int memoryPerByte)
    {
        byte[][] originals = [.. Directory.GetFiles(PicturesFolder, "*." + ending).Order().Select(File.ReadAllBytes)];
        string path = folder.Path("picture");
        foreach (byte[] original in originals)
        {
            File.WriteAllBytes(path, original);
            Assert.That(() => PictureFile.Read(path), Throws.Nothing);
        }
        Fuzz<UserErrorException>(
            inputs: 6_000,
            () => ending == "jpg" || mutations.Random.Next(4) == 0
                ? mutations.Of(mutations.OneOf(originals))
                : WithSoundChecksums(mutations.Of(mutations.OneOf(originals))),
            memoryPerByte,
            bytes =>
            {
                File.WriteAllBytes(path, bytes);
                PictureFile.Read(path);
            });
    }

    [Test]
    public void LabelFiles()
    {
        string path = GalaxyFolder.LabelsPath(folder.Root);
        byte[] original = File.ReadAllBytes(GalaxyFolder.LabelsPath(DrawnGalaxies.Folder));
        Fuzz<UserErrorException>(
            inputs: 3_000,
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
        byte[] uncheckedFile = System.Text.Encoding.Latin1.GetBytes(
            System.Text.Encoding.Latin1.GetString(checkedFile).Replace("\"sha256\"", "\"sha257\"", StringComparison.Ordinal));
        int header = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(checkedFile);
        Fuzz<InvalidDataException>(
            inputs: 6_000,
            () => mutations.Random.Next(4) == 0
                ? mutations.Of(checkedFile)
                : [.. mutations.Of(uncheckedFile[..header]), .. uncheckedFile[header..]],
            memoryPerByte: 50,
            bytes =>
            {
                File.WriteAllBytes(path, bytes);
                using (var file = Safetensors.Open(path))
                {
                    foreach (string name in file.Entries.Keys)
                        file.Read(name);
                }
                network.Load(path);
            });
    }

    [Test]
    public void OptionsFiles()
    {
        var run = new TrainedRun(folder.Path("run"));
        ProgramRun.Good(run.Begin(epochs: 1));
        string path = Path.Combine(run.Folder, "options.json");
        byte[] original = File.ReadAllBytes(path);
        Fuzz<UserErrorException>(
            inputs: 3_000,
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
            ["train", "--data", missing, "--out", output, "--resume", "--json", "--batch-size", "64", "--device", "cpu"],
            ["preprocess", "--data", missing, "--out", output, "--crop", "wide", "--size", "64", "--skip-bad"],
            ["evaluate", "--run", missing, "--data", missing, "--subset", "test"],
            ["predict", "--run", missing, "--images", missing, "--out", output],
            ["summary", "--attempt", "4"],
        ];
        string[] telling =
        [
            "", " ", "-", "--", "@", "@missing", "[diagram]", "[suggest:3]", "NaN", "1e999", "-1", "99999999999999999999",
            "\0", "\n", "\ud800", "💥", "%s%n", "../../x", "'; rm", "--help", "--version", "-?", new string('9', 5_000),
        ];
        string before = Directory.GetCurrentDirectory();
        string[] filesBefore = Directory.GetFileSystemEntries(before);
        var exitCodes = new List<int>();
        Fuzz<UserErrorException>(
            inputs: 3_000,
            () => System.Text.Encoding.UTF8.GetBytes(string.Join('\u001f', Mutated(mutations.OneOf(originals), telling, missing, output))),
            memoryPerByte: 100_000,
            line =>
            {
                var run = ProgramRun.Of(System.Text.Encoding.UTF8.GetString(line).Split('\u001f'));
                Assert.That(run.Error, Does.Not.Contain("   at "));
                exitCodes.Add(run.ExitCode);
            });
        Assert.That(exitCodes.Distinct().Order(), Is.EqualTo([0, 1, 2]));
        Assert.That(Directory.GetFileSystemEntries(folder.Root), Is.Empty);
        Assert.That(Directory.GetFileSystemEntries(before), Is.EqualTo(filesBefore));
    }

    private static string PicturesFolder => Path.Combine(TestContext.CurrentContext.TestDirectory, "Faults", "Pictures");

    /// <summary>Changes a command line, but never to where it may write.</summary>
    private string[] Mutated(string[] arguments, string[] telling, string missing, string output)
    {
        List<string> changed = [.. arguments];
        for (int changes = mutations.Random.Next(1, 4); changes > 0; changes--)
        {
            int place = mutations.Random.Next(1, changed.Count);
            if (changed[place] == missing || changed[place] == output)
                continue;
            switch (mutations.Random.Next(4))
            {
                case 0:
                    changed[place] = mutations.Of(changed[place]);
                    break;
                case 1:
                    changed[place] = mutations.OneOf(telling);
                    break;
                case 2:
                    changed.Insert(place, mutations.OneOf(telling));
                    break;
                default:
                    changed.RemoveAt(place);
                    break;
            }
            if (changed.Count == 1)
                break;
        }
        return [.. changed];
    }

    /// <summary>Reads many inputs, of which many are refused with <typeparamref name="TRefusal"/> and none in another way.</summary>
    private static void Fuzz<TRefusal>(int inputs, Func<byte[]> next, int memoryPerByte, Action<byte[]> read)
        where TRefusal : Exception
    {
        inputs = int.Parse(TestContext.Parameters.Get("Inputs", $"{inputs}"), CultureInfo.InvariantCulture);
        int refused = 0;
        for (int i = 0; i < inputs; i++)
        {
            byte[] input = next();
            long memory = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            try
            {
                read(input);
            }
            catch (TRefusal refusal)
            {
                refused++;
                Assert.That(refusal.Message, Is.Not.Empty.And.Not.Contains("   at "));
            }
            catch (Exception exception)
            {
                Assert.Fail($"Input {i}, {Convert.ToHexString(input)}: {exception}");
            }
            memory = GC.GetAllocatedBytesForCurrentThread() - memory;
            Assert.That(memory, Is.LessThan(AnyonesMemory + ((long)memoryPerByte * input.Length)), $"bytes for input {i}");
            Assert.That(Stopwatch.GetElapsedTime(start).TotalSeconds, Is.LessThan(MostSeconds), $"input {i}");
        }
        TestContext.Out.WriteLine($"{inputs} inputs, {refused} refused");
    }

    /// <summary>Mends the checksums of a PNG's chunks, so that what is wrong inside them is found by what reads them.</summary>
    private static byte[] WithSoundChecksums(byte[] png)
    {
        int place = 8;
        while (place + 12 <= png.Length)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(place));
            if (length > png.Length - place - 12)
                break;
            int end = place + 8 + (int)length;
            BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(end), Crc32.Of(png.AsSpan((place + 4)..end)));
            place = end + 4;
        }
        return png;
    }
}
