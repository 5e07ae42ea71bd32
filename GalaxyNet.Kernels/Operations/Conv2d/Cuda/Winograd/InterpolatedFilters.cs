namespace GalaxyNet.Kernels;

/// <summary>Gradients of filters at the points, and the gradients of the filters and biases that they make.</summary>
/// <param name="gradients">A row for each output channel, a column for each input channel; the first of some.</param>
/// <param name="count">How many of them are to be added, one after the other in memory; 0 to do nothing.</param>
/// <param name="weightGradient">[outChannels, inChannels, taps, taps].</param>
/// <param name="sums">Sums of each output channel's gradients.</param>
/// <param name="sumsOfChannel">How many a channel has.</param>
/// <param name="biasGradient">[outChannels].</param>
internal readonly struct InterpolatedFilters(
    PointMatrices gradients,
    int count,
    ArrayView<float> weightGradient,
    ArrayView<float> sums,
    int sumsOfChannel,
    ArrayView<float> biasGradient)
{
    private readonly PointMatrices gradients = gradients;
    private readonly int count = count;
    private readonly ArrayView<float> weightGradient = weightGradient;
    private readonly ArrayView<float> sums = sums;
    private readonly int sumsOfChannel = sumsOfChannel;
    private readonly ArrayView<float> biasGradient = biasGradient;

    /// <summary>Groups that take part.</summary>
    public int Groups => count == 0 ? 0 : GroupsOfFilters + GroupsOfBiases;

    private int GroupsOfBiases => Rounding.CeilingDivide(gradients.Rows, GroupSum.MaxGroupSize);

    private int GroupsOfFilters => Rounding.CeilingDivide(gradients.MatrixSize, GroupSum.MaxGroupSize);

    /// <summary>G^T u G, and the biases' gradients.</summary>
    public void Interpolate<TMaps>(int group)
        where TMaps : struct, IWinogradMaps
    {
        int i = (group * GroupSum.MaxGroupSize) + Group.IdxX;
        if (group >= GroupsOfFilters)
            SumBias(i - (GroupsOfFilters * GroupSum.MaxGroupSize));
        else if (i < gradients.MatrixSize)
            Write<TMaps>(i, SumAt<TMaps>(i).Map<FilterGradientMap<TMaps>>());
    }

    private Square SumAt<TMaps>(int filter)
        where TMaps : struct, IWinogradMaps
    {
        var sum = gradients.Read<TMaps>(0, filter);
        for (int n = 1; n < count; n++)
            sum = sum.Plus(gradients.Read<TMaps>(n * TMaps.Points * TMaps.Points * gradients.Rows, filter));
        return sum;
    }

    private void Write<TMaps>(int filter, Square taps)
        where TMaps : struct, IWinogradMaps
    {
        int first = filter * TMaps.Taps * TMaps.Taps;
        WriteLine<TMaps>(first, taps.Row0);
        WriteLine<TMaps>(first + TMaps.Taps, taps.Row1);
        WriteLine<TMaps>(first + (2 * TMaps.Taps), taps.Row2);
        if (TMaps.Taps > 3)
        {
            WriteLine<TMaps>(first + (3 * TMaps.Taps), taps.Row3);
            WriteLine<TMaps>(first + (4 * TMaps.Taps), taps.Row4);
        }
    }

    private void WriteLine<TMaps>(int first, Eight taps)
        where TMaps : struct, IWinogradMaps
    {
        weightGradient[first] = taps.X0;
        weightGradient[first + 1] = taps.X1;
        weightGradient[first + 2] = taps.X2;
        if (TMaps.Taps > 3)
        {
            weightGradient[first + 3] = taps.X3;
            weightGradient[first + 4] = taps.X4;
        }
    }

    private void SumBias(int channel)
    {
        if (channel >= gradients.Rows)
            return;
        float sum = 0f;
        for (int n = 0; n < sumsOfChannel; n++)
            sum += sums[(channel * sumsOfChannel) + n];
        biasGradient[channel] = sum;
    }
}
