using System.Reflection;
using System.Reflection.PortableExecutable;

namespace GalaxyNet.Tests;

/// <summary>The assemblies hold what a debugger needs, and builds of the same sources give the same bytes.</summary>
/// <remarks>That two builds do agree, and what else a package holds, is checked by <c>.ci/samples</c>.</remarks>
[TestFixture]
internal sealed class SymbolsTests
{
    /// <summary>Of the Portable PDB specification.</summary>
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    private static IEnumerable<Assembly> Packed =>
        [typeof(Tensor).Assembly, typeof(Sequential).Assembly, typeof(TrainProgram).Assembly];

    [TestCaseSource(nameof(Packed))]
    public void SymbolsAndSourcesAreInTheAssembly(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var entries = file.ReadDebugDirectory();
        Assert.That(entries.Select(entry => entry.Type), Does.Contain(DebugDirectoryEntryType.Reproducible));
        using var provider = file.ReadEmbeddedPortablePdbDebugDirectoryData(
            entries.Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb));
        var symbols = provider.GetMetadataReader();
        var documents = symbols.Documents.ToDictionary(
            document => symbols.GetString(symbols.GetDocument(document).Name),
            document => symbols.GetCustomDebugInformation(document)
                .Any(each => symbols.GetGuid(symbols.GetCustomDebugInformation(each).Kind) == EmbeddedSource));
        Assert.That(
            documents.Where(document => !document.Value).Select(document => document.Key),
            Is.Empty,
            "without their source");
        string[] written = [.. documents.Keys.Where(name => !name.Contains("/obj/", StringComparison.Ordinal))];
        Assert.That(written, Has.Length.GreaterThan(20));
    }

    [TestCaseSource(nameof(Packed))]
    public void TheDocumentationLiesBesideTheAssembly(Assembly assembly) =>
        Assert.That(File.ReadAllText(Path.ChangeExtension(assembly.Location, ".xml")), Does.Contain("<summary>"));
}
