namespace GalaxyNet.Train;

/// <summary>
/// The network that the first page of the study guide follows by hand: two inputs, two hidden units with a ReLU, one
/// output with a sigmoid, and the squared error. Its numbers are those of the references, in float64.
/// </summary>
internal sealed class NetworkByHand
{
    /// <summary>Goes through the network from the input to the loss, and back.</summary>
    /// <param name="x">[2]: the input.</param>
    /// <param name="w">[2, 2]: the weights of the hidden units.</param>
    /// <param name="b">[2]: their bias.</param>
    /// <param name="u">[1, 2]: the weights of the output.</param>
    /// <param name="c">[1]: its bias.</param>
    /// <param name="t">[1]: the target.</param>
    public NetworkByHand(double[] x, double[,] w, double[] b, double[,] u, double[] c, double[] t)
    {
        (X, W, B, U, C, T) = (x, w, b, u, c, t);

        Z = Numbers(DenseReference.Forward(Row(X), W, B));
        A = ReluReference.Forward(Z);
        S = Numbers(DenseReference.Forward(Row(A), U, C));
        O = SigmoidReference.Forward(S);
        Loss = WeightedMseReference.Forward(Row(O), Row(T), [1]);

        Do = Numbers(WeightedMseReference.Backward(Row(O), Row(T), [1]));
        Ds = SigmoidReference.Backward(S, Do);
        (var da, Du, Dc) = DenseReference.Backward(Row(A), U, Row(Ds));
        Da = Numbers(da);
        Dz = ReluReference.Backward(Z, Da);
        (var dx, Dw, Db) = DenseReference.Backward(Row(X), W, Row(Dz));
        Dx = Numbers(dx);
    }

    /// <summary>The one with the page's numbers.</summary>
    public static NetworkByHand OfThePage { get; } = new(
        x: [1, 2],
        w: new[,] { { 1, 0.25 }, { -1, 1.5 } },
        b: [-1, -0.5],
        u: new[,] { { 2.0, -1 } },
        c: [1.5],
        t: [0.2]);

    public double[] X { get; }

    public double[,] W { get; }

    public double[] B { get; }

    public double[,] U { get; }

    public double[] C { get; }

    public double[] T { get; }

    /// <summary>[2]: the hidden units before the ReLU.</summary>
    public double[] Z { get; }

    /// <summary>[2]: the hidden units.</summary>
    public double[] A { get; }

    /// <summary>[1]: the output before the sigmoid.</summary>
    public double[] S { get; }

    /// <summary>[1]: the output.</summary>
    public double[] O { get; }

    public double Loss { get; }

    public double[] Do { get; }

    public double[] Ds { get; }

    public double[] Da { get; }

    public double[] Dz { get; }

    public double[] Dx { get; }

    public double[,] Dw { get; }

    public double[] Db { get; }

    public double[,] Du { get; }

    public double[] Dc { get; }

    /// <summary>The sum of the squares of the nine gradients of parameters.</summary>
    public double SquaredGradient =>
        Numbers(Dw).Concat(Db).Concat(Numbers(Du)).Concat(Dc).Sum(gradient => gradient * gradient);

    /// <summary>The network after a step of plain gradient descent.</summary>
    public NetworkByHand After(double learningRate)
    {
        var descent = new SgdMomentumReference(momentum: 0, learningRate);
        return new(
            X,
            w: Matrix(Stepped(Numbers(W), Numbers(Dw)), rows: 2),
            b: Stepped(B, Db),
            u: Row(Stepped(Numbers(U), Numbers(Du))),
            c: Stepped(C, Dc),
            T);

        double[] Stepped(double[] parameters, double[] gradients)
        {
            double[] stepped = [.. parameters];
            descent.Step(stepped, gradients, new double[stepped.Length]);
            return stepped;
        }
    }

    /// <summary>The numbers of a matrix, row after row.</summary>
    public static double[] Numbers(double[,] matrix) => [.. matrix.Cast<double>()];

    /// <summary>A matrix of some rows of its numbers, row after row.</summary>
    public static double[,] Matrix(double[] numbers, int rows)
    {
        var matrix = new double[rows, numbers.Length / rows];
        Buffer.BlockCopy(numbers, 0, matrix, 0, numbers.Length * sizeof(double));
        return matrix;
    }

    private static double[,] Row(double[] numbers) => Matrix(numbers, rows: 1);
}
