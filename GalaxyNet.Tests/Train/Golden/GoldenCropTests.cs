using System.Text.Json;
using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>The crops against OpenCV's: of the same pixels, and of JPEGs, whose decoders differ a little.</summary>
[TestFixture]
internal sealed partial class GoldenCropTests
{
    private const int PixelDifference = 1;
    private const double JpegMeanDifference = 1.5;
    private const double JpegShare = 0.8;

    /// <summary>A crop that OpenCV made: its file, and how it was made.</summary>
    internal sealed record GoldenCrop(long Id, GalaxyCrop Crop, int Size, string Path)
    {
        public override string ToString() => $"{Id} {Crop.Name} {Size}";
    }

    private static IEnumerable<TestCaseData> Regions()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(GoldenFolder.Path("preprocess.json")));
        foreach (var element in file.RootElement.EnumerateArray())
        {
            long id = element.GetProperty("id").GetInt64();
            foreach (var crop in new[] { GalaxyCrop.Tight, GalaxyCrop.Wide })
            {
                int[] box =
                    [.. element.GetProperty($"{crop.Name}_roi_xywh").EnumerateArray().Select(v => v.GetInt32())];
                yield return new TestCaseData(id, crop, new Box(box[0], box[1], box[2], box[3]))
                    .SetArgDisplayNames($"{id}", crop.Name);
            }
        }
    }

    private static IEnumerable<GoldenCrop> Crops() =>
        from path in Directory.EnumerateFiles(GoldenFolder.Path("preprocess"), "*.png").Order()
        let name = CropName().Match(Path.GetFileName(path))
        where name.Success
        select new GoldenCrop(
            long.Parse(name.Groups["id"].Value),
            name.Groups["crop"].Value == "tight" ? GalaxyCrop.Tight : GalaxyCrop.Wide,
            int.Parse(name.Groups["size"].Value),
            path);

    [TestCaseSource(nameof(Regions))]
    public void TheRegionOfInterestIsOpenCvs(long id, GalaxyCrop crop, Box expected) =>
        Assert.That(crop.FindGalaxy(Decoded(id)), Is.EqualTo(expected));

    [TestCaseSource(nameof(Crops))]
    public void FromTheSamePixelsTheCropIsOpenCvs(GoldenCrop golden)
    {
        var crop = golden.Crop.Crop(Decoded(golden.Id), golden.Size)!;
        Assert.That(Differences(crop, golden).Max(), Is.LessThanOrEqualTo(PixelDifference));
    }

    [Test]
    public void FromJpegsMostCropsAreClose()
    {
        string folder = SampleFolder.Find("images_training_rev1");
        var goldens = Crops().Where(golden => File.Exists(JpegPath(folder, golden))).ToList();
        Assert.That(goldens, Is.Not.Empty);
        var means = goldens.ConvertAll(golden =>
            Differences(golden.Crop.Crop(ImageFile.Read(JpegPath(folder, golden)), golden.Size)!, golden).Average());
        double share = means.Count(mean => mean <= JpegMeanDifference) / (double)means.Count;
        Assert.That(share, Is.AtLeast(JpegShare));
    }

    private static IEnumerable<int> Differences(Image crop, GoldenCrop golden)
    {
        byte[] expected = Expected(golden);
        Assert.That(crop.Pixels, Has.Length.EqualTo(expected.Length));
        return crop.Pixels.Zip(expected, (ours, theirs) => Math.Abs(ours - theirs));
    }

    private static string JpegPath(string folder, GoldenCrop golden) => Path.Combine(folder, $"{golden.Id}.jpg");

    private static Image Decoded(long id) => ImageFile.Read(GoldenFolder.Path("preprocess", "decoded", $"{id}.png"));

    /// <summary>OpenCV's pixels; a gray image decodes to three equal channels, of which one is taken.</summary>
    private static byte[] Expected(GoldenCrop golden)
    {
        byte[] rgb = ImageFile.Read(golden.Path).Pixels;
        return golden.Crop.Channels == 3 ? rgb : [.. rgb.Where((_, i) => i % 3 == 0)];
    }

    [GeneratedRegex(@"^(?<id>\d+)\.(?<crop>tight|wide)\.(?<size>\d+)\.png$")]
    private static partial Regex CropName();
}
