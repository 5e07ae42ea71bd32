using System.Diagnostics;

namespace GalaxyNet.Tests;

/// <summary>
/// What a package offers stands in its PublicAPI files, and a build that offers anything else fails: nothing that a
/// user's program calls goes or changes unseen, and nothing is promised unseen.
/// </summary>
[TestFixture]
[Exhaustive]
internal sealed class PublicApiTests
{
    private const string Project = "GalaxyNet.Kernels";

    [Test]
    public void ABuildFailsWhereAPublicMemberIsAddedRemovedOrChanged()
    {
        using var copy = new TemporaryFolder();
        foreach (string path in SourcePaths())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(copy.Path(path))!);
            File.Copy(Repository.Path(path), copy.Path(path));
        }
        Change(copy, "Tensors/Tensor.cs", "public float[] ToArray()", "public float[] ToNewArray()");
        Change(copy, "Operations/Adam/Adam.cs", "float beta2 = 0.999f", "float beta2 = 0.99f");

        string output = Build(copy.Path(Project));
        Assert.Multiple(() =>
        {
            Assert.That(output, Does.Contain("error RS0016: Symbol 'GalaxyNet.Kernels.Tensor.ToNewArray()"));
            Assert.That(output, Does.Contain("error RS0017: Symbol 'GalaxyNet.Kernels.Tensor.ToArray()"));
            Assert.That(output, Does.Match("error RS0017: Symbol 'GalaxyNet.Kernels.Adam.Adam.*beta2 = 0.999"));
        });
    }

    /// <summary>The project's files, and the build's in the root of the repository, as paths from there.</summary>
    private static IEnumerable<string> SourcePaths()
    {
        string root = Repository.Path();
        return Directory.EnumerateFiles(Repository.Path(Project), "*", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(root, "Directory.*"))
            .Append(Repository.Path("global.json"))
            .Select(path => Path.GetRelativePath(root, path))
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(name => name is "bin" or "obj"));
    }

    private static void Change(TemporaryFolder copy, string file, string old, string changed)
    {
        string path = copy.Path([Project, .. file.Split('/')]);
        string text = File.ReadAllText(path);
        Assert.That(text, Does.Contain(old));
        File.WriteAllText(path, text.Replace(old, changed, StringComparison.Ordinal));
    }

    private static string Build(string folder)
    {
        // No compiler and no node is to outlive the test.
        string[] arguments = ["build", folder, "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false"];
        using var build = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        string output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        Assert.That(build.ExitCode, Is.EqualTo(1), output);
        return output;
    }
}
