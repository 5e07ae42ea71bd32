namespace GalaxyNet.Exercises.Solutions;

/// <summary>The backward pass of the ReLU and maximum pooling in one: docs/08-relu_max_pool2d.md.</summary>
public static class ReluMaxPool2d
{
    /// <inheritdoc cref="Exercises.ReluMaxPool2d.Backward"/>
    public static double[,,,] Backward(double[,,,] x, double[,,,] dy, int kernel)
    {
        // The ReLU never changes which of two numbers is larger. So it may as well come after the pooling, where there
        // are fewer numbers, and the way back begins with it.
        var largest = Forward.MaxPool2d(x, kernel);
        var passed = (double[,,,])dy.Clone();
        for (int n = 0; n < dy.GetLength(0); n++)
            for (int c = 0; c < dy.GetLength(1); c++)
                for (int i = 0; i < dy.GetLength(2); i++)
                    for (int j = 0; j < dy.GetLength(3); j++)
                        if (largest[n, c, i, j] <= 0)
                            passed[n, c, i, j] = 0;
        return MaxPool2d.Backward(x, passed, kernel);
    }
}
