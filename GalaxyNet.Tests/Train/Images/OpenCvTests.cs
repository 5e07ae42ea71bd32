using System.Security.Cryptography;
using System.Text.Json;

namespace GalaxyNet.Tests;

/// <summary>The parts of the crops against OpenCV 4.6, over many more shapes than the galaxies have.</summary>
[TestFixture]
internal sealed class OpenCvTests
{
    [TestCaseSource(nameof(Resizes))]
    public void ResizingIsOpenCvs(int width, int height, int channels, int size, string sha256)
    {
        var resized = AreaResize.Resize(Hashed(width, height, channels).Whole, size, size);
        Assert.That(Convert.ToHexStringLower(SHA256.HashData(resized.Pixels)), Is.EqualTo(sha256));
    }

    [TestCaseSource(nameof(Masks))]
    public void TheLargestContourIsOpenCvs(string[] mask, Box expected)
    {
        byte[] gray = [.. string.Concat(mask).Select(cell => (byte)(cell == '#' ? 1 : 0))];
        Assert.That(Contours.LargestBox(mask[0].Length, mask.Length, gray, threshold: 0), Is.EqualTo(expected));
    }

    private static IEnumerable<TestCaseData> Resizes() =>
        from golden in Read("resize.json")
        let numbers = new[] { "width", "height", "channels", "size" }
            .Select(name => golden.GetProperty(name).GetInt32())
        select new TestCaseData([.. numbers.Cast<object>(), golden.GetProperty("sha256").GetString()])
            .SetArgDisplayNames(string.Join('x', numbers.Take(3)), $"{numbers.Last()}");

    private static IEnumerable<TestCaseData> Masks() => Read("contours.json").Select((golden, number) =>
    {
        string[] mask = [.. golden.GetProperty("mask").EnumerateArray().Select(row => row.GetString()!)];
        int[] box = [.. golden.GetProperty("xywh").EnumerateArray().Select(value => value.GetInt32())];
        return new TestCaseData(mask, new Box(box[0], box[1], box[2], box[3])).SetArgDisplayNames($"mask {number}");
    });

    private static JsonElement[] Read(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Golden", "OpenCv", name);
        using var file = JsonDocument.Parse(File.ReadAllText(path));
        return [.. file.RootElement.EnumerateArray().Select(element => element.Clone())];
    }

    /// <summary>The image that the reference was made from: byte i is the top of a hash of i.</summary>
    private static Image Hashed(int width, int height, int channels)
    {
        var image = new Image(width, height, channels);
        for (uint i = 0; i < image.Pixels.Length; i++)
        {
            uint hash = i * 2654435761u;
            hash = (hash ^ (hash >> 15)) * 2246822519u;
            image.Pixels[i] = (byte)((hash ^ (hash >> 13)) >> 24);
        }
        return image;
    }
}
