using ScottPlot;
using Image = GalaxyNet.Train.Image;

namespace GalaxyNet.Tests;

/// <summary>What is drawn is where it was put, in its colors.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SheetTests : IDisposable
{
    private static readonly byte[] White = [255, 255, 255];

    private readonly TemporaryFolder folder = new();
    private readonly Sheet sheet = new(200, 100);

    public void Dispose()
    {
        sheet.Dispose();
        folder.Dispose();
    }

    [Test]
    public void AnImageKeepsItsPixels()
    {
        byte[] pixels = [255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30];
        sheet.Draw(new Image(2, 2, 3, pixels), x: 120, y: 10, side: 40);
        var drawn = Save();
        Assert.Multiple(() =>
        {
            Assert.That((drawn.Width, drawn.Height), Is.EqualTo((200, 100)));
            Assert.That(Pixel(drawn, 125, 15), Is.EqualTo(pixels[..3]));
            Assert.That(Pixel(drawn, 155, 15), Is.EqualTo(pixels[3..6]));
            Assert.That(Pixel(drawn, 125, 45), Is.EqualTo(pixels[6..9]));
            Assert.That(Pixel(drawn, 155, 45), Is.EqualTo(pixels[9..]));
            Assert.That(Pixel(drawn, 115, 15), Is.EqualTo(White));
            Assert.That(Pixel(drawn, 155, 55), Is.EqualTo(White));
        });
    }

    [Test]
    public void AGrayImageIsGray()
    {
        sheet.Draw(new Image(1, 1, 1, [77]), x: 0, y: 0, side: 50);
        Assert.That(Pixel(Save(), 25, 25), Is.EqualTo(new byte[] { 77, 77, 77 }));
    }

    [Test]
    public void WordsAreWrittenInTheProgramsOwnFont()
    {
        sheet.Write("galaxy", 10, 10, 20, Alignment.UpperLeft);
        var drawn = Save();
        Assert.That(InkIn(drawn, 0, 0, 100, 40), Is.GreaterThan(100));
        Assert.That(InkIn(drawn, 0, 40, 200, 100) + InkIn(drawn, 100, 0, 200, 40), Is.Zero);
        Assert.That(Fonts.FontResolvers[0], Is.TypeOf<FigureFont>());
        Assert.That(
            Fonts.GetTypeface(FigureFont.Name, bold: false, italic: false).FamilyName, Is.EqualTo(FigureFont.Name));
    }

    [Test]
    public void AMatrixGoesFromBlueToRedAndHasNumbers()
    {
        var panel = new HeatmapPanel(CellSide: 40, NumberSize: 12, NumberFormat: "0.00", NameSize: 10);
        panel.Draw(sheet, new double[,] { { 1, -1 }, { double.NaN, 0 } }, ["a", "b"], x: 100, y: 5);
        var drawn = Save();
        Assert.Multiple(() =>
        {
            Assert.That(Pixel(drawn, 103, 8), Is.EqualTo(new byte[] { 0x67, 0, 0x1f }));
            Assert.That(Pixel(drawn, 177, 8), Is.EqualTo(new byte[] { 0x05, 0x30, 0x61 }));
            Assert.That(Pixel(drawn, 103, 82), Is.EqualTo(new byte[] { 211, 211, 211 }));
            Assert.That(Pixel(drawn, 177, 82), Is.EqualTo(new byte[] { 0xf7, 0xf7, 0xf7 }));
            Assert.That(ColorsIn(drawn, 104, 48, 136, 82), Is.EqualTo(1), "NaN has none.");
            Assert.That(ColorsIn(drawn, 144, 8, 176, 42), Is.GreaterThan(1), "A number has one.");
        });
    }

    /// <summary>Whatever else a matrix holds, a number has the same color in all of them.</summary>
    [TestCase(0.26)]
    [TestCase(-0.03)]
    public void ACorrelationHasOneColorInEveryMatrix(double correlation)
    {
        var panel = new HeatmapPanel(CellSide: 40, NumberSize: 12, NumberFormat: "0.00", NameSize: 10);
        panel.Draw(sheet, new[,] { { correlation, 1 }, { -1, correlation } }, ["a", "b"], x: 20, y: 5);
        panel.Draw(sheet, new[,] { { correlation } }, ["a"], x: 120, y: 5);
        var drawn = Save();
        Assert.That(Pixel(drawn, 123, 8), Is.EqualTo(Pixel(drawn, 23, 8)));
        Assert.That(Pixel(drawn, 23, 8), Is.Not.EqualTo(Pixel(drawn, 63, 8)).And.Not.EqualTo(Pixel(drawn, 23, 48)));
    }

    [Test]
    public void TheBarShowsAllColorsFromOneEndToTheOther()
    {
        DivergingColors.DrawBar(sheet, x: 20, y: 10, width: 160, height: 20, fontSize: 12);
        var drawn = Save();
        Assert.That(Pixel(drawn, 21, 20), Is.EqualTo(new byte[] { 0x05, 0x30, 0x61 }).Within(8));
        Assert.That(Pixel(drawn, 100, 20), Is.EqualTo(new byte[] { 0xf7, 0xf7, 0xf7 }).Within(8));
        Assert.That(Pixel(drawn, 178, 20), Is.EqualTo(new byte[] { 0x67, 0, 0x1f }).Within(8));
        Assert.That(InkIn(drawn, 0, 32, 200, 60), Is.GreaterThan(20), "its numbers");
    }

    private Image Save()
    {
        string path = folder.Path("sheet.png");
        sheet.Save(path);
        return ImageFile.Read(path);
    }

    private static byte[] Pixel(Image image, int x, int y) => image.Row(y).Slice(3 * x, 3).ToArray();

    private static int InkIn(Image image, int left, int top, int right, int bottom) =>
        Pixels(image, left, top, right, bottom).Count(pixel => pixel[0] < 128);

    private static int ColorsIn(Image image, int left, int top, int right, int bottom) =>
        Pixels(image, left, top, right, bottom).Select(Convert.ToHexString).Distinct().Count();

    private static IEnumerable<byte[]> Pixels(Image image, int left, int top, int right, int bottom) =>
        from y in Enumerable.Range(top, bottom - top)
        from x in Enumerable.Range(left, right - left)
        select Pixel(image, x, y);
}
