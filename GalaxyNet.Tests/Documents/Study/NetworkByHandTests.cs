namespace GalaxyNet.Tests;

/// <summary>The numbers of the study guide's first page, a whole network, are those of references and layers.</summary>
[TestFixture]
internal sealed class NetworkByHandTests
{
    private const double HalfStep = 1e-4;
    private const double ErrorOfDifferences = 1e-7;

    private static readonly StudyPage Page = StudyPage.All.Single(page => page.Name == "network-by-hand");
    private static readonly StudyExample[] Examples =
        [.. Page.Blocks("example").Select(block => new StudyExample(block))];

    [Test]
    public void TheExampleIsWhatTheReferencesDo() =>
        Assert.That(Examples[0].Mismatches(ByTheReferences(Examples[0])), Is.Empty);

    /// <summary>Examples in the answers show a part of the numbers.</summary>
    [Test]
    public void TheAnswersAreWhatTheReferencesDo()
    {
        Assert.That(Examples, Has.Length.GreaterThan(1));
        foreach (var example in Examples.Skip(1))
        {
            var shown = ByTheReferences(example).Where(result => example.Find(result.Key) is not null).ToDictionary();
            Assert.That(example.Mismatches(shown), Is.Empty);
        }
    }

    [Test]
    public void TheExampleIsWhatTheLayersDo()
    {
        var example = Examples[0];
        var results = ByTheLayers(example);
        foreach (string name in results.Keys)
            Assert.That(example.Find(name), Is.EqualTo(results[name]).Within(6e-5), name);
    }

    [Test]
    public void AWrongNumberIsFound()
    {
        var results = ByTheReferences(Examples[0]);
        foreach (string name in results.Keys)
        {
            results[name][^1] += 0.001;
            Assert.That(Examples[0].Mismatches(results), Has.Exactly(1).StartsWith(name));
            results[name][^1] -= 0.001;
        }
    }

    [Test]
    public void EveryGradientIsADifferenceQuotient()
    {
        var network = NetworkOf(Examples[0]);
        Assert.Multiple(() =>
        {
            AssertIsDifference(network.Dx, network.X, x => With(network, x: x));
            AssertIsDifference(
                NetworkByHand.Numbers(network.Dw),
                NetworkByHand.Numbers(network.W),
                w => With(network, w: NetworkByHand.Matrix(w, rows: 2)));
            AssertIsDifference(network.Db, network.B, b => With(network, b: b));
            AssertIsDifference(
                NetworkByHand.Numbers(network.Du), NetworkByHand.Numbers(network.U), u => With(network, u: Row(u)));
            AssertIsDifference(network.Dc, network.C, c => With(network, c: c));
        });
    }

    [Test]
    public void ThePictureIsOfThePagesNumbers()
    {
        var (drawn, page) = (NetworkByHand.OfThePage, NetworkOf(Examples[0]));
        Assert.Multiple(() =>
        {
            Assert.That(drawn.X, Is.EqualTo(page.X));
            Assert.That(drawn.W, Is.EqualTo(page.W));
            Assert.That(drawn.B, Is.EqualTo(page.B));
            Assert.That(drawn.U, Is.EqualTo(page.U));
            Assert.That(drawn.C, Is.EqualTo(page.C));
            Assert.That(drawn.T, Is.EqualTo(page.T));
        });
    }

    /// <summary>The page says how large the Jacobian of attempt 4's conv2 would be.</summary>
    [Test]
    public void TheJacobianOfConv2IsAsLargeAsThePageSays()
    {
        var network = GalaxyZooNetworks.Attempt(4).Summary.Rows;
        long outputs = network.Single(row => row.Name == "conv2").OutputShape.Count;
        long inputs = network.Single(row => row.Name == "pool1").OutputShape.Count;
        string steps = string.Concat(Page.Blocks("steps"));
        Assert.That(steps, Does.Contain($"numbers_in_the_jacobian = {outputs}*{inputs} = {outputs * inputs}\n"));
    }

    private static NetworkByHand NetworkOf(StudyExample example) => new(
        example.Numbers("x", [1, 2]),
        NetworkByHand.Matrix(example.Numbers("w", [2, 2]), rows: 2),
        example.Numbers("b", [2]),
        Row(example.Numbers("u", [1, 2])),
        example.Numbers("c", [1]),
        example.Numbers("t", [1, 1]));

    private static Dictionary<string, double[]> ByTheReferences(StudyExample example)
    {
        var network = NetworkOf(example);
        double learningRate = example.Find("w_after") is null ? 0 : example.Setting("learning_rate");
        var after = network.After(learningRate);
        return new()
        {
            ["z"] = network.Z,
            ["a"] = network.A,
            ["s"] = network.S,
            ["o"] = network.O,
            ["loss"] = [network.Loss],
            ["do"] = network.Do,
            ["ds"] = network.Ds,
            ["da"] = network.Da,
            ["dz"] = network.Dz,
            ["dx"] = network.Dx,
            ["dw"] = NetworkByHand.Numbers(network.Dw),
            ["db"] = network.Db,
            ["du"] = NetworkByHand.Numbers(network.Du),
            ["dc"] = network.Dc,
            ["jacobian"] = JacobianOfTheHiddenLayer(network),
            ["w_after"] = NetworkByHand.Numbers(after.W),
            ["b_after"] = after.B,
            ["u_after"] = NetworkByHand.Numbers(after.U),
            ["c_after"] = after.C,
            ["o_after"] = after.O,
            ["loss_after"] = [after.Loss],
            ["foretold"] = [learningRate * network.SquaredGradient],
            ["decrease"] = [network.Loss - after.Loss],
        };
    }

    private static Dictionary<string, double[]> ByTheLayers(StudyExample example)
    {
        var device = TestDevices.Get("cpu-512");
        Layer[] layers =
        [
            new DenseLayer("hidden", OutFeatures: 2),
            new ReluLayer("relu"),
            new DenseLayer("output", OutFeatures: 1),
            new SigmoidLayer("sigmoid"),
        ];
        using var input = device.Allocate([1, 2], Floats(example.Numbers("x", [1, 2])));
        using var target = device.Allocate([1, 1], Floats(example.Numbers("t", [1, 1])));
        var results = new Dictionary<string, double[]>();
        foreach (var (name, count) in new[] { ("z", 1), ("a", 2), ("s", 3), ("o", 4) })
        {
            using var part = Network(layers[..count]);
            results[name] = Doubles(part.Forward(input, Mode.Evaluation));
        }

        using var network = Network(layers);
        using var optimizer = new SgdOptimizer(network, (float)example.Setting("learning_rate"));
        using var training = new TrainingStep(network, optimizer, classWeights: [1f]);
        training.Run(input, target);
        results["loss"] = [training.ReadLoss()];
        results["dz"] = results["db"] = Doubles(network.Gradients["hidden.bias"]); // of a single image
        results["ds"] = results["dc"] = Doubles(network.Gradients["output.bias"]);
        results["dw"] = Doubles(network.Gradients["hidden.weight"]);
        results["du"] = Doubles(network.Gradients["output.weight"]);
        results["w_after"] = Doubles(network.Values["hidden.weight"]);
        results["b_after"] = Doubles(network.Values["hidden.bias"]);
        results["u_after"] = Doubles(network.Values["output.weight"]);
        results["c_after"] = Doubles(network.Values["output.bias"]);
        results["o_after"] = Doubles(training.Run(input, target));
        results["loss_after"] = [training.ReadLoss()];
        return results;

        Sequential Network(Layer[] some)
        {
            var made = new Sequential(device, inputShape: [2], maxBatch: 1, seed: 1, some);
            foreach (var (parameter, name) in made.Parameters.Zip(["w", "b", "u", "c"]))
                parameter.Value.CopyFrom(Floats(example.Find(name)!));
            return made;
        }
    }

    /// <summary>By differences, which are exact but for rounding: the layer is affine.</summary>
    private static double[] JacobianOfTheHiddenLayer(NetworkByHand network)
    {
        var jacobian = new double[4];
        for (int column = 0; column < 2; column++)
        {
            double[] moved = [.. network.X];
            moved[column] += 1;
            double[] z = With(network, x: moved).Z;
            for (int row = 0; row < 2; row++)
                jacobian[(2 * row) + column] = z[row] - network.Z[row];
        }
        return jacobian;
    }

    private static void AssertIsDifference(
        double[] gradient, double[] parameters, Func<double[], NetworkByHand> networkOf)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            double[] up = [.. parameters], down = [.. parameters];
            up[i] += HalfStep;
            down[i] -= HalfStep;
            double difference = (networkOf(up).Loss - networkOf(down).Loss) / (2 * HalfStep);
            Assert.That(gradient[i], Is.EqualTo(difference).Within(ErrorOfDifferences));
        }
    }

    private static NetworkByHand With(
        NetworkByHand network,
        double[]? x = null,
        double[,]? w = null,
        double[]? b = null,
        double[,]? u = null,
        double[]? c = null) =>
        new(x ?? network.X, w ?? network.W, b ?? network.B, u ?? network.U, c ?? network.C, network.T);

    private static double[,] Row(double[] numbers) => NetworkByHand.Matrix(numbers, rows: 1);

    private static float[] Floats(double[] numbers) => Array.ConvertAll(numbers, number => (float)number);

    private static double[] Doubles(Tensor tensor) => Array.ConvertAll(tensor.ToArray(), number => (double)number);
}
