namespace GalaxyNet.Tests;

/// <summary>The gradient check finds each mistake of the catalogue, in the arguments that it spoils.</summary>
[TestFixture]
internal sealed class MistakeTests : IDisposable
{
    private const int Samples = 100; // as many as the command checks
    private const double MostFlops = 2e4; // a gradient takes some hundred forward passes

    private readonly Device device = Device.OpenCpu(1);
    private readonly Dictionary<OperationCase, IReadOnlyList<GradientCheckResult>> rightOnes = [];

    // Mistakes that leave the gradients of the other arguments right.
    private static readonly Dictionary<string, string[]> Spoiled = new()
    {
        ["no-batch-sum"] = ["w", "b"],
        ["batch-mean"] = ["w", "b"],
        ["transposed-weights"] = ["x"],
        ["transposed-gradient"] = ["w"],
        ["no-output-sum"] = ["x"],
        ["bias-over-outputs"] = ["b"],
        ["filter-not-flipped"] = ["x"],
        ["padding-ignored"] = ["x", "w"],
        ["stride-ignored"] = ["x", "w"],
        ["no-filter-sum"] = ["x"],
        ["bias-mean"] = ["b"],
        ["mean-term-left-out"] = ["x"],
        ["variance-term-left-out"] = ["x"],
        ["both-terms-left-out"] = ["x"],
        ["sums-not-divided"] = ["x"],
        ["running-statistics"] = ["x", "w"],
        ["statistics-per-image"] = ["x", "w"],
        ["unbiased-variance"] = ["x", "w"],
        ["no-square-root"] = ["x", "w"],
        ["weight-left-out"] = ["x", "o"],
        ["input-not-normalized"] = ["x", "w"],
        // They move what each window passes on, and db is the sum of it wherever it is.
        ["shared-evenly"] = ["x", "w"],
        ["first-pixel"] = ["x", "w"],
        ["minimum"] = ["x", "w"],
        ["rows-for-columns"] = ["x", "w"],
    };

    private static IEnumerable<string> Operations => OperationCatalogue.All.Select(each => each.Operation).Distinct();

    private static IEnumerable<TestCaseData> Mistakes() =>
        from operation in Operations
        from mistake in OperationCatalogue.MistakesOf(operation)
        select new TestCaseData(operation, mistake).SetArgDisplayNames($"{operation}:{mistake.Name}");

    private static IEnumerable<OperationCase> CasesOf(string operation) =>
        GradientTests.Checked(OperationCatalogue.All)
            .Where(each => each.Operation == operation && each.ForwardCost.Flops <= MostFlops);

    public void Dispose() => device.Dispose();

    [TestCaseSource(nameof(Mistakes))]
    public void TheGradientCheckFindsTheMistake(string operation, Mistake mistake)
    {
        var arguments = CasesOf(operation).SelectMany(each => each.Differentiable).Select(each => each.Name).Distinct();
        string[] expected = Spoiled.TryGetValue(mistake.Name, out string[]? some)
            ? [.. arguments.Intersect(some)]
            : [.. arguments];
        Assert.That(Failing(operation, mistake), Is.EquivalentTo(expected));
    }

    [TestCaseSource(nameof(Operations))]
    public void TheReferenceMakesNoMistake(string operation)
    {
        Mistake none = new("none", "", (reference, arguments, dy) => reference.Backward(arguments, dy));
        Assert.That(Failing(operation, none), Is.Empty);
    }

    [TestCaseSource(nameof(Mistakes))]
    public void AMistakeKeepsTheShapesOfTheGradients(string operation, Mistake mistake)
    {
        foreach (var operationCase in CasesOf(operation))
        {
            Array[] arguments = [.. operationCase.Arguments.Select((each, i) => Numbers(each.Shape, i))];
            var gradients = mistake.Backward(
                operationCase.Reference, arguments, Numbers(operationCase.OutputShape!, arguments.Length));
            Assert.That(gradients, Has.Length.EqualTo(arguments.Length));
            foreach (var (argument, gradient) in operationCase.Arguments.Zip(gradients))
                if (operationCase.Differentiable.Contains(argument))
                    Assert.That(gradient, Has.Length.EqualTo(argument.Shape.Count), argument.Name);
        }

        static Array Numbers(Shape shape, int seed) =>
            Array.ConvertAll(Values.Between(0.5f, 1.5f)(shape, seed), value => (double)value).Shaped(shape);
    }

    [TestCaseSource(nameof(Operations))]
    public void MistakesHaveNamesOfTheirOwnAndASentenceEach(string operation)
    {
        var mistakes = OperationCatalogue.MistakesOf(operation);
        Assert.That(mistakes.Select(each => each.Name), Is.Unique);
        Assert.That(mistakes.Select(each => each.Name), Has.All.Match("^[a-z0-9]+(-[a-z0-9]+)*$"));
        Assert.That(mistakes.Select(each => each.Description), Is.Unique);
        Assert.That(mistakes.Select(each => each.Description), Has.All.Match(@"^[^.]+\.$"));
    }

    [Test]
    public void AMistakeIsPutInInPlaceOfTheDevicesGradients()
    {
        var operationCase = CasesOf("dense").First(each => each.Description == "odd extents");
        var noBatchSum = OperationCatalogue.MistakesOf("dense").Single(each => each.Name == "no-batch-sum");
        var right = RightOf(operationCase);
        var wrong = GradientCheck.Run(device, operationCase, Samples, noBatchSum);
        Assert.That(wrong.Select(each => each.Argument.Name), Is.EqualTo(["x", "w", "b"]));
        Assert.That(wrong.Select(each => each.Numeric), Is.EqualTo(right.Select(each => each.Numeric)));
        var (_, _, outputGradient) = operationCase.Inputs(seed: 1000).Last();
        Assert.That(wrong[2].Analytic, Is.EqualTo(outputGradient[^3..]), "db is dy of the last image");
    }

    [Test]
    public void AnUnknownOperationHasNoMistakes() => Assert.That(OperationCatalogue.MistakesOf("fft"), Is.Empty);

    /// <summary>The arguments whose gradients are wrong in some case.</summary>
    private IEnumerable<string> Failing(string operation, Mistake mistake) => CasesOf(operation)
        .SelectMany(each => GradientCheck.PutIn(mistake, RightOf(each)))
        .Where(result => !(result.RelativeError < GradientTests.Tolerance))
        .Select(result => result.Argument.Name)
        .Distinct();

    private IReadOnlyList<GradientCheckResult> RightOf(OperationCase operationCase)
    {
        if (!rightOnes.TryGetValue(operationCase, out var results))
            rightOnes.Add(operationCase, results = GradientCheck.Run(device, operationCase, Samples));
        return results;
    }
}
