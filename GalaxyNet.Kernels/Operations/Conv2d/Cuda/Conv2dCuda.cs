using System.Diagnostics.CodeAnalysis;

namespace GalaxyNet.Kernels;

/// <summary>The three sums of <see cref="Conv2d"/> as matrix products on the CUDA engine.</summary>
/// <remarks>
/// As in <see cref="Conv2dGpu"/>, with the difference that the filters of the input's gradient are first turned, so
/// that those of neighboring input channels lie side by side and are copied by fours.
/// </remarks>
internal sealed class Conv2dCuda : IConv2dSchedule
{
    private readonly Conv2dGeometry geometry;
    private readonly Device device;
    private readonly CudaLauncher<Conv2dCudaForward, CudaLines, CudaWindows> forward;
    private readonly CudaLauncher<Conv2dCudaBackwardInput, CudaDepths<FourFloats>, CudaWindows> backwardInput;
    private readonly CudaLauncher<Conv2dCudaBackwardWeight, CudaChannels, CudaWindowsByTap> backwardWeight;
    private readonly WinogradCuda? fast;
    private readonly bool isForced;
    private readonly Dictionary<int, bool> fastPays = [];
    private readonly Action<KernelConfig, ArrayView<float>, ArrayView<float>, int, int> turnFilters;
    private readonly Workspace<float> turnedFilters;
    private readonly DeviceBuffer<WindowTap> inputTaps;
    private readonly DeviceBuffer<WindowTap> outputTaps;
    private readonly DeviceBuffer<WindowTap> windows;

    public Conv2dCuda(Device device, Conv2dGeometry geometry, TileChoice? tile)
    {
        this.device = device;
        this.geometry = geometry;
        isForced = tile is not null;
        if (WinogradCuda.Fits(geometry) && tile is null or { FastImages: > 0 })
            fast = new(device, geometry, tile);
        forward = new(device, tile);
        backwardInput = new(device, tile);
        backwardWeight = new(device, tile);
        turnFilters = device.Load<ArrayView<float>, ArrayView<float>, int, int>(TurnedFilters.TurnKernel);
        turnedFilters = new Workspace<float>(device);
        inputTaps = device.AllocateBuffer<WindowTap>(WindowTables.InputTaps(geometry));
        outputTaps = device.AllocateBuffer<WindowTap>(WindowTables.OutputTaps(geometry));
        windows = device.AllocateBuffer<WindowTap>(WindowTables.Windows(geometry));
    }

    private int Pixels => geometry.OutHeight * geometry.OutWidth;

    private int InputPixels => geometry.InHeight * geometry.InWidth;

    private int FilterSize => geometry.KernelHeight * geometry.KernelWidth;

    private int PaddedPixels => PassSizes.PaddedPixels(geometry);

    private int InputGradientDepth => geometry.OutChannels * FilterSize;

    /// <summary>False of filters that are longer than the bits of a <see cref="WindowTap"/>.</summary>
    public static bool Fits(Conv2dGeometry geometry) =>
        Math.Max(geometry.KernelHeight, geometry.KernelWidth) <= WindowTap.LongestSide;

    public void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output)
    {
        if (IsFast(input.Shape[0]))
            fast.Forward(input, weight, bias, output, moments: null);
        else
            Forward(input, weight, Output(output).WithRowBias(bias.Data));
    }

    public void ForwardWithMoments(Tensor input, Tensor weight, Tensor bias, Tensor output, ChannelMoments moments)
    {
        if (IsFast(input.Shape[0]))
        {
            fast.Forward(input, weight, bias, output, moments);
            return;
        }
        var target = Output(output).WithRowBias(bias.Data);
        var plan = forward.PlanFor(PassSizes.OfDirect(geometry, input.Shape[0]).Forward);
        moments.Resize(plan.Across, target.Rows, plan.Tile.Columns);
        Forward(input, weight, target.WithMoments(moments.Means, moments.Squares));
    }

    public void BackwardInput(Tensor outputGradient, Tensor weight, Tensor inputGradient)
    {
        int batch = inputGradient.Shape[0];
        if (IsFast(batch))
        {
            fast.BackwardInput(outputGradient, weight, inputGradient);
            return;
        }
        int lines = TurnedFilters.Lines(geometry.InChannels);
        var turned = turnedFilters.AtLeast((long)InputGradientDepth * lines)
            .SubView(0, InputGradientDepth * lines);
        turnFilters(device.Loop((int)turned.Length), weight.Data, turned, geometry.InChannels, FilterSize);
        backwardInput.Run(new(
            new CudaDepths<FourFloats>(turned.Address(), lines, hasOnes: 0),
            new CudaWindows(
                outputGradient.Data.Address() - (4L * WindowTables.OutputMargin(geometry)),
                geometry.OutputShape(1).Count,
                geometry.OutHeight,
                geometry.OutWidth,
                outputTaps.View.Address(),
                WindowGrid.OfOutputGradient(geometry),
                lines: batch * InputPixels),
            CudaOutput.Images(inputGradient.Data, batch, geometry.InChannels, InputPixels),
            InputGradientDepth));
    }

    public void BackwardWeight(Tensor input, Tensor outputGradient, Tensor weightGradient, Tensor biasGradient)
    {
        int batch = input.Shape[0];
        if (IsFast(batch))
        {
            fast.BackwardWeight(input, outputGradient, weightGradient, biasGradient);
            return;
        }
        backwardWeight.Run(new(
            new CudaChannels(outputGradient.Data.Address(), geometry.OutChannels, Pixels, PaddedPixels),
            new CudaWindowsByTap(
                input.Data.Address() - (4L * WindowTables.InputMargin(geometry)),
                geometry.InputShape(1).Count,
                inputTaps.View.Address(),
                geometry.WindowSize,
                windows.View,
                PaddedPixels),
            CudaOutput.Matrix(weightGradient.Data, geometry.OutChannels, geometry.WindowSize)
                .WithRowSums(biasGradient.Data),
            batch * PaddedPixels));
    }

    public void Backward(
        Tensor input,
        Tensor outputGradient,
        Tensor weight,
        Tensor inputGradient,
        Tensor weightGradient,
        Tensor biasGradient)
    {
        if (IsFast(input.Shape[0]))
        {
            fast.Backward(input, outputGradient, weight, inputGradient, weightGradient, biasGradient);
            return;
        }
        BackwardWeight(input, outputGradient, weightGradient, biasGradient);
        BackwardInput(outputGradient, weight, inputGradient);
    }

    public Conv2dPlan PlanFor(int images)
    {
        if (IsFast(images))
            return fast.PlanFor(images);
        var sizes = PassSizes.OfDirect(geometry, images);
        return new Conv2dPlan(
            Plan(forward.PlanFor(sizes.Forward)),
            Plan(backwardInput.PlanFor(sizes.BackwardInput)),
            Plan(backwardWeight.PlanFor(sizes.BackwardWeight)));

        static PassPlan Plan(TilePlan plan) => new($"cuda {plan.Tile.Name}", Steps: 1, Bands: 1, plan.Parts);
    }

    public void Dispose()
    {
        fast?.Dispose();
        forward.Dispose();
        backwardInput.Dispose();
        backwardWeight.Dispose();
        turnedFilters.Dispose();
        inputTaps.Dispose();
        outputTaps.Dispose();
        windows.Dispose();
    }

    private CudaOutput Output(Tensor output) =>
        CudaOutput.Images(output.Data, output.Shape[0], geometry.OutChannels, Pixels);

    private void Forward(Tensor input, Tensor weight, CudaOutput target) => forward.Run(new(
        new CudaLines(weight.Data.Address(), geometry.OutChannels, geometry.WindowSize),
        CudaWindows.OfInput(geometry, input, inputTaps, Pixels, inSquares: false),
        target,
        geometry.WindowSize));

    [MemberNotNullWhen(true, nameof(fast))]
    private bool IsFast(int images)
    {
        if (fast is null || isForced)
            return fast is not null;
        if (!fastPays.TryGetValue(images, out bool pays))
            fastPays.Add(images, pays = Conv2dCudaChoice.IsFast(geometry, images, GpuSize.Of(device)));
        return pays;
    }
}
