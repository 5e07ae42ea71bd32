using System.Text.Json;

namespace GalaxyNet.Tests;

/// <summary>
/// Odd files of few pixels as the <c>imread</c> of OpenCV 4.10 (libjpeg-turbo 2.1.5, libpng 1.6.47) reads them: colors,
/// channels, orientations, scans, subsampling, depths, palettes, transparency.
/// </summary>
[TestFixture]
internal sealed class OpenCvImageTests
{
    private const int MostDifference = 3; // of a JPEG; OpenCV rounds in other places

    [TestCaseSource(nameof(Files))]
    public void PixelsAreOpenCvs(string name, byte[] file, int width, int height, byte[] expected)
    {
        var image = new ImageDecoder().Decode(file, name);
        Assert.That((image.Width, image.Height), Is.EqualTo((width, height)));
        int difference = image.Pixels.Zip(expected, (a, b) => Math.Abs(a - b)).Max();
        Assert.That(difference, Is.LessThanOrEqualTo(JpegCheck.IsJpeg(file) ? MostDifference : 0));
    }

    private static IEnumerable<TestCaseData> Files()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Golden", "OpenCv", "images.json");
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        foreach (var element in json.RootElement.EnumerateArray())
        {
            string name = element.GetProperty("name").GetString()!;
            yield return new TestCaseData(
                name,
                element.GetProperty("file").GetBytesFromBase64(),
                element.GetProperty("width").GetInt32(),
                element.GetProperty("height").GetInt32(),
                element.GetProperty("rgb").GetBytesFromBase64()).SetArgDisplayNames(name);
        }
    }
}
