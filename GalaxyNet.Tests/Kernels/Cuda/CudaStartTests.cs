namespace GalaxyNet.Tests;

/// <summary>What a program compiles is there at the next start, whatever the command.</summary>
[TestFixture]
internal sealed class CudaStartTests
{
    [Test, Exhaustive]
    public void AnotherCommandLoadsTheSameText()
    {
        using var cache = new TemporaryFolder();
        var first = ModulesOf(cache, "max_pool2d");
        string[] kept = Kept(cache);
        var second = ModulesOf(cache, "relu_max_pool2d"); // whose gradient goes the same way back
        Assert.That(kept, Has.Length.EqualTo(2));
        Assert.That(Kept(cache), Is.SupersetOf(kept));
        Assert.That(
            second.Keys, Is.EquivalentTo(["Kernel_max_pool2d_Backward", "Kernel_relu_max_pool2d_Forward"]));
        Assert.That(
            second["Kernel_max_pool2d_Backward"], Is.EqualTo(first["Kernel_max_pool2d_Backward"]));
    }

    [Test, Exhaustive]
    public void WhatIsKeptIsNotCompiledAgain()
    {
        using var cache = new TemporaryFolder();
        ModulesOf(cache, "relu");
        string file = Directory.GetFiles(cache.Root, "relu.Forward*", SearchOption.AllDirectories).Single();
        var written = File.GetLastWriteTimeUtc(file);
        ModulesOf(cache, "relu");
        Assert.That(File.GetLastWriteTimeUtc(file), Is.EqualTo(written));
        File.WriteAllText(file, "damaged");
        Assert.That(ModulesOf(cache, "relu"), Has.Count.EqualTo(2));
        Assert.That(File.ReadAllText(file), Does.Contain(".visible .entry Kernel_relu_Forward("));
    }

    [TestCase("/proc/none")]
    [TestCase("", Category = ExhaustiveAttribute.Name)]
    public void AFolderThatCannotBeWrittenIsNoFault(string folder)
    {
        using var machine = new StubMachine("h100") { CacheFolder = folder };
        var run = machine.Train("gradcheck", "--operation", "relu", "--device", "cuda");
        Assert.That(run.ErrorLines, Has.Length.EqualTo(1).And.Some.StartsWith("Checking gradients on NVIDIA"));
        Assert.That(machine.Kernels, Has.Length.EqualTo(2));
    }

    /// <summary>The kernels that a command loads, by the names of their entries, with their texts.</summary>
    private static Dictionary<string, string> ModulesOf(TemporaryFolder cache, string operation)
    {
        using var machine = new StubMachine("h100") { CacheFolder = cache.Root };
        machine.Train("gradcheck", "--operation", operation, "--elements", "1", "--device", "cuda");
        return machine.Kernels.ToDictionary(
            ptx => ptx.Split(".visible .entry ")[1].Split('(')[0], ptx => ptx);
    }

    private static string[] Kept(TemporaryFolder cache) =>
        Directory.GetFiles(cache.Root, "*", SearchOption.AllDirectories);
}
