using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>Which checkpoints a run keeps, and what happens when they are damaged.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CheckpointTests : IDisposable
{
    private const int UserError = 1;

    private readonly TemporaryFolder folder = new();
    private readonly TrainedRun run;

    public CheckpointTests() => run = new TrainedRun(folder.Path("run"));

    public void Dispose() => folder.Dispose();

    [Test]
    public void TheLastTwoAndThatOfTheBestEpochAreKept()
    {
        ProgramRun.Good(run.Begin(epochs: 6, "--learning-rate", "0.01", "--checkpoint-every", "3"));
        var scores = File.ReadLines(Path.Combine(run.Folder, "history.csv")).Skip(1).Select(line => line.Split(','))
            .ToDictionary(fields => fields[0], fields => double.Parse(fields[2], CultureInfo.InvariantCulture));
        string best = scores.MinBy(epoch => epoch.Value).Key;
        Assert.That(best, Is.Not.EqualTo("6"), "This is to show more than the last two.");
        Assert.That(
            run.Checkpoints,
            Is.EquivalentTo((string[])
                ["epoch-6.safetensors", "epoch-6-step-6.safetensors", $"epoch-{best}.safetensors"]));
    }

    [TestCase("changed", Category = ExhaustiveAttribute.Name)]
    [TestCase("cut", Category = ExhaustiveAttribute.Name)]
    [TestCase("empty", Category = ExhaustiveAttribute.Name)]
    [TestCase("unchecked", Category = ExhaustiveAttribute.Name)]
    public void ADamagedOneIsNamedAndTheOneBeforeIsUsed(string damage)
    {
        var whole = new TrainedRun(folder.Path("whole"));
        ProgramRun.Good(whole.Begin(epochs: 4));
        ProgramRun.Good(run.Begin(epochs: 3));
        Damage(run.PathOf("epoch-3.safetensors"), damage);

        var resumed = ProgramRun.Good(run.GoOn("--epochs", "4"));
        Assert.That(resumed.ErrorLines[0], Does.StartWith(run.PathOf("epoch-3.safetensors") + ": cannot be used"));
        Assert.That(resumed.ErrorLines[1], Does.EndWith("continuing after epoch 2"));
        run.AssertSameWeightsAs(whole);
        run.AssertEveryFileIsWhole();
    }

    [Test]
    public void DamagedOnesDoNotCountAsThoseToKeep()
    {
        ProgramRun.Good(run.Begin(epochs: 2, "--checkpoint-every", "3"));
        Damage(run.PathOf("epoch-2.safetensors"), "changed");
        File.WriteAllText(run.PathOf(".galaxynet-3f2k.tmp"), "half of a checkpoint");
        File.WriteAllText(run.PathOf("note.txt"), "somebody else's");
        ProgramRun.Good(run.GoOn("--checkpoint-every", "7"));
        run.AssertEveryFileIsWhole();
        Assert.That(Directory.GetFiles(run.CheckpointFolder).Select(Path.GetExtension), Has.None.EqualTo(".tmp"));
        Assert.That(File.Exists(run.PathOf("note.txt")));
    }

    [Test, Exhaustive]
    public void WhereAllAreDamagedEachIsNamedAndNothingIsTouched()
    {
        ProgramRun.Good(run.Begin(epochs: 2));
        byte[] weights = run.Weights;
        foreach (string name in run.Checkpoints)
            Damage(run.PathOf(name), "changed");
        var refused = ProgramRun.Of(run.GoOn("--epochs", "3"));
        Assert.That(refused.ExitCode, Is.EqualTo(UserError));
        Assert.That(refused.ErrorLines, Has.Length.EqualTo(3));
        Assert.That(refused.ErrorLines[0], Does.StartWith(run.PathOf("epoch-2.safetensors")));
        Assert.That(refused.ErrorLines[1], Does.StartWith(run.PathOf("epoch-1.safetensors")));
        Assert.That(refused.ErrorLines[2], Does.Contain("no checkpoint to continue from"));
        Assert.That(run.Weights, Is.EqualTo(weights));
        Assert.That(run.Checkpoints, Has.Length.EqualTo(2));
    }

    [Test]
    public void TheLastGoodOneIsNamedAfterAFault()
    {
        ProgramRun.Good(run.Begin(epochs: 2));
        Damage(run.PathOf("epoch-2.safetensors"), "changed");
        Assert.That(new RunFolder(run.Folder).WhatIsGood, Does.EndWith(run.PathOf("epoch-1.safetensors")));
        Damage(run.PathOf("epoch-1.safetensors"), "cut");
        Assert.That(new RunFolder(run.Folder).WhatIsGood, Is.EqualTo("there is no checkpoint yet"));
    }

    /// <summary>A power cut may undo a rename in a folder that was not flushed, yet keep a deletion.</summary>
    [Test, Exhaustive]
    public void OneIsSafelyOnTheDiskBeforeAnotherIsDeleted()
    {
        Strace.Require();
        string calls = folder.Path("calls");
        using var process = ProgramProcess.StartUnder(
            Strace.List(calls, "rename", "fsync", "unlink"), run.Begin(epochs: 4));
        Assert.That(process.WaitForExit(), Is.Zero);
        string[] lines =
            [.. File.ReadLines(calls).Where(line => line.Contains(run.CheckpointFolder, StringComparison.Ordinal))];
        int[] deletions =
            [.. Enumerable.Range(0, lines.Length).Where(i => lines[i].Contains("unlink(", StringComparison.Ordinal))];
        Assert.That(deletions, Is.Not.Empty);
        foreach (int deletion in deletions)
        {
            int renamed = Array.FindLastIndex(
                lines, deletion, line => line.Contains("rename(", StringComparison.Ordinal));
            Assert.That(
                lines[renamed - 1],
                Does.Contain("fsync(").And.Contain(".tmp>"),
                "The file's bytes, before it gets its name.");
            Assert.That(
                lines[renamed + 1], Does.Contain("fsync(").And.Contain(run.CheckpointFolder + ">"), "The name.");
        }
    }

    /// <summary>In the header, as text, some millions of them would be more than the format allows.</summary>
    [Test]
    public void TheLossesOfALongRunAreNumbers()
    {
        const int steps = 300_000;
        var checkpoints = new CheckpointFolder(folder.Path("long", "checkpoints"));
        float[] losses = [.. Enumerable.Range(0, steps).Select(i => 1f / i)];
        var progress = TrainingProgress.Start with { Step = 1, Losses = [.. losses] };
        var counter = new Counter("steps") { Value = steps };
        checkpoints.Save(progress, [counter]);
        using (var file = Safetensors.Open(checkpoints.NewestGood!))
            Assert.That(file.Metadata.Values.Sum(text => text.Length), Is.LessThan(1000));
        counter.Value = 0;
        Assert.That(checkpoints.Restore([counter], Assert.Fail).Losses, Is.EqualTo(progress.Losses));
        Assert.That(counter.Value, Is.EqualTo(steps));
    }

    /// <summary>Where the size of a type is not known, a shape can promise any number of losses.</summary>
    [Test]
    public void LossesOfAnotherTypeAreRefused()
    {
        var checkpoints = new CheckpointFolder(folder.Path("other", "checkpoints"));
        checkpoints.Save(TrainingProgress.Start with { Step = 1, Losses = [1f] }, []);
        string path = checkpoints.NewestGood!;
        byte[] bytes = File.ReadAllBytes(path);
        string header = Encoding.UTF8.GetString(bytes, 8, BitConverter.ToInt32(bytes)).Replace(
            "\"F32\",\"shape\":[1]", $"\"new\",\"shape\":[{long.MaxValue}]", StringComparison.Ordinal);
        header = Regex.Replace(header, "[0-9a-f]{64}", new string('0', 64));
        byte[] length = BitConverter.GetBytes((long)header.Length);
        string checksum = Convert.ToHexStringLower(
            SHA256.HashData([.. length, .. Encoding.UTF8.GetBytes(header), .. bytes[^4..]]));
        header = header.Replace(new string('0', 64), checksum, StringComparison.Ordinal);
        File.WriteAllBytes(path, [.. length, .. Encoding.UTF8.GetBytes(header), .. bytes[^4..]]);
        var problems = new List<string>();
        Assert.That(() => checkpoints.Restore([], problems.Add), Throws.InstanceOf<UserErrorException>());
        Assert.That(problems.Single(), Does.StartWith(path).And.Contain($"its run.losses is new [{long.MaxValue}]"));
    }

    [Test]
    public void AFigureThatCannotBeWrittenDoesNotEndARun()
    {
        Directory.CreateDirectory(Path.Combine(run.Folder, "loss.png"));
        var trained = ProgramRun.Good(run.Begin(epochs: 2));
        Assert.That(
            trained.ErrorLines,
            Has.Exactly(2).StartsWith(Path.Combine(run.Folder, "loss.png") + ": cannot be written"));
        Assert.That(run.Checkpoints, Has.Length.EqualTo(2));
    }

    [Test, Exhaustive]
    public void AnotherDeviceIsReported()
    {
        ProgramRun.Good(run.Begin(epochs: 1));
        var folder = new RunFolder(run.Folder);
        folder.WriteOptions(folder.ReadOptions() with { Devices = ["CPU, 2 threads, 64-bit vectors"] });
        var resumed = ProgramRun.Good(run.GoOn("--epochs", "2"));
        Assert.That(
            resumed.ErrorLines, Has.Exactly(1).Contains("was trained on CPU, 2 threads").And.Contains("bit for bit"));
        Assert.That(folder.ReadOptions().Devices, Has.Count.EqualTo(2));
        Assert.That(ProgramRun.Good(run.GoOn("--epochs", "3")).Error, Does.Not.Contain("bit for bit"));
    }

    [Test, Exhaustive]
    public void AnotherNumberOfThreadsIsNoOtherDevice()
    {
        ProgramRun.Good(run.Begin(epochs: 1, "--threads", "1"));
        Assert.That(
            ProgramRun.Good(run.GoOn("--epochs", "2", "--threads", "2")).Error, Does.Not.Contain("bit for bit"));
    }

    private static void Damage(string path, string damage)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        if (damage == "unchecked")
            // No checksum has that name any more.
            bytes["sha256"u8.Length + bytes.AsSpan().IndexOf("sha256"u8) - 1] ^= 1;
        File.WriteAllBytes(path, damage switch { "cut" => bytes[..^1], "empty" => [], _ => bytes });
    }
}
