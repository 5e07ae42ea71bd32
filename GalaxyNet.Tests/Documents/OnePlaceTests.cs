using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>What must hold everywhere is done in one place, and new code cannot go round it.</summary>
[TestFixture]
internal sealed class OnePlaceTests
{
    [TestCase(
        "a number is read by Number",
        @"\b(byte|short|int|uint|long|ulong|float|double|decimal|T)\.(Try)?Parse\(",
        "Number.cs")]
    [TestCase(
        "a file is written by OutputFile or AtomicFile",
        @"\bFile\.(Create|CreateText|WriteAll\w+|AppendAll\w+|OpenWrite|Move|Copy|Replace)\("
            + @"|FileMode\.(Create|CreateNew|OpenOrCreate|Append|Truncate)\b",
        "AtomicFile.cs", // the place
        "GrowingFile.cs", // one that others read while it grows
        "RunLock.cs", // an empty file that is only locked
        "CacheFiles.cs", // in the user's cache, under names of its own
        "CudaTools.cs")] // in a temporary folder
    [TestCase("a line is told by Terminal", @"\bConsole\.(Out|Error|Write|WriteLine)\b", "Program.cs")]
    [TestCase(
        "a file is opened by RegularFile, which does not wait for a pipe",
        @"\bFile\.(OpenRead|OpenText|Open|ReadAll\w+|ReadLines)\(|FileMode\.Open\b",
        "RegularFile.cs", "WriteTarget.cs", "AtomicFile.cs",
        "KernelCache.cs", // in the user's cache
        "HostMemory.cs", // of the system's
        "CoreList.cs")] // likewise
    public void ThereIsOnePlace(string rule, string pattern, params string[] places)
    {
        string[] parts =
            ["GalaxyNet.Train", "GalaxyNet.Layers", "GalaxyNet.Benchmarks", "GalaxyNet.Kernels", "exercises/Checker"];
        var found =
            from part in pattern.Contains("Parse", StringComparison.Ordinal) ? parts[..2] : parts
            from path in Directory.EnumerateFiles(Repository.Path(part), "*.cs", SearchOption.AllDirectories)
            where !path.Split(Path.DirectorySeparatorChar).Contains("obj")
            where !places.Contains(Path.GetFileName(path))
            from line in File.ReadLines(path)
            where Regex.IsMatch(line, pattern)
            select $"{Path.GetFileName(path)}: {line.Trim()}";
        Assert.That(found, Is.Empty, $"The rule is that {rule}.");
    }
}
