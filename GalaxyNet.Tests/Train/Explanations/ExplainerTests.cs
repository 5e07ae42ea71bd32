namespace GalaxyNet.Tests;

/// <summary>Networks made up here, that look where they are told to.</summary>
[TestFixture]
internal sealed class ExplainerTests
{
    private const int Side = 16;
    private const int Looked = (2 * Side) + 2; // the pixel whose brightness is the answer "smooth"
    private const int Places = 15 * 15;

    private static readonly Shape Input = [1, Side, Side];
    private static readonly byte[] Pixels =
        [.. Enumerable.Range(0, Input.Count).Select(i => (byte)(i == Looked ? 200 : 100))];

    /// <summary>The places with the pixel (2, 2) under the patch of 2 x 2 pixels that moves by one.</summary>
    private static readonly int[] PlacesThatMatter = [16, 17, 31, 32];

    [Test]
    public void TheNetworkLooksWhereItLooks()
    {
        var explainer = new Explainer([SightOf(Pixels)], [Answer(0.8f)], most: 1);
        Ask(explainer, SightOf(Pixels), Brightness);
        var explanation = explainer.Explain().Single();
        Assert.That(Touched(explanation.Look), Is.EqualTo(PlacesThatMatter));
        Assert.That(explanation.Answers[0].Agreeing, Is.EqualTo(Explainer.ViewCount));
        Assert.That(explanation.Look.Run, Is.Null);
        Assert.That(explainer.Predicted, Is.EqualTo(16 + 1 + Places));
    }

    [Test]
    public void OfALargerCropTheMiddleIsCoveredAndShown()
    {
        var larger = new byte[24 * 24];
        larger.AsSpan().Fill(100);
        larger[((4 + 2) * 24) + 4 + 2] = 200;
        var sight = new Sight("a", new SeenImages(new ImageBlock(larger, [1, 24, 24]), [0]), Input);
        Assert.That(sight.Middle(0), Is.EqualTo(Pixels));
        var explainer = new Explainer([sight], [Answer(0.8f)], most: 1);
        Ask(explainer, sight, Brightness);
        var look = explainer.Explain().Single().Look;
        Assert.That(Touched(look), Is.EqualTo(PlacesThatMatter));
        Assert.That((look.Picture.Width, look.Picture.Height), Is.EqualTo((Side, Side)));
        Assert.That(look.Picture.Pixels, Is.EqualTo(Pixels));
    }

    /// <summary>No pixel more or less on any side.</summary>
    [Test]
    public void TheMiddleIsWhatTheNetworkSeesOfALargerCrop()
    {
        Shape input = [3, 4, 4], crop = [3, 10, 10];
        using var network = new Sequential(
            TestDevices.Get("cpu-512"), input, 1, 1, [new FlattenLayer("flatten"), new DenseLayer("fc", 3)]);
        byte[] bytes = Array.ConvertAll(Values.Uniform(crop, 1), u => (byte)((u + 0.5f) * 256f));
        var images = new ImageBlock(bytes, crop);
        var sight = new Sight("a", new SeenImages(images, [0]), input);
        Assert.That(
            Predict(network, new ImageBlock(sight.Middle(0), input)),
            Is.EqualTo(Predict(network, images)).Within(1e-6f));

        static float[] Predict(Sequential network, ImageBlock images)
        {
            using var loop = new BatchLoop(network, images, targets: []);
            return loop.Predict([0], [Pose.AsIs]);
        }
    }

    [Test]
    public void NetworksThatSeeTheSameAreAveraged()
    {
        Sight[] sights = [SightOf(Pixels), SightOf(Pixels) with { Run = "b" }];
        var explainer = new Explainer(sights, [Answer(0.8f)], most: 1);
        Ask(explainer, sights[0], Brightness);
        Ask(explainer, sights[1], (images, chosen, _) => Answers(chosen, _ => 0.4f));
        var explanation = explainer.Explain().Single();
        var alone = new Explainer([sights[0]], [Answer(0.8f)], most: 1);
        Ask(alone, sights[0], Brightness);
        Assert.Multiple(() =>
        {
            Assert.That(explainer.HaveSameSight);
            Assert.That(explanation.Look.Run, Is.Null);
            Assert.That(
                explanation.Look.Maps[0].Changes,
                Is.EqualTo(alone.Explain()[0].Look.Maps[0].Changes.Select(change => change / 2)).Within(1e-6));
            Assert.That(explanation.Predictions, Is.EqualTo(2 * Explainer.ViewCount));
            Assert.That(
                explanation.Answers[0].Deviation, Is.EqualTo(((200 / 255f) - 0.4f) / 2).Within(1e-6), "0.78 and 0.4");
        });
    }

    [Test]
    public void OfNetworksThatSeeDifferentThingsTheFirstThatSeesIsAsked()
    {
        var blind = new Sight("blind", new SeenImages(new ImageBlock(Pixels, Input), [0, null, null]), Input);
        var two = new ImageBlock((byte[])[.. Pixels, .. Pixels], Input);
        var seeing = new Sight("seeing", new SeenImages(two, [0, 1, null]), Input);
        var explainer = new Explainer([blind, seeing], [Answer(0.8f), Answer(0.8f), null], most: 5);
        Ask(explainer, blind, Brightness);
        Ask(explainer, seeing, Brightness);
        var explanations = explainer.Explain();
        Assert.Multiple(() =>
        {
            Assert.That(explainer.HaveSameSight, Is.False);
            Assert.That(explanations.Select(each => each.Image), Is.EqualTo([0, 1]));
            Assert.That(explanations.Select(each => each.Look.Run), Is.EqualTo(["blind", "seeing"]));
            Assert.That(explanations.Select(each => each.Predictions), Is.EqualTo([32, 16]));
            Assert.That(explanations[0].BlindRuns, Is.Empty);
            Assert.That(explanations[1].BlindRuns, Is.EqualTo(["blind"]));
            Assert.That(explainer.Predicted, Is.EqualTo((3 * 16) + (2 * (1 + Places))));
            Assert.That(Touched(explanations[1].Look), Is.EqualTo(PlacesThatMatter));
        });
    }

    private static Sight SightOf(byte[] pixels) => new("a", new SeenImages(new ImageBlock(pixels, Input), [0]), Input);

    private static void Ask(Explainer explainer, Sight sight, PixelPredictor predict) =>
        explainer.Ask(sight, predict, progress: null, CancellationToken.None);

    /// <summary>A network for images of 16x16, and of 24x24 of which it sees the middle.</summary>
    private static float[] Brightness(ImageBlock images, int[] chosen, Pose view)
    {
        int size = images.Shape[1], margin = (size - Side) / 2;
        return Answers(
            chosen, image => images.Pixels.Span[(image * size * size) + ((margin + 2) * size) + margin + 2] / 255f);
    }

    private static float[] Answers(int[] chosen, Func<int, float> smooth) =>
        [.. chosen.SelectMany(image => Answer(smooth(image)))];

    private static float[] Answer(float smooth) => [smooth, .. new float[DecisionTree.ClassCount - 1]];

    private static IEnumerable<int> Touched(Look look) =>
        look.Maps[0].Changes.Index().Where(change => change.Item < -0.01).Select(change => change.Index);
}
