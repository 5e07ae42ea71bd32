using System.Text;

namespace GalaxyNet.Tests;

/// <summary>Files under an image's name that are none are called by what they are.</summary>
[TestFixture]
internal sealed class FileKindTests
{
    // Each character is a byte; the rest of such a file is not looked at.
    [TestCase("RIFF\u0010\u0020\0\0WEBPVP8 ", "a WebP image", "save it as a JPEG or a PNG")]
    [TestCase("GIF89a\u0020\0", "a GIF image", "save it as a JPEG or a PNG")]
    [TestCase("BM\u0036\u0010\u000e\0\0\0\0\0\u0036\0\0\0(\0\0\0", "a BMP image", "save it as a JPEG or a PNG")]
    [TestCase("II*\0\u0008\0\0\0", "a TIFF image", "save it as a JPEG or a PNG")]
    [TestCase("MM\0*\0\0\0\u0008", "a TIFF image", "save it as a JPEG or a PNG")]
    [TestCase("II+\0\u0008\0\0\0", "a TIFF image", "save it as a JPEG or a PNG")]
    [TestCase("\0\0\0\u0018ftypheic\0\0\0\0", "a HEIC image", "save it as a JPEG or a PNG")]
    [TestCase("\0\0\0\u0018ftypmif1\0\0\0\0", "a HEIC image", "save it as a JPEG or a PNG")]
    [TestCase("\0\0\0\u0020ftypavif\0\0\0\0", "an AVIF image", "save it as a JPEG or a PNG")]
    [TestCase("\0\0\0\u0020ftypmp42\0\0\0\0", "a film (MP4)", "save it as a JPEG or a PNG")]
    [TestCase("\0\0\0\u000cjP  \r\n\u0087\n", "a JPEG 2000 image", "save it as a JPEG or a PNG")]
    [TestCase("\u00ff\u004f\u00ff\u0051\0", "a JPEG 2000 image", "save it as a JPEG or a PNG")]
    [TestCase("\0\0\0\u000cJXL \r\n\u0087\n", "a JPEG XL image", "save it as a JPEG or a PNG")]
    [TestCase("\u00ff\u000a\0", "a JPEG XL image", "save it as a JPEG or a PNG")]
    [TestCase("<!DOCTYPE html><title>Sign in", "a web page (HTML)", "download the image itself, signed in")]
    [TestCase("\u00ef\u00bb\u00bf\r\n  <HTML lang=en>", "a web page (HTML)", "download the image itself, signed in")]
    [TestCase("<?xml version='1.0'?>\n<html>", "a web page (HTML)", "download the image itself, signed in")]
    [TestCase("<?xml version='1.0'?>\n<Error>", "an XML text", "download the image itself, signed in")]
    [TestCase("<svg width='5'>", "an SVG drawing", "save it as a JPEG or a PNG")]
    [TestCase("{\"error\":", "a JSON text", "download the image itself, signed in")]
    [TestCase("version https://git-lfs.github.com/spec/v1\noid", "a Git LFS pointer", "git lfs pull")]
    [TestCase("/annex/objects/SHA256E-s5--0.jpg\n", "a git-annex pointer", "git annex get")]
    [TestCase("PK\u0003\u0004\u0014\0", "a zip archive", "unpack it")]
    [TestCase("PK\u0005\u0006\0\0", "an empty zip archive", "download the image itself")]
    [TestCase("BZh91AY", "a bzip2 file", "unpack it")]
    [TestCase("\u00fd7zXZ\0", "an xz file", "unpack it")]
    [TestCase("\u0089PNG\n\u001a\n\0", "a PNG image that was copied as text", "download the image itself")]
    [TestCase("\0\u0005\u0016\u0007\0\u0002", "an AppleDouble file of macOS", "the file of this name without ._")]
    [TestCase("%PDF-1.7", "a PDF document", "save it as a JPEG or a PNG")]
    public void AnImageThatIsSomethingElseIsNamed(string start, string name, string remedy)
    {
        byte[] file = Encoding.Latin1.GetBytes(start);
        Assert.That(FileKind.NameOf(file), Is.EqualTo(name));
        Assert.That(
            () => new ImageDecoder().Decode(file, "1.jpg"),
            Throws.TypeOf<UserErrorException>()
                .With.Message.StartsWith($"1.jpg: is {name}, and no JPEG, PNG or FITS image: ")
                .And.Message.Contains(remedy));
    }

    [TestCase("\u00ff\u00d8\u00ff\u00e0", "a JPEG image")]
    [TestCase("\u0089PNG\r\n\u001a\n", "a PNG image")]
    [TestCase("SIMPLE  =   ", "a FITS image")]
    [TestCase("\u001f\u008b\u0008\0", "a gzip file")]
    [TestCase("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", "a document of an old Office program")]
    [TestCase("PAR1\u0015", "a Parquet table")]
    public void WhatMayBeThereInPlaceOfATableIsNamedToo(string start, string name) =>
        Assert.That(FileKind.NameOf(Encoding.Latin1.GetBytes(start)), Is.EqualTo(name));

    [Test]
    public void AWorkbookIsToldFromOtherArchives()
    {
        Assert.That(
            FileKind.NameOf(Zip("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml")),
            Is.EqualTo("an Excel workbook"));
        Assert.That(FileKind.NameOf(Zip("[Content_Types].xml", "word/document.xml")), Is.EqualTo("a zip archive"));
        Assert.That(FileKind.NameOf([.. new byte[257], .. "ustar"u8]), Is.EqualTo("a tar archive"));
    }

    [TestCase("")]
    [TestCase("GalaxyID,Class1.1\n100008,0.38")]
    [TestCase("BM,1,2,3,4,5,6,7,8,9,10")]
    [TestCase("PK,1")]
    [TestCase("\u00ff")]
    [TestCase("no image")]
    public void WhatIsUnknownHasNoName(string start) =>
        Assert.That(FileKind.NameOf(Encoding.Latin1.GetBytes(start)), Is.Null);

    private static byte[] Zip(params string[] names)
    {
        using var zip = new MemoryStream();
        using (var archive = new System.IO.Compression.ZipArchive(zip, System.IO.Compression.ZipArchiveMode.Create))
        {
            foreach (string name in names)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write("<a/>"u8);
            }
        }
        return zip.ToArray();
    }
}
