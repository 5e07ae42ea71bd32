using System.Xml.Linq;

namespace GalaxyNet.Tests;

/// <summary>The numbers in the pictures are those of the pages and of the references.</summary>
[TestFixture]
internal sealed class IllustratedNumbersTests
{
    private const double Tolerance = 1e-9;
    private const double OfThePage = 1e-4; // the pages round to four digits
    private const double OfFloats = 1e-4; // after 30 steps in float32

    [Test]
    public void TheConvolutionIsThatOfThePage()
    {
        var example = Example("conv2d");
        Assert.Multiple(() =>
        {
            AssertNumbers(ConvolutionExample.X, example, "x");
            AssertNumbers(ConvolutionExample.W, example, "w");
            AssertNumbers(new[] { ConvolutionExample.B }, example, "b");
            AssertNumbers(ConvolutionExample.Dy, example, "dy");
            AssertNumbers(ConvolutionExample.Y, example, "y");
            AssertNumbers(ConvolutionExample.Dx(ConvolutionExample.Dy), example, "dx");
        });
    }

    [Test]
    public void TheFlippedFilterOnThePaddedGradientGivesTheSame()
    {
        double[,] dy = ConvolutionExample.Dy;
        Assert.That(
            ConvolutionExample.Convolve(dy, ConvolutionExample.FlippedW, padding: 1, b: 0),
            Is.EqualTo(ConvolutionExample.Dx(dy)).Within(Tolerance));
    }

    [TestCase("convolution.svg", "y00 = 1·1 + 0·2 + (−1)·4 + 2·5 + 0.5 = 7.5", "y01 = 9.5", "y10 = 13.5", "y11 = 15.5")]
    [TestCase("convolution-transpose.svg", "dx11 = 2·1 + (−1)·(−1) + 0·0 + 1·2 = 5", "dy01 = −1")]
    [TestCase("batch-normalization.svg", "the example's dx0 = 0.4 · (1 − 0.5 − 1.12) = −0.248")]
    [TestCase("momentum.svg", "loss at the end: 2.6", "loss at the end: 0.0036")]
    [TestCase("adam.svg", "loss at the end: 0.21", "loss at the end: 39")]
    [TestCase("vote-tree.svg", "x = 0.7, p = 0.87", "y = 0.72 · 0.87", "= 0.63")]
    [TestCase("attempt-4.svg", "66.3 %", "93.8 %", "128x16x16")]
    public void APictureSays(string name, params string[] lines)
    {
        var picture = XDocument.Parse(Illustration.All.Single(each => each.FileName == name).Draw().Markup);
        var texts = picture.Descendants().Where(each => each.Name.LocalName == "text")
            .Select(text => text.Value.Replace("\u200b", "", StringComparison.Ordinal));
        Assert.That(lines, Is.SubsetOf(texts));
    }

    [Test]
    public void ThePoolingIsThatOfThePage()
    {
        var example = Example("max_pool2d");
        AssertNumbers(MaxPoolingPicture.X, example, "x");
        AssertNumbers(MaxPoolingPicture.Dy, example, "dy");
        AssertNumbers(MaxPoolingPicture.Dx, example, "dx");
    }

    [Test]
    public void TheTermsOfTheNormalizationAddUpToThePagesGradient()
    {
        var example = Example("batch_norm2d");
        AssertNumbers(BatchNormalizationPicture.X, example, "x");
        AssertNumbers(BatchNormalizationPicture.Dy, example, "dy");
        AssertNumbers(new[] { BatchNormalizationPicture.W }, example, "w");
        var terms = new BatchNormalizationTerms(
            BatchNormalizationPicture.X, BatchNormalizationPicture.W, BatchNormalizationPicture.Dy);
        AssertNumbers(terms.Dx, example, "dx");
        var sums = Enumerable.Range(0, terms.Dx.Length).Select(terms.Of)
            .Select(term => terms.Factor * (term.Own + term.Mean + term.Variance));
        Assert.That(sums, Is.EqualTo(terms.Dx).Within(Tolerance));
    }

    [Test]
    public void TheSlopeAtTheEdgeIsTheLeast()
    {
        double[] edges = [SigmoidPicture.Edge, -SigmoidPicture.Edge];
        Assert.That(
            SigmoidReference.Backward(edges, [1, 1]),
            Is.All.EqualTo(SigmoidPicture.LeastSlope).Within(Tolerance));
    }

    [Test]
    public void ThePathsAreTheReferences()
    {
        var momentum = new SgdMomentumReference(MomentumPicture.Momentum, MomentumPicture.Rate);
        double[] velocity = [0, 0];
        AssertPath(
            Descent.WithMomentum(MomentumPicture.Momentum, MomentumPicture.Rate),
            (p, g, _) => momentum.Step(p, g, velocity));
        double[] mean = [0, 0], meanSquare = [0, 0];
        AssertPath(
            Descent.WithAdam(AdamPicture.Rate),
            (p, g, k) => Adam(step: k).Step(p, g, mean, meanSquare));
    }

    [Test]
    public void AdamGoesTheSameWayWithAHundredthOfTheGradients() =>
        Assert.That(
            Descent.WithAdam(AdamPicture.Rate, AdamPicture.Scale).Select(point => point.X),
            Is.EqualTo(Descent.WithAdam(AdamPicture.Rate).Select(point => point.X)).Within(OfFloats));

    [Test]
    public void RoundedSharesMultiplyToRoundedShares()
    {
        foreach (string name in VoteTreePicture.Sums.Keys)
        {
            int column = DecisionTree.IndexOf(name);
            double share = VoteTreePicture.Shares[column];
            if (DecisionTree.QuestionOf(column).AskedAfter is not { } parent)
                continue;
            double before = VoteTreePicture.Shares[DecisionTree.IndexOf(parent)];
            double product = Math.Round(before, 2) * Math.Round(share / before, 2);
            Assert.That(Math.Round(product, 2), Is.EqualTo(Math.Round(share, 2)), name);
        }
    }

    private static AdamReference Adam(int step) =>
        new(beta1: 0.9, beta2: 0.999, epsilon: 1e-8, step, AdamPicture.Rate, weightDecay: 0);

    private static StudyExample Example(string page) =>
        new(StudyPage.All.Single(each => each.Name == page).Blocks("example")[0]);

    private static void AssertNumbers(Array values, StudyExample example, string name) =>
        Assert.That(values.Cast<double>(), Is.EqualTo(example.Find(name)).Within(OfThePage), name);

    /// <summary>The same steps in float64.</summary>
    private static void AssertPath(IReadOnlyList<(double X, double Y)> path, Action<double[], double[], int> step)
    {
        double[] p = [Descent.Start.X, Descent.Start.Y];
        for (int k = 1; k <= Descent.Steps; k++)
        {
            step(p, [p[0], Descent.Steepness * p[1]], k);
            Assert.That(new[] { path[k].X, path[k].Y }, Is.EqualTo(p).Within(OfFloats), $"step {k}");
        }
    }
}
