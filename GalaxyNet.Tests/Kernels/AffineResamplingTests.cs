namespace GalaxyNet.Tests;

/// <summary>What must be exact in a resampling, and what is refused; SciPy's numbers are in the golden tests.</summary>
[TestFixture]
internal sealed class AffineResamplingTests
{
    private static readonly Shape Square = [2, 3, 5, 5];

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void NoRotationIsThePlainConversion(string device)
    {
        float[] converted = Run(device, Square, (resampling, images, _, output) => resampling.Convert(images, output));
        Assert.That(Rotate(device, Square, 0), Is.EqualTo(converted));
        Assert.That(Rotate(device, Square, 360), Is.EqualTo(converted));
        Assert.That(converted, Is.EqualTo(Array.ConvertAll(Bytes(Square), value => value / 255f)).Within(1e-7f));
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void QuarterRotationsOnlyMovePixels(string device)
    {
        float[] image = Rotate(device, Square, 0);
        Assert.That(Rotate(device, Square, 90), Is.EqualTo(Moved(image, (i, j) => (j, 4 - i))));
        Assert.That(Rotate(device, Square, 180), Is.EqualTo(Moved(image, (i, j) => (4 - i, 4 - j))));
        Assert.That(Rotate(device, Square, -90), Is.EqualTo(Moved(image, (i, j) => (4 - j, i))));
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void MirroredQuarterRotationsOnlyMovePixels(string device)
    {
        float[] image = Rotate(device, Square, 0);
        Assert.That(Rotate(device, Square, 0, isMirrored: true), Is.EqualTo(Moved(image, (i, j) => (i, 4 - j))));
        Assert.That(Rotate(device, Square, 90, isMirrored: true), Is.EqualTo(Moved(image, (i, j) => (j, i))));
        Assert.That(Rotate(device, Square, 180, isMirrored: true), Is.EqualTo(Moved(image, (i, j) => (4 - i, j))));
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void TheMirrorComesBeforeTheRotation(string device)
    {
        float[] rotatedBack = Rotate(device, Square, -33);
        Assert.That(
            Rotate(device, Square, 33, isMirrored: true),
            Is.EqualTo(Moved(rotatedBack, (i, j) => (i, 4 - j))).Within(1e-5f));
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void BilinearQuarterRotationsMoveTheSamePixels(string device)
    {
        foreach (int degrees in new[] { 0, 90, 180, 270 })
        {
            foreach (bool isMirrored in new[] { false, true })
                Assert.That(
                    Rotate(device, Square, degrees, isMirrored, Interpolation.Bilinear),
                    Is.EqualTo(Rotate(device, Square, degrees, isMirrored)));
        }
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void WhatComesFromOutsideIsZero(string device)
    {
        float[] rotated = Rotate(device, [1, 1, 4, 4], 45);
        Assert.That(new[] { rotated[0], rotated[3], rotated[12], rotated[15] }, Is.All.EqualTo(0f));
        Assert.That(rotated[5], Is.Not.EqualTo(0f));
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void EveryImageHasItsOwnRotation(string device)
    {
        float[] both = Run(device, Square, (resampling, images, poses, output) =>
        {
            poses.CopyFrom([new Pose(30), new Pose(77, isMirrored: true)]);
            resampling.Forward(images, Square, poses, output);
        });
        int half = Square.Count / 2;
        Assert.That(both[..half], Is.EqualTo(Rotate(device, Square, 30)[..half]));
        Assert.That(both[half..], Is.EqualTo(Rotate(device, Square, 77, isMirrored: true)[half..]));
    }

    [Test]
    public void TooFewBytesAreRefused()
    {
        var device = TestDevices.Get("cpu-512");
        using var resampling = new AffineResampling(device);
        using var images = device.AllocateBuffer<byte>(3);
        using var output = device.Allocate([1, 1, 2, 2]);
        Assert.That(
            () => resampling.Convert(images, output),
            Throws.ArgumentException.With.Message.Contains("images has 3 elements, but the operation needs 4"));
    }

    private static byte[] Bytes(Shape shape) =>
        Array.ConvertAll(Values.Uniform(shape, 5), u => (byte)((u + 0.5f) * 256f));

    private static float[] Rotate(
        string device, Shape shape, int degrees, bool isMirrored = false, Interpolation interpolation = default) =>
        Run(
            device,
            shape,
            (resampling, images, poses, output) =>
            {
                poses.CopyFrom([.. Enumerable.Repeat(new Pose(degrees, isMirrored), shape[0])]);
                resampling.Forward(images, shape, poses, output);
            },
            interpolation);

    private static float[] Run(
        string name,
        Shape shape,
        Action<AffineResampling, DeviceBuffer<byte>, DeviceBuffer<Pose>, Tensor> run,
        Interpolation interpolation = default)
    {
        var device = TestDevices.Get(name);
        using var resampling = new AffineResampling(device, interpolation);
        using var images = device.AllocateBuffer<byte>(Bytes(shape));
        using var poses = device.AllocateBuffer<Pose>(shape[0]);
        using var output = device.Allocate(shape);
        run(resampling, images, poses, output);
        return output.ToArray();
    }

    // What each pixel of a 5x5 plane shows: the one at the coordinates that the function gives.
    private static float[] Moved(float[] image, Func<int, int, (int Row, int Column)> from)
    {
        var moved = new float[image.Length];
        for (int k = 0; k < moved.Length; k++)
        {
            var (row, column) = from(k / 5 % 5, k % 5);
            moved[k] = image[(k / 25 * 25) + (row * 5) + column];
        }
        return moved;
    }
}
