using System.IO.Compression;
using System.Text;

namespace GalaxyNet.Tests;

/// <summary>Files of other kinds under the name of weights: one line says what they are and what to do.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ForeignFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // As bytes, one character each.
    [TestCase("", "is empty: save or copy it again")]
    [TestCase("\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.", "is a PyTorch file: save it with")]
    [TestCase("\u0080\u0002}q\0X\u0001\0\0\0aq\u0001", "is a Python pickle, as PyTorch writes: save it with")]
    [TestCase("\u0080\u0004\u0095\u0014\0\0\0\0\0\0\0}", "is a Python pickle")]
    [TestCase("\u0089HDF\r\n\u001a\n\0\0\0\0\0", "is an HDF5 file, as Keras writes: convert it")]
    [TestCase("GGUF\u0003\0\0\0\u0001\0\0\0", "is a GGUF file: convert it")]
    [TestCase("\u0093NUMPY\u0001\0v\0{'descr'", "is a NumPy file: convert it")]
    [TestCase("\u0008\u0008\u0012\u0007pytorch\u001a\u0005", "is an ONNX file: convert it")]
    [TestCase("\u001f\u008b\u0008\0\0\0\0\0\0\u0003abc", "is packed with gzip: unpack it")]
    [TestCase("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "run git lfs pull")]
    [TestCase("\u00ef\u00bb\u00bf<!DOCTYPE html>\n<html>", "is a web page: download the file itself")]
    [TestCase("\n <html>", "is a web page")]
    [TestCase("{\"metadata\": {\"total_size\": 1}, \"weight_map\": {}}", "is JSON, perhaps a list of files")]
    [TestCase("Not found\r\n", "is a text, perhaps of an error: download the file itself")]
    [TestCase("PK\u0003\u0004", "is a zip archive")]
    public void ItIsSaidWhatItIs(string content, string what) => AssertSaid(Encoding.Latin1.GetBytes(content), what);

    [TestCase("archive/data.pkl", "is a PyTorch file: save it with safetensors.torch.save_file(model.state_dict()")]
    [TestCase("scripted/data/0", "is a PyTorch file")]
    [TestCase("fc1.npy", "is a NumPy file")]
    [TestCase("weights.safetensors", "is a zip archive: unpack it")]
    public void AZipArchiveIsToldByTheFirstFileInIt(string first, string what)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (string name in new[] { first, "archive/version" })
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(new byte[100]);
            }
        }
        AssertSaid(stream.ToArray(), what);
    }

    /// <summary>A header can be as long as the first bytes of a pickle say, or of a web page.</summary>
    [TestCase(0x950480, "{broken")]
    [TestCase(0x63_02_80, "")]
    [TestCase('<', "broken")]
    [TestCase('{', "broken")]
    [TestCase(0, "\0\0")]
    public void ADamagedSafetensorsFileIsNotTakenForAnother(int length, string header) => AssertSaid(
        [.. BitConverter.GetBytes((long)length), .. Encoding.UTF8.GetBytes(header)],
        "is not a usable safetensors file: ");

    [Test]
    public void FoldersAndMissingFilesAreNoneOfThese()
    {
        Assert.That(
            () => Safetensors.Open(folder.Root), Throws.InstanceOf<IOException>().With.Message.Contains("folder"));
        Assert.That(() => Safetensors.Open(folder.Path("none")), Throws.InstanceOf<IOException>());
    }

    private void AssertSaid(byte[] bytes, string what)
    {
        string path = folder.Path("weights.safetensors");
        File.WriteAllBytes(path, bytes);
        Assert.That(
            () => Safetensors.Open(path),
            Throws.InstanceOf<InvalidDataException>().With.Message.StartsWith($"{path} ").And.Message.Contains(what));
    }
}
