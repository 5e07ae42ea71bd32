namespace GalaxyNet.Kernels;

/// <summary>What <see cref="BatchNormReluMaxPool2d"/> computes in one, one after the other and in float64.</summary>
internal sealed class BatchNormReluMaxPool2dReference(int kernel, double momentum, double epsilon, bool isTraining)
    : IReference
{
    /// <summary>The side of a window of the pooling.</summary>
    public int Kernel => kernel;

    /// <summary>What is added to the variance.</summary>
    public double Epsilon => epsilon;

    /// <summary>False where the running statistics stand for those of the batch.</summary>
    public bool IsTraining => isTraining;

    private readonly BatchNorm2dReference norm = new(momentum, epsilon, isTraining);
    private readonly ReluMaxPool2dReference pool = new(kernel);

    /// <summary>z is x after the batch normalization, and y is z after the ReLU and the pooling.</summary>
    public double[,,,] Forward(double[,,,] x, double[] w, double[] b, double[] runningMean, double[] runningVariance)
    {
        double[,,,] z = norm.Forward(x, w, b, runningMean, runningVariance);
        return pool.Forward(z);
    }

    /// <summary>dz is dy after the way back through pooling and ReLU; dx, dw and db are those of dz.</summary>
    public (double[,,,] Dx, double[] Dw, double[] Db) Backward(double[,,,] x, double[] w, double[] b, double[,,,] dy)
    {
        double[,,,] z = norm.Forward(x, w, b, new double[w.Length], new double[w.Length]);
        double[,,,] dz = pool.Backward(z, dy);
        return norm.Backward(x, w, dz);
    }

    /// <summary>The same in evaluation, where only x has a gradient.</summary>
    public double[,,,] BackwardEvaluation(
        double[,,,] x, double[] w, double[] b, double[] runningMean, double[] runningVariance, double[,,,] dy)
    {
        double[,,,] z = norm.Forward(x, w, b, runningMean, runningVariance);
        double[,,,] dz = pool.Backward(z, dy);
        return norm.BackwardEvaluation(w, runningVariance, dz);
    }

    Array IReference.Forward(Array[] arguments) => Forward(
        (double[,,,])arguments[0],
        (double[])arguments[1],
        (double[])arguments[2],
        (double[])arguments[3],
        (double[])arguments[4]);

    Array?[] IReference.Backward(Array[] arguments, Array outputGradient)
    {
        if (!isTraining)
            return
            [
                BackwardEvaluation(
                    (double[,,,])arguments[0],
                    (double[])arguments[1],
                    (double[])arguments[2],
                    (double[])arguments[3],
                    (double[])arguments[4],
                    (double[,,,])outputGradient),
                null, null, null, null,
            ];
        var (dx, dw, db) = Backward(
            (double[,,,])arguments[0], (double[])arguments[1], (double[])arguments[2], (double[,,,])outputGradient);
        return [dx, dw, db, null, null];
    }
}
