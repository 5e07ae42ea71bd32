namespace GalaxyNet.Tests;

/// <summary>Every operation of the catalogue has all that an operation should have, or says why not.</summary>
[TestFixture]
internal sealed class CompletenessTests
{
    private static readonly Dictionary<string, Func<string, bool>> Requirements = new()
    {
        ["a gradient test"] = operation => HasGradientTest(CasesOf(operation)),
        ["three mistakes of its backward pass"] = operation => OperationCatalogue.MistakesOf(operation).Count >= 3,
        ["a golden case"] = GoldenOperations().Contains,
        ["a PTX test"] = operation => MarkedKernel.OfGpus.Any(kernel => kernel.Attribute.Operation == operation),
        ["a benchmark case"] = operation => CasesOf(operation).Any(each => each.IsBenchmark),
        ["a sweep of sizes"] = operation => OperationCatalogue.Timed
            .Where(each => each.Operation == operation).Select(each => each.Size).OfType<SweepSize>().Order()
            .SequenceEqual(Enum.GetValues<SweepSize>()),
        ["a study page"] = operation => PageOf(operation) is { LinksToLines: true },
        ["a reference that its page quotes, then links, before any kernel"] = operation =>
            PageOf(operation) is { QuotesReference: true },
    };

    /// <summary>What an operation need not have, and why.</summary>
    private static readonly Dictionary<(string Operation, string Requirement), string> Exemptions = new()
    {
        [("channel_sum", "a gradient test")] = "It is a bias's gradient, which the tests of conv2d and dense check.",
        [("adam", "a gradient test")] = "Nothing is differentiated through an optimizer.",
        [("moving_average", "a gradient test")] = "Nothing is differentiated through an average of weights.",
        [("tree_sum", "a gradient test")] = "Nothing is differentiated through a sum of gradients.",
        [("sgd_momentum", "a gradient test")] = "Nothing is differentiated through an optimizer.",
        [("affine_resampling", "a gradient test")] = "The input's images need no gradient.",
        [("channel_sum", "three mistakes of its backward pass")] = "It has no gradient test to find them.",
        [("adam", "three mistakes of its backward pass")] = "It has no gradient test to find them.",
        [("moving_average", "three mistakes of its backward pass")] = "It has no gradient test to find them.",
        [("tree_sum", "three mistakes of its backward pass")] = "It has no gradient test to find them.",
        [("sgd_momentum", "three mistakes of its backward pass")] = "It has no gradient test to find them.",
        [("affine_resampling", "three mistakes of its backward pass")] = "It has no gradient test to find them.",
        [("tree_shares", "a golden case")] = "PyTorch has no such operation; its gradient is tested.",
        [("dropout", "a golden case")] = "PyTorch draws other masks; Philox is tested against its authors' numbers.",
        [("tree_softmax", "a golden case")] = "PyTorch has no such operation; its sums and its gradient are tested.",
        [("conv2d_relu_max_pool2d", "a PTX test")] = "On GPUs it runs the kernels of its two parts, which have theirs.",
        [("sgd_momentum", "a golden case")] = "Two lines, tested by hand over two steps.",
        [("moving_average", "a golden case")] = "One line, with an example by hand.",
        [("tree_sum", "a golden case")] = "One line, with an example by hand; its order is tested bit by bit.",
        [("global_average_pool2d", "a golden case")] = "A mean, with an example by hand and a gradient test.",
    };

    private static IEnumerable<TestCaseData> Cases() =>
        from operation in Operations
        from requirement in Requirements.Keys
        select new TestCaseData(operation, requirement);

    private static IEnumerable<string> Operations =>
        OperationCatalogue.All.Select(each => each.Operation).Distinct();

    [TestCaseSource(nameof(Cases))]
    public void TheOperationHasWhatItNeeds(string operation, string requirement)
    {
        bool isThere = Requirements[requirement](operation);
        if (Exemptions.TryGetValue((operation, requirement), out string? reason))
            Assert.That(isThere, Is.False, $"{operation} has {requirement} now: take back the exemption \"{reason}\"");
        else
            Assert.That(isThere, $"{operation} needs {requirement}: CONTRIBUTING.md says how.");
    }

    [TestCaseSource(nameof(Requirements))]
    public void AnUnknownOperationHasNothing(KeyValuePair<string, Func<string, bool>> requirement) =>
        Assert.That(requirement.Value("fft"), Is.False);

    [Test]
    public void EveryFolderOfAnOperationIsInTheCatalogue() =>
        Assert.That(
            Operations,
            Is.EquivalentTo(
                Directory.GetDirectories(Repository.Path("GalaxyNet.Kernels", "Operations")).Select(OperationOf)));

    [Test]
    public void ABackwardPassWithoutADerivativeToCompareIsNoGradientTest()
    {
        var relu = CasesOf("relu").First(each => !each.IsBenchmark);
        Assert.Multiple(() =>
        {
            Assert.That(HasGradientTest([relu]), Is.True);
            Assert.That(HasGradientTest([relu with { IsBenchmark = true }]), Is.False);
            Assert.That(HasGradientTest([relu with { BackwardCost = null }]), Is.False);
            Argument[] arguments = [.. relu.Arguments.Select(each => each with { DifferenceStep = null })];
            Assert.That(HasGradientTest([relu with { Arguments = arguments }]), Is.False);
        });
    }

    [Test]
    public void EveryExemptionIsOfAnOperation() =>
        Assert.That(Exemptions.Keys.Select(key => key.Operation).Distinct(), Is.SubsetOf(Operations));

    private static IEnumerable<OperationCase> CasesOf(string operation) =>
        OperationCatalogue.All.Where(each => each.Operation == operation);

    /// <summary>True where <see cref="GradientTests"/> has a case and finds an argument there to compare.</summary>
    private static bool HasGradientTest(IEnumerable<OperationCase> cases) =>
        GradientTests.Checked(cases).FirstOrDefault() is { } first
        && GradientCheck.Run(TestDevices.Get("cpu-128"), first, samples: 1).Count > 0;

    private static StudyPage? PageOf(string operation) =>
        StudyPage.All.FirstOrDefault(page => page.Name == operation);

    /// <summary>The operation of a folder, such as <c>max_pool2d</c> of MaxPool2d.</summary>
    private static string OperationOf(string folder) => StudyPage.OperationOf(Path.GetFileName(folder));

    /// <summary>The operations whose results are compared with another program's.</summary>
    private static HashSet<string> GoldenOperations()
    {
        var covered = GoldenFolder.ReadJson("layers.json").GetProperty("cases").EnumerateArray()
            .SelectMany(json => GoldenLayers.Operations[new GoldenCase(json).Operation])
            .ToHashSet();
        if (GoldenFolder.ReadJson("rotate.json").GetArrayLength() > 0)
            covered.Add("affine_resampling");
        if (GoldenFolder.ReadJson("attempt4.json").GetProperty("steps").GetArrayLength() > 0)
            // As parts of the network.
            covered.UnionWith(["relu", "relu_max_pool2d", "conv2d_relu_max_pool2d", "batch_norm_relu_max_pool2d"]);
        return covered;
    }
}
