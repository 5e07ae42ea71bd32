namespace GalaxyNet.Kernels;

/// <summary>The three sums of <see cref="Conv2d"/> by a fast convolution on the CUDA engine.</summary>
/// <remarks>
/// F(4x4, r x r), as <see cref="IWinogradTile"/> explains it. Three launches make a pass: the factors of the products
/// at the points (<see cref="WinogradEvaluation"/>), a product of matrices for each point, and what these make
/// (<see cref="WinogradInterpolation"/>). Of a 5x5 convolution it multiplies a sixth, of a 3x3 a quarter, and pays with
/// memory: the matrices have four times the numbers of the images, or two and a quarter.
/// <code>
///                  rows         columns                  depth                    left               right
/// Forward          outChannels  tiles of y, all images   inChannels               G w G^T            B^T x B
/// BackwardInput    inChannels   tiles of dx, all images  outChannels              G w G^T, turned    B^T dy B
/// BackwardWeight   outChannels  inChannels               tiles of y, all images   A dy A^T           B^T x B
/// </code>
/// </remarks>
internal sealed class WinogradCuda : IDisposable
{
    private readonly Conv2dGeometry geometry;
    private readonly int? imagesAtOnce;
    private readonly WinogradLaunches launches;
    private readonly PointMemory filters;
    private readonly PointMemory inputs;
    private readonly PointMemory outputs;
    private readonly PointMemory outputGradients;
    private readonly PointMemory inputGradients;
    private readonly PointMemory filterGradients;
    private readonly Workspace<float> sums;

    public WinogradCuda(Device device, Conv2dGeometry geometry, TileChoice? tile)
    {
        this.geometry = geometry;
        imagesAtOnce = tile?.FastImages;
        launches = new(device, geometry.KernelHeight, tile);
        filters = new(device, launches.Points);
        inputs = new(device, launches.Points);
        outputs = new(device, launches.Points);
        outputGradients = new(device, launches.Points);
        inputGradients = new(device, launches.Points);
        filterGradients = new(device, launches.Points);
        sums = new(device);
    }

    /// <summary>True of filters for which there are points: 3x3 and 5x5, at stride 1.</summary>
    public static bool Fits(Conv2dGeometry geometry) =>
        geometry.KernelHeight == geometry.KernelWidth && geometry.KernelHeight is 3 or 5 && geometry.Stride == 1;

    /// <summary>The images of a batch that are taken at once.</summary>
    public static WinogradSteps StepsFor(Conv2dGeometry geometry, int images)
    {
        int points = WinogradLaunches.PointsOf(geometry.KernelHeight);
        int tiles = ImageTiles.CountOver(geometry.Input) + ImageTiles.CountOver(geometry.Output);
        return WinogradSteps.Of(images, (long)points * tiles * (geometry.InChannels + geometry.OutChannels));
    }

    /// <summary>y, and if they are asked for, the moments of its channels where all tiles are whole.</summary>
    public void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output, ChannelMoments? moments)
    {
        var steps = StepsOf(input);
        var left = filters.Matrices(geometry.InChannels, geometry.OutChannels);
        bool takesMoments = MakeRoom(moments, steps);
        for (int step = 0; step < steps.Count; step++)
        {
            var tiles = InputTiles(steps, step, input);
            var right = inputs.Matrices(geometry.InChannels, tiles.Count);
            var products = outputs.Matrices(geometry.OutChannels, tiles.Count);
            launches.Evaluate(
                new EvaluatedImages(tiles, right),
                filters: step == 0 ? EvaluatedFilters.Of(geometry, weight, left) : default);
            launches.Multiply(new PointProduct(left, right, products));
            launches.Interpolate(new InterpolatedImages(
                products,
                OutputTiles(steps, step, output),
                Float4.Fits(output.Data, geometry.OutWidth),
                bias.Data,
                hasBias: 1,
                takesMoments ? MomentsOf(moments!, steps, step) : default));
        }
    }

    /// <summary>dx from dy and w.</summary>
    public void BackwardInput(Tensor outputGradient, Tensor weight, Tensor inputGradient)
    {
        var steps = StepsOf(inputGradient);
        for (int step = 0; step < steps.Count; step++)
        {
            var input = InputStep(steps, step, outputGradient, weight, inputGradient);
            launches.Evaluate(input.Images, filters: input.Filters);
            launches.MultiplyBackward(ofWeight: null, count: 0, input.Product);
            launches.Interpolate(input.Result);
        }
    }

    /// <summary>dw and db from x and dy.</summary>
    public void BackwardWeight(Tensor input, Tensor outputGradient, Tensor weightGradient, Tensor biasGradient)
    {
        var steps = StepsOf(input);
        for (int step = 0; step < steps.Count; step++)
        {
            var weight = WeightStep(steps, step, input, outputGradient);
            launches.Evaluate(weight.Images, gradients: weight.Gradients);
            launches.MultiplyBackward(weight.Product, weight.Count, ofInput: null);
        }
        launches.Interpolate(filters: FilterResult(steps, weightGradient, biasGradient));
    }

    /// <summary>Both, in fewer launches.</summary>
    public void Backward(
        Tensor input,
        Tensor outputGradient,
        Tensor weight,
        Tensor inputGradient,
        Tensor weightGradient,
        Tensor biasGradient)
    {
        var steps = StepsOf(input);
        for (int step = 0; step < steps.Count; step++)
        {
            var ofInput = InputStep(steps, step, outputGradient, weight, inputGradient);
            var ofWeight = WeightStep(steps, step, input, outputGradient);
            launches.Evaluate(ofInput.Images, ofWeight.Images, ofWeight.Gradients, ofInput.Filters);
            launches.MultiplyBackward(ofWeight.Product, ofWeight.Count, ofInput.Product);
            bool isLast = step == steps.Count - 1;
            launches.Interpolate(
                ofInput.Result, isLast ? FilterResult(steps, weightGradient, biasGradient) : default);
        }
    }

    /// <summary>How the three passes run for so many images.</summary>
    public Conv2dPlan PlanFor(int images)
    {
        var steps = StepsOf(images);
        var sizes = PassSizes.OfFast(geometry, steps.AtOnce);
        var backward = launches.PlanFor(sizes.Backward);
        return new Conv2dPlan(
            Plan(launches.PlanFor(sizes.Forward)), Plan(backward.Second!), Plan(backward.First!));

        PassPlan Plan(TilePlan plan) => new($"fast {plan.Tile.Name}", steps.Count, Bands: 1, plan.Parts);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        launches.Dispose();
        filters.Dispose();
        inputs.Dispose();
        outputs.Dispose();
        outputGradients.Dispose();
        inputGradients.Dispose();
        filterGradients.Dispose();
        sums.Dispose();
    }

    private WinogradSteps StepsOf(Tensor input) => StepsOf(input.Shape[0]);

    private WinogradSteps StepsOf(int images) => imagesAtOnce is { } forced
        ? new WinogradSteps(images, Math.Min(forced, images))
        : StepsFor(geometry, images);

    private ImageTiles InputTiles(WinogradSteps steps, int step, Tensor input) => ImageTiles.Of(
        steps.Part(input, step), steps.ImagesOf(step), geometry.Input, geometry.Output, geometry.Padding);

    private ImageTiles OutputTiles(WinogradSteps steps, int step, Tensor output) => ImageTiles.Of(
        steps.Part(output, step), steps.ImagesOf(step), geometry.Output, geometry.Output, before: 0);

    private InputGradientStep InputStep(
        WinogradSteps steps, int step, Tensor outputGradient, Tensor weight, Tensor inputGradient)
    {
        var seen = ImageTiles.Of(
            steps.Part(outputGradient, step),
            steps.ImagesOf(step),
            geometry.Output,
            geometry.Input,
            geometry.KernelHeight - 1 - geometry.Padding);
        var made = ImageTiles.Of(
            steps.Part(inputGradient, step), steps.ImagesOf(step), geometry.Input, geometry.Input, before: 0);
        var left = filters.Matrices(geometry.OutChannels, geometry.InChannels);
        var right = outputGradients.Matrices(geometry.OutChannels, seen.Count);
        var products = inputGradients.Matrices(geometry.InChannels, seen.Count);
        return new(
            new EvaluatedImages(seen, right),
            step == 0 ? EvaluatedFilters.Turned(geometry, weight, left) : default,
            new PointProduct(left, right, products),
            new InterpolatedImages(products, made, Float4.Fits(inputGradient.Data, geometry.InWidth)));
    }

    private WeightGradientStep WeightStep(WinogradSteps steps, int step, Tensor input, Tensor outputGradient)
    {
        var tiles = InputTiles(steps, step, input);
        var gradientTiles = OutputTiles(steps, step, outputGradient);
        var left = outputs.Matrices(geometry.OutChannels, tiles.Count);
        var right = inputs.Matrices(geometry.InChannels, tiles.Count);
        int groups = steps.Groups(tiles.OfImage);
        return new(
            new EvaluatedImages(tiles, right),
            new EvaluatedGradients(
                gradientTiles,
                left,
                sums.AtLeast((long)groups * geometry.OutChannels),
                groups,
                steps.GroupsBefore(step, tiles.OfImage)),
            new PointProduct(left, right, FilterGradients(steps, step)),
            tiles.Count);
    }

    private InterpolatedFilters FilterResult(WinogradSteps steps, Tensor weightGradient, Tensor biasGradient) => new(
        FilterGradients(steps, 0),
        steps.Count,
        weightGradient.Data,
        sums.AtLeast(0),
        steps.Groups(ImageTiles.CountOver(geometry.Output)),
        biasGradient.Data);

    private PointMatrices FilterGradients(WinogradSteps steps, int step) =>
        filterGradients.Set(step, steps.Count, geometry.OutChannels, geometry.InChannels);

    // All parts but the last have the same count, so each step must end with a whole one.
    private bool MakeRoom(ChannelMoments? moments, WinogradSteps steps)
    {
        int tiles = ImageTiles.CountOver(geometry.Output);
        bool allWhole = geometry.OutHeight % ImageTiles.Step == 0 && geometry.OutWidth % ImageTiles.Step == 0;
        bool takesMoments = moments is not null && allWhole
            && (steps.Count == 1 || steps.AtOnce * tiles % GroupSum.MaxGroupSize == 0);
        moments?.Resize(takesMoments ? steps.Groups(tiles) : 0, geometry.OutChannels, TileMomentParts.NumbersOfPart);
        return takesMoments;
    }

    private TileMomentParts MomentsOf(ChannelMoments moments, WinogradSteps steps, int step) => new(
        moments.Means,
        moments.Squares,
        moments.Parts,
        steps.GroupsBefore(step, ImageTiles.CountOver(geometry.Output)));

    private sealed record InputGradientStep(
        EvaluatedImages Images, EvaluatedFilters Filters, PointProduct Product, InterpolatedImages Result);

    private sealed record WeightGradientStep(
        EvaluatedImages Images, EvaluatedGradients Gradients, PointProduct Product, int Count);
}
