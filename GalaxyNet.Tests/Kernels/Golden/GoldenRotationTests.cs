using System.Text.Json;

namespace GalaxyNet.Tests;

/// <summary>
/// What SciPy made of images, on every device and by the reference: those of <c>rotate.json</c> by a cubic spline, and
/// that of <c>bilinear.json</c> with <c>order=1</c>.
/// </summary>
[TestFixture]
internal sealed class GoldenRotationTests
{
    private const double CubicTolerance = 1e-4;
    private const double BilinearTolerance = 1e-6;
    private const double ReferenceTolerance = 1e-6; // SciPy's results are rounded to float32

    private static List<Rotated> Images => [.. CubicImages(), .. BilinearImages()];

    private static IEnumerable<TestCaseData> ImagesOnDevices() =>
        from device in TestDevices.Names
        from image in Images
        select new TestCaseData(device, image).SetArgDisplayNames(device, image.Name);

    [TestCaseSource(nameof(ImagesOnDevices))]
    public void TheImageAgrees(string device, Rotated image) => Assert.That(
        LargestDifference(image, OperationRunners.On(TestDevices.Get(device))),
        Is.LessThan(image.Order == 1 ? BilinearTolerance : CubicTolerance));

    [TestCaseSource(nameof(Images))]
    public void TheReferenceAgrees(Rotated image) =>
        Assert.That(LargestDifference(image, OperationRunners.Reference), Is.LessThan(ReferenceTolerance));

    [TestCaseSource(nameof(Images))]
    public void AWrongNumberIsFound(Rotated image)
    {
        var wrong = image with { Expected = [.. image.Expected.SkipLast(1), image.Expected[^1] + 0.001] };
        Assert.That(LargestDifference(wrong, OperationRunners.Reference), Is.GreaterThan(CubicTolerance));
    }

    // NaN where there is one.
    private static double LargestDifference(Rotated image, OperationRunner run)
    {
        double[] actual = run("affine_resampling", new NamedValues
        {
            { "order", image.Order },
            { "images", image.Shape, image.Levels },
            { "out_height", image.Shape[2] },
            { "out_width", image.Shape[3] },
            { "poses", [1, 7], [image.Degrees, 0, 1, 0, 0, 1, 0] },
        })["y"];
        Assert.That(actual, Has.Length.EqualTo(image.Expected.Length));
        return actual.Zip(image.Expected, (a, e) => Math.Abs(a - e)).Aggregate(0.0, Math.Max);
    }

    private static IEnumerable<Rotated> CubicImages()
    {
        foreach (var json in GoldenFolder.ReadJson("rotate.json").EnumerateArray())
        {
            string id = json.GetProperty("id").ToString();
            int degrees = json.GetProperty("angle_degrees").GetInt32();
            int[] shape = [.. json.GetProperty("shape_hwc").EnumerateArray().Select(extent => extent.GetInt32())];
            yield return new Rotated(
                $"{id} by {degrees} degrees",
                3,
                [1, shape[2], shape[0], shape[1]],
                Array.ConvertAll(Planes($"{id}.in.f32"), value => Math.Round(value * 255)),
                degrees,
                Planes($"{id}.rot{degrees}.f32"));

            // The files have the channels last.
            double[] Planes(string file) =>
            [
                .. from pixel in GoldenFolder.ReadFloats("rotate", file).Index()
                   orderby pixel.Index % shape[2]
                   select (double)pixel.Item,
            ];
        }
    }

    private static IEnumerable<Rotated> BilinearImages()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Golden", "SciPy", "bilinear.json");
        var json = JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;
        foreach (var rotated in json.GetProperty("rotated").EnumerateArray())
        {
            int degrees = rotated.GetProperty("angle_degrees").GetInt32();
            yield return new Rotated(
                $"bilinear by {degrees} degrees",
                1,
                [1, 1, json.GetProperty("height").GetInt32(), json.GetProperty("width").GetInt32()],
                Pixels(json),
                degrees,
                Pixels(rotated));
        }

        static double[] Pixels(JsonElement image) =>
            [.. image.GetProperty("pixels").EnumerateArray().Select(pixel => pixel.GetDouble())];
    }

    /// <summary>An image of bytes, and what SciPy made of it.</summary>
    internal sealed record Rotated(
        string Name, int Order, Shape Shape, double[] Levels, int Degrees, double[] Expected)
    {
        /// <inheritdoc/>
        public override string ToString() => Name;
    }
}
