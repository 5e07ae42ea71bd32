using System.Text.Json;
using GalaxyNet.Kernels;

namespace GalaxyNet.Tests;

/// <summary>The images of <c>rotate.json</c>, which SciPy rotated, on every device.</summary>
[TestFixture]
internal sealed class GoldenRotationTests
{
    private const float Tolerance = 1e-4f;

    private static IEnumerable<TestCaseData> CasesOnDevices() =>
        from device in TestDevices.Names
        from image in Read()
        select new TestCaseData(device, image).SetArgDisplayNames(device, image.ToString());

    [TestCaseSource(nameof(CasesOnDevices))]
    public void TheImageAgrees(string device, Image image) =>
        Assert.That(LargestDifference(image.RotateOn(TestDevices.Get(device)), image.Rotated), Is.LessThan(Tolerance));

    [Test]
    public void AWrongNumberIsFound()
    {
        var image = Read()[0];
        float[] rotated = image.RotateOn(TestDevices.Get("cpu-512"));
        rotated[^1] += 0.001f;
        Assert.That(LargestDifference(rotated, image.Rotated), Is.GreaterThan(Tolerance));
    }

    private static List<Image> Read()
    {
        var images = GoldenFolder.ReadJson("rotate.json").EnumerateArray().Select(json => new Image(json)).ToList();
        return images.Count > 0 ? images : throw new InvalidDataException("rotate.json has no images.");
    }

    // NaN where there is one.
    private static float LargestDifference(float[] actual, float[] expected)
    {
        Assert.That(actual, Has.Length.EqualTo(expected.Length));
        return actual.Zip(expected, (a, e) => MathF.Abs(a - e)).Aggregate(0f, MathF.Max);
    }

    /// <summary>An image and what SciPy made of it, both [height, width, channels].</summary>
    internal sealed class Image
    {
        private readonly string id;
        private readonly int angle;
        private readonly int height;
        private readonly int width;
        private readonly int channels;

        public Image(JsonElement json)
        {
            id = json.GetProperty("id").ToString();
            angle = json.GetProperty("angle_degrees").GetInt32();
            int[] shape = [.. json.GetProperty("shape_hwc").EnumerateArray().Select(extent => extent.GetInt32())];
            (height, width, channels) = (shape[0], shape[1], shape[2]);
        }

        public float[] Rotated => GoldenFolder.ReadFloats("rotate", $"{id}.rot{angle}.f32");

        /// <summary>Rotates the image, and puts the result into the golden order.</summary>
        public float[] RotateOn(Device device)
        {
            using var rotation = new Rotation(device);
            using var images = device.AllocateBuffer<byte>(ReadBytes());
            using var orientations = device.AllocateBuffer<Orientation>([new Orientation(angle)]);
            using var output = device.Allocate([1, channels, height, width]);
            rotation.Forward(images, orientations, output);
            float[] planes = output.ToArray();
            return [.. Enumerable.Range(0, planes.Length).Select(i => planes[PlanarIndex(i)])];
        }

        /// <inheritdoc/>
        public override string ToString() => $"{id} by {angle} degrees";

        private byte[] ReadBytes()
        {
            float[] pixels = GoldenFolder.ReadFloats("rotate", $"{id}.in.f32");
            var bytes = new byte[height * width * channels];
            Assert.That(pixels, Has.Length.EqualTo(bytes.Length));
            for (int i = 0; i < pixels.Length; i++)
            {
                bytes[PlanarIndex(i)] = (byte)MathF.Round(pixels[i] * 255f);
                Assert.That(bytes[PlanarIndex(i)] / 255f, Is.EqualTo(pixels[i]).Within(1e-6f), "The input is not of bytes.");
            }
            return bytes;
        }

        private int PlanarIndex(int i) => (i % channels * height * width) + (i / channels);
    }
}
