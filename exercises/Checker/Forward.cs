namespace GalaxyNet.Exercises;

/// <summary>The forward passes that an exercise may call.</summary>
public static class Forward
{
    /// <summary>The convolution of x with the filters w, plus b: docs/06-conv2d.md.</summary>
    public static double[,,,] Conv2d(double[,,,] x, double[,,,] w, double[] b, int stride, int padding)
    {
        var geometry = new Conv2dGeometry(
            x.GetLength(1),
            x.GetLength(2),
            x.GetLength(3),
            w.GetLength(0),
            w.GetLength(2),
            w.GetLength(3),
            stride,
            padding);
        return new Conv2dReference(geometry).Forward(x, w, b);
    }

    /// <summary>The maximum of each window: docs/07-max_pool2d.md.</summary>
    public static double[,,,] MaxPool2d(double[,,,] x, int kernel) => new MaxPool2dReference(kernel).Forward(x);

    /// <summary>Batch normalization in training: docs/09-batch_norm2d.md.</summary>
    public static double[,,,] BatchNorm2d(double[,,,] x, double[] w, double[] b, double epsilon) =>
        new BatchNorm2dReference(momentum: 0, epsilon, isTraining: true)
            .Forward(x, w, b, runningMean: new double[w.Length], runningVariance: new double[w.Length]);

    /// <summary>The softmax down a tree: docs/12-tree_softmax.md.</summary>
    public static double[,] TreeSoftmax(double[,] x, IReadOnlyList<SoftmaxGroup> questions) =>
        new TreeSoftmaxReference(questions).Forward(x);

    /// <summary>The shares down a tree: docs/20-tree_shares.md.</summary>
    public static double[,] TreeShares(double[,] x, IReadOnlyList<SoftmaxGroup> questions) =>
        new TreeSharesReference(questions).Forward(x);
}
