using GalaxyNet.Exercises;

namespace GalaxyNet.Tests;

/// <summary>What is wrong with an answer is told from its numbers.</summary>
[TestFixture]
internal sealed class DiagnosisTests
{
    private delegate Array? Change(Array expected, Trial trial);

    private static readonly Change Negative = (array, _) => Each(array, number => -number);
    private static readonly Change Zero = (array, _) => Each(array, _ => 0);
    private static readonly Change Double = (array, _) => Each(array, number => 2 * number);
    private static readonly Change TimesPi = (array, _) => Each(array, number => Math.PI * number);
    private static readonly Change NotANumber = (array, _) => Numbers.Like(array, i => i == 1 ? double.NaN : 0);
    private static readonly Change Missing = (_, _) => null;
    private static readonly Change Flat = (array, _) => array.Flat();

    private static IEnumerable<TestCaseData> Wrong()
    {
        foreach (string exercise in new[] { "dense", "conv2d" })
        {
            yield return Case(exercise, "dw", Negative, "dw: the sign of every element is wrong");
            yield return Case(exercise, "dw", Zero, "dw: 0 in every element");
            yield return Case(exercise, "dx", Double, "dx: right but for a factor: it is 2 times what it should be");
            yield return Case(exercise, "db", TimesPi, "db: right but for a factor: it is 3.142 times what it should");
            yield return Case(exercise, "dx", OverBatch, "dx: right but for a factor: it is 1/batch times what it");
            yield return Case(exercise, "dw", NotANumber, "dw: NaN or infinite in 1 of ");
            yield return Case(exercise, "db", Missing, "db: null. It should be an array of the shape [");
            yield return Case(exercise, "dx", Flat, "dx: the shape is [");
            yield return Case(exercise, "dw", FirstImage, "dw: that of the first image alone");
            yield return Case(exercise, "db", LastImage, "db: that of the last image alone");
            yield return Case(exercise, "dw", Scattered, "dw: wrong in every element, in no way that is known");
            yield return Case(exercise, "dw", NearlyRight, "dw: nearly right. A small number, such as epsilon, is");
            yield return Case(exercise, "dx", OneInside, "dx: wrong in 1 of ");
        }
        yield return Case("conv2d", "db", LastTerm, "db: the last term of each sum alone. Is there a = where");
        yield return Case("conv2d", "dx", FirstChannel, "dx: 0 in 12 of 24 elements, the first dx[0,1,0,0], and");
        yield return Case("conv2d", "dx", NearlyScattered, "dx: wrong in nearly every element, in no way");
        yield return Case("conv2d", "dw", WrongIfStrided, "It is wrong in just the cases with a stride over 1. Follow");
        yield return Case("batch_norm2d", "dx", WrongIfSeveral, "It is wrong in just the cases with more than one im");
        yield return Case("dense", "dw", (array, _) => Transposed(array), "It is transposed.");
        yield return Case("dense", "dx", (_, trial) => trial.Expected[1], "This is the shape of dw: are the results");
        yield return Case("conv2d", "dw", (array, _) => Square(array), "dw: transposed. Its last two indices are");
        yield return Case("conv2d", "dw", (array, _) => Reversed(array), "dw: the filters are flipped");
        yield return Case("conv2d", "dx", WrongBorder, "dx: right but at the border of the images, 1 pixel wide");
        yield return Case("batch_norm2d", "dw", (_, trial) => trial.Expected[2], "dw: it is db. Look at the order");
        yield return Case("batch_norm2d", "dx", ByChannel((number, c) => number + c + 1), "dx: in each channel off by");
        yield return Case("batch_norm2d", "dx", ByChannel((number, c) => number * (c + 2)), "dx: in each channel ri");
        yield return Case("batch_norm2d", "dw", Scattered, "dw: wrong in every element, in no way that is known");
        yield return Case("sgd_momentum", "p", (_, trial) => trial.Input("p"), "p: as it was before. The array itself");
    }

    [TestCaseSource(nameof(Wrong))]
    public void ItIsRecognized(string name, string result, Delegate change, string told)
    {
        var exercise = Exercise.Named(name);
        string[] others = [.. exercise.Trials[0].ResultNames.Where(each => each != result)];
        string report = ExerciseCommand.Told(Check.Of(exercise, trial => Changed(trial, result, (Change)change)));
        Assert.Multiple(() =>
        {
            Assert.That(report, Does.Contain(told));
            Assert.That(report, Does.Contain($"  {result}: WRONG in "));
            Assert.That(others.Where(other => !report.Contains($"  {other}: right")), Is.Empty);
        });
    }

    [Test]
    public void SeveralResultsWithTheSameMistakeAreToldOfOnce()
    {
        var exercise = Exercise.Named("dense");
        var check = Check.Of(exercise, trial => [.. trial.Expected.Select(each => Negative(each, trial))]);
        Assert.That(ExerciseCommand.Told(check), Does.Contain("dx, dw, db: the sign of every element is wrong."));
    }

    [Test]
    public void TheSmallestCaseIsShownWithItsNumbers()
    {
        var exercise = Exercise.Named("dense");
        var smallest = exercise.Trials[0];
        string x = FormattableString.Invariant($"{((double[,])smallest.Arguments[0])[0, 0]:F5}");
        string report = ExerciseCommand.Told(Check.Of(exercise, trial => Changed(trial, "dx", Negative)));
        Assert.That(report, Does.Contain("\"one number\": x [1, 1], w [1, 1], dy [1, 1]").And.Contain($"  x = {x}\n"));
        Assert.That(report, Does.Match(@"yours +by differences").And.Match(@"dx\[0,0\] +-?0\.\d{5} +-?0\.\d{5}"));
    }

    private static TestCaseData Case(string exercise, string result, Change change, string told) =>
        new TestCaseData(exercise, result, change, told).SetArgDisplayNames(exercise, result, told);

    private static Array?[] Changed(Trial trial, string result, Change change) =>
    [
        .. trial.ResultNames.Zip(trial.Expected).Select(each =>
            each.First == result ? change(each.Second, trial) : each.Second),
    ];

    private static Array Each(Array array, Func<double, double> number) =>
        Numbers.Like(array, i => number(array.Elements()[i]));

    private static Array OverBatch(Array array, Trial trial) =>
        Each(array, number => number / trial.Arguments[0].GetLength(0));

    private static Array FirstImage(Array array, Trial trial) => OfImage(array, trial, 0);

    private static Array LastImage(Array array, Trial trial) =>
        OfImage(array, trial, trial.Arguments[0].GetLength(0) - 1);

    private static Array OfImage(Array array, Trial trial, int image)
    {
        var dy = trial.OutputGradient!;
        int size = dy.Length / dy.GetLength(0);
        var alone = Numbers.Like(dy, i => i / size == image ? dy.Elements()[i] : 0);
        int result = trial.Expected.ToList().IndexOf(array);
        return trial.Gradients(trial.CopyArguments(), alone)[result]!;
    }

    private static Array Scattered(Array array, Trial trial) =>
        Numbers.Like(array, i => array.Elements()[i] + Math.Sin(i + 1.0));

    private static Array NearlyScattered(Array array, Trial trial) =>
        Numbers.Like(array, i => array.Elements()[i] + (i == 0 ? 0 : Math.Sin(i + 1.0)));

    private static Array WrongIfStrided(Array array, Trial trial) =>
        ((Conv2dReference)trial.Reference).Geometry.Stride > 1 ? Scattered(array, trial) : array;

    private static Array WrongIfSeveral(Array array, Trial trial) =>
        trial.Arguments[0].GetLength(0) > 1 ? Scattered(array, trial) : array;

    private static Array FirstChannel(Array images, Trial trial) =>
        Numbers.Like(images, i => Numbers.PlaceOf(images, i)[1] == 0 ? images.Elements()[i] : 0);

    /// <summary>Of each channel of dy its last number.</summary>
    private static Array LastTerm(Array channels, Trial trial)
    {
        var dy = trial.OutputGradient!;
        int size = dy.GetLength(2) * dy.GetLength(3);
        int lastImage = (dy.GetLength(0) - 1) * channels.Length;
        return Numbers.Like(channels, channel => dy.Elements()[((lastImage + channel + 1) * size) - 1]);
    }

    private static Array NearlyRight(Array array, Trial trial) =>
        Numbers.Like(array, i => array.Elements()[i] + (1e-4 * Math.Sin(i + 1.0)));

    private static Array OneInside(Array array, Trial trial) =>
        Numbers.Like(array, i => array.Elements()[i] + (i == array.GetLength(array.Rank - 1) + 1 ? 1 : 0));

    private static double[,] Transposed(Array array)
    {
        var transposed = new double[array.GetLength(1), array.GetLength(0)];
        for (int i = 0; i < array.GetLength(0); i++)
            for (int j = 0; j < array.GetLength(1); j++)
                transposed[j, i] = ((double[,])array)[i, j];
        return transposed;
    }

    private static Array Square(Array filters) => Numbers.Like(filters, i =>
    {
        int[] place = Numbers.PlaceOf(filters, i);
        if (filters.GetLength(2) == filters.GetLength(3))
            (place[2], place[3]) = (place[3], place[2]);
        return filters.Elements()[Numbers.ElementAt(filters, place)];
    });

    private static Array Reversed(Array filters)
    {
        int size = filters.GetLength(2) * filters.GetLength(3);
        return Numbers.Like(filters, i => filters.Elements()[(i / size * size) + size - 1 - (i % size)]);
    }

    private static Array WrongBorder(Array images, Trial trial) => Numbers.Like(images, i =>
    {
        int[] place = Numbers.PlaceOf(images, i);
        bool isWrong = images.GetLength(2) > 2 && images.GetLength(3) > 2 && place[2] == 0;
        return images.Elements()[i] + (isWrong ? Math.Sin(i + 1.0) : 0);
    });

    private static Change ByChannel(Func<double, int, double> number) => (images, _) =>
        Numbers.Like(images, i => number(images.Elements()[i], Numbers.PlaceOf(images, i)[1]));
}
