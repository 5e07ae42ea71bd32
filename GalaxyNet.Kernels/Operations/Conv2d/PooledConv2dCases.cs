namespace GalaxyNet.Kernels;

/// <summary>
/// The convolution that goes through ReLU and pooling, as attempt 4 runs its first: in one pass where the device can, else as a convolution and
/// <see cref="ReluMaxPool2d"/>. To be timed; what they compute is checked where they stand alone.
/// </summary>
internal static class PooledConv2dCases
{
    public static IEnumerable<OperationCase> All => [Case("attempt 4, conv1", 64, new(3, 64, 64, 64, 9, 9, 1, 4))];

    public static OperationCase Case(string description, int batch, Conv2dGeometry geometry)
    {
        var convolution = Conv2dCases.Case(description, batch, geometry);
        var output = MaxPool2d.OutputShape(convolution.OutputShape, PooledRows.Kernel);
        double bytes = (4.0 * (geometry.InputShape(batch).Count + geometry.WeightShape.Count)) + (5.0 * output.Count);
        var cost = convolution.ForwardCost with { Bytes = bytes };
        return convolution with
        {
            Operation = "conv2d_relu_max_pool2d",
            // The first layer's input: nobody needs its gradient.
            Arguments = [convolution.Arguments[0] with { DifferenceStep = null }, .. convolution.Arguments.Skip(1)],
            OutputShape = output,
            Create = device => new Run(device, new Conv2d(device, geometry), batch),
            ForwardCost = cost,
            BackwardCost = cost,
            IsBenchmark = true,
        };
    }

    private sealed class Run : IOperation
    {
        private readonly Conv2d convolution;
        private readonly ReluMaxPool2d pooling;
        private readonly DeviceBuffer<byte> indices;
        private readonly Tensor? convolved;

        public Run(Device device, Conv2d convolution, int batch)
        {
            this.convolution = convolution;
            var shape = convolution.Geometry.OutputShape(batch);
            pooling = new ReluMaxPool2d(device, PooledRows.Kernel);
            indices = device.AllocateBuffer<byte>(MaxPool2d.OutputShape(shape, PooledRows.Kernel).Count);
            convolved = convolution.CanPool ? null : device.Allocate(shape);
        }

        public void Forward(IReadOnlyList<Tensor> arguments, Tensor output)
        {
            if (convolved is null)
            {
                convolution.ForwardReluMaxPool(arguments[0], arguments[1], arguments[2], output, indices);
                return;
            }
            convolution.Forward(arguments[0], arguments[1], arguments[2], convolved);
            pooling.Forward(convolved, output, indices);
        }

        public void Backward(
            IReadOnlyList<Tensor> arguments,
            Tensor output,
            Tensor outputGradient,
            IReadOnlyList<Tensor?> argumentGradients)
        {
            if (convolved is null)
            {
                convolution.BackwardWeightPooled(
                    arguments[0], indices, outputGradient, argumentGradients[1]!, argumentGradients[2]!);
                return;
            }
            pooling.Backward(indices, outputGradient, convolved);
            convolution.BackwardWeight(arguments[0], convolved, argumentGradients[1]!, argumentGradients[2]!);
        }

        public void Dispose()
        {
            convolution.Dispose();
            indices.Dispose();
            convolved?.Dispose();
        }
    }
}
