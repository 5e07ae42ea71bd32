namespace GalaxyNet.Tests;

/// <summary>
/// The icon of the packages is a galaxy that the demo's painter draws. With <c>GALAXYNET_DRAW_ICON=1</c> it is drawn
/// anew.
/// </summary>
[TestFixture]
internal sealed class IconTests
{
    private const int Side = 128; // what NuGet asks for
    private const int MostDifference = 2; // the painter's exponentials differ in their last bit from system to system
    private const int Seed = 6;

    /// <summary>Large and bright, with two arms: it is also shown in 32 pixels.</summary>
    private static readonly GalaxyTraits Spiral = new()
    {
        Radius = 170,
        Angle = 0.6f,
        AxisRatio = 0.9f,
        Disk = 1,
        Arms = 1,
        Pitch = 20,
        Bulge = 0.6f,
        Blueness = 0.9f,
    };

    private static string IconPath => Repository.Path("docs", "images", "icon.png");

    [Test]
    public void TheIconIsWhatThePainterDraws()
    {
        var drawn = Draw();
        if (Environment.GetEnvironmentVariable("GALAXYNET_DRAW_ICON") == "1")
            ImageFile.WritePng(IconPath, drawn);
        var icon = ImageFile.Read(IconPath);
        Assert.That((icon.Width, icon.Height), Is.EqualTo((Side, Side)));
        int difference = icon.Pixels.Zip(drawn.Pixels, (one, other) => Math.Abs(one - other)).Max();
        Assert.That(difference, Is.AtMost(MostDifference));
    }

    private static Image Draw()
    {
        var sky = GalaxyPainter.Paint(Spiral, new Random(Seed));
        int margin = (sky.Width - (2 * Side)) / 2;
        return AreaResize.Resize(sky.Part(new Box(margin, margin, 2 * Side, 2 * Side)), Side, Side);
    }
}
