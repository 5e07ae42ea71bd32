namespace GalaxyNet.Layers;

/// <summary>A network of layers that follow each other, with its parameters and activations on a device.</summary>
/// <remarks>
/// All device memory is allocated by the constructor (some operations grow a workspace in their first pass).
/// Parameters lie in one flat block and their gradients in another of the same layout. What frozen layers hold lies in
/// a block of its own, where no optimizer comes. A method that is called after <see cref="Dispose"/>, or with a tensor
/// that has been disposed, throws an <see cref="ObjectDisposedException"/>.
///
/// A network that is not trainable computes the same outputs in less memory: it has no gradients, and what a layer
/// writes is overwritten once the next has read it.
///
/// An NVIDIA GPU is given a pass whole, in place of one launch after the other, where its tensors have come before and
/// no memory of the device has been freed since: write each batch to the same tensor.
/// </remarks>
public sealed class Sequential : IDisposable
{
    private readonly NetworkPlan plan;
    private readonly RepeatedPasses passes;
    private readonly HashSet<(Mode, int)> passesWithKernels = [];
    private readonly ParameterBlock? gradients;
    private Tensor? trainedInput; // that of the last forward pass, if a backward pass may follow
    private bool disposed;

    /// <summary>Builds a network and draws its first parameters.</summary>
    /// <param name="device">Where it runs.</param>
    /// <param name="inputShape">
    /// The shape of one image, <c>[channels, height, width]</c>, or of one row, <c>[features]</c>.
    /// </param>
    /// <param name="maxBatch">The largest batch it will be given.</param>
    /// <param name="seed">What the first parameters and dropout's masks are drawn from.</param>
    /// <param name="layers">The layers, each with a name of its own.</param>
    /// <param name="trainable">False for a network that only predicts, with weights that it loads.</param>
    /// <exception cref="ArgumentException">
    /// There is no layer, two have the same name, or one cannot take what comes before it.
    /// </exception>
    /// <exception cref="DeviceMemoryException">
    /// The device does not have that much memory left; all that was allocated is free again.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The device has been disposed.</exception>
    public Sequential(
        Device device,
        Shape inputShape,
        int maxBatch,
        ulong seed,
        IReadOnlyList<Layer> layers,
        bool trainable = true)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(inputShape);
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBatch, 1);
        if (layers.Count == 0)
            throw new ArgumentException("A network needs at least one layer.", nameof(layers));
        Device = device;
        MaxBatch = maxBatch;
        Layers = [.. layers];
        var shapes = LayerChain.Shapes(inputShape, Layers);
        using var construction = Construction.Begin();
        InputShape = inputShape;
        OutputShape = shapes[^1];

        Values = Draw((layer, i) => layer.TrainedParameters(shapes[i]));
        gradients = trainable ? new ParameterBlock(device, Values.Layout) : null;
        Statistics = Draw((layer, i) => layer.MovingStatistics(shapes[i]));
        Frozen = Draw((layer, i) => layer.FrozenTensors(shapes[i]));
        var memory = new StageMemory(device, maxBatch, Values, gradients, Statistics, Frozen);
        plan = new NetworkPlan(Layers, memory, shapes, seed);
        passes = new RepeatedPasses(plan, device);
        Parameters =
        [
            .. Values.Layout.Slots.Select(slot => new Parameter(slot.Name, Values[slot.Name], gradients?[slot.Name])),
        ];
        construction.Complete();

        ParameterBlock Draw(Func<Layer, int, IReadOnlyList<ParameterDeclaration>> declare) =>
            InitialValues.Draw(device, [.. Layers.Select(declare)], seed);
    }

    /// <summary>Where the network runs.</summary>
    public Device Device { get; }

    /// <summary>The layers it was built from.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>The shape of one image.</summary>
    public Shape InputShape { get; }

    /// <summary>The shape of the output for one image.</summary>
    public Shape OutputShape { get; }

    /// <summary>The largest batch that the activations have room for.</summary>
    public int MaxBatch { get; }

    /// <summary>False if it only predicts.</summary>
    public bool IsTrainable => gradients is not null;

    /// <summary>The trained tensors, each with its gradient.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>All trained parameters in one block.</summary>
    public ParameterBlock Values { get; }

    /// <summary>All gradients in one block of the same layout.</summary>
    /// <exception cref="InvalidOperationException">The network is not trainable.</exception>
    public ParameterBlock Gradients => gradients ?? throw Parameter.NotTrainableError();

    /// <summary>
    /// All running statistics that training keeps up to date, such as <c>conv2_bn.running_mean</c>, in a third block.
    /// </summary>
    public ParameterBlock Statistics { get; }

    /// <summary>
    /// What layers hold that are frozen, parameters and running statistics: see <see cref="Layer.IsFrozen"/>.
    /// </summary>
    public ParameterBlock Frozen { get; }

    /// <summary>
    /// The training passes so far: dropout draws each mask from it, so a resumed run needs it back.
    /// </summary>
    public Counter Steps { get; } = new("network.steps");

    /// <summary>True if the output is that of a <see cref="SigmoidLayer"/> after others.</summary>
    internal bool EndsInSigmoid => Layers is [.., _, SigmoidLayer];

    /// <summary>Sums up the time that each stage takes; null, as it is at first, to measure nothing.</summary>
    internal StageTimings? Timings { get; set; }

    /// <summary>What PyTorch's <c>state_dict</c> of the same network holds, under the same names.</summary>
    public IReadOnlyList<StateEntry> Weights =>
        [.. Values.State(), .. Statistics.State(), .. Frozen.State(), .. plan.Counters];

    /// <summary>The layers with their shapes and sizes.</summary>
    public NetworkSummary Summary => new(InputShape, Layers);

    /// <summary>Computes the output for a batch of 1 to <see cref="MaxBatch"/> images.</summary>
    /// <param name="input">[batch, ...] of <see cref="InputShape"/>; a backward pass reads it again.</param>
    /// <param name="mode">What the pass is for.</param>
    /// <returns>[batch, ...] of <see cref="OutputShape"/>, in memory that the next forward pass overwrites.</returns>
    /// <exception cref="ArgumentException">
    /// The batch is too large, or its images have another shape or live on another device.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The pass is one in training, and the network is not trainable.
    /// </exception>
    public Tensor Forward(Tensor input, Mode mode)
    {
        if (mode == Mode.Training)
        {
            var trained = ForwardPart(input, firstRow: 0);
            CountStep();
            return trained;
        }
        RequireInput(input);
        trainedInput = null;
        LoadKernels(input, mode);
        return passes.Forward(input, mode, Timings, beforePart: null);
    }

    /// <summary>
    /// Computes the gradients of all parameters for the last forward pass; they replace earlier ones. It may overwrite
    /// what the layers have kept of that pass, so there is one backward pass for each.
    /// </summary>
    /// <param name="outputGradient">
    /// The gradient of the loss with respect to the output of that pass; it is not changed.
    /// </param>
    /// <exception cref="InvalidOperationException">
    /// There was no forward pass in training mode right before it, or the network is not trainable.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// The gradient's shape is not that of the output, or it lives on another device.
    /// </exception>
    public void Backward(Tensor outputGradient) => Backward(outputGradient, layersDone: 0, afterPart: null);

    /// <summary>The parts in which passes run: see <see cref="NetworkPlan.Cut"/>.</summary>
    internal IReadOnlyList<NetworkPart> Parts => plan.Parts;

    /// <summary>Cuts the passes into parts: see <see cref="NetworkPlan.Cut"/>.</summary>
    internal void Cut(int leastLength) => plan.Cut(leastLength);

    /// <summary>
    /// A forward pass in training over some rows of a mini-batch. It does not count: <see cref="CountStep"/> does, once
    /// all rows are done.
    /// </summary>
    /// <param name="input">As in <see cref="Forward"/>.</param>
    /// <param name="firstRow">Where they begin in the mini-batch.</param>
    /// <param name="beforePart">Is called before each of the <see cref="Parts"/>, with its index.</param>
    internal Tensor ForwardPart(Tensor input, int firstRow, Action<int>? beforePart = null)
    {
        RequireTrainable();
        RequireInput(input);
        trainedInput = null;
        LoadKernels(input, Mode.Training);
        plan.BeginTraining(Steps.Value, firstRow);
        var output = passes.Forward(input, Mode.Training, Timings, beforePart);
        trainedInput = input;
        return output;
    }

    /// <summary>Counts a step of training.</summary>
    internal void CountStep()
    {
        plan.CountTraining();
        Steps.Value++;
    }

    /// <summary>
    /// The backward pass for the gradient that <see cref="WeightedMseLoss"/> finds, which has already gone through the
    /// sigmoid at the end, if there is one.
    /// </summary>
    /// <param name="gradient">The gradient.</param>
    /// <param name="afterPart">Is called after each of the <see cref="Parts"/>, with its index.</param>
    internal void BackwardOfError(Tensor gradient, Action<int>? afterPart = null) =>
        Backward(gradient, EndsInSigmoid ? 1 : 0, afterPart);

    /// <summary>Loads the kernels of a pass with such a batch, and of the backward pass after it: once.</summary>
    /// <remarks>A GPU compiles each of them, which can take seconds in all; the first pass does it otherwise.</remarks>
    /// <param name="input">A batch, whatever is in it.</param>
    /// <param name="mode">What the pass is for.</param>
    internal void LoadKernels(Tensor input, Mode mode)
    {
        if (passesWithKernels.Add((mode, input.Shape[0])))
            plan.LoadKernels(input, mode);
    }

    /// <summary>Looks for a parameter or running statistic that is NaN or infinite.</summary>
    /// <returns>Its name; null if all numbers are finite.</returns>
    public string? FindNonFinite() =>
        NonFiniteSearch.FirstName(Values)
        ?? NonFiniteSearch.FirstName(Statistics)
        ?? NonFiniteSearch.FirstName(Frozen);

    /// <summary>
    /// Looks for the first parameter or layer's output that is NaN or infinite, by running the last training pass
    /// again. Use it only to tell what has gone wrong: running statistics count that pass twice.
    /// </summary>
    /// <param name="input">The input of that pass.</param>
    /// <returns>Such as <c>conv1.weight</c> or <c>the output of fc1</c>; null if all numbers are finite.</returns>
    /// <exception cref="InvalidOperationException">
    /// There has been no training pass, or the network is not trainable.
    /// </exception>
    public string? FindNonFinite(Tensor input)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        RequireTrainable();
        input.Require(Device, nameof(input));
        if (Steps.Value == 0)
            throw new InvalidOperationException("There is no training pass to run again.");
        return FindNonFinite(input, Steps.Value - 1, firstRow: 0);
    }

    /// <summary>The same for a pass that may be over some rows of a mini-batch, of a step.</summary>
    internal string? FindNonFinite(Tensor input, long step, int firstRow)
    {
        trainedInput = null;
        plan.BeginTraining(step, firstRow);
        return NonFiniteSearch.FirstOrigin([Values, Frozen], passes.ForwardStepwise(input));
    }

    /// <summary>
    /// Writes the weights and running statistics to a safetensors file that the same network in PyTorch can load.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => StateFile.Save(path, Weights);

    /// <summary>
    /// Takes the weights and running statistics from a safetensors file, whoever wrote it. Tensors of other names, of
    /// any type, are left alone. Those of the types F16, BF16 and F64 are converted to float32. Counts of batches,
    /// <c>num_batches_tracked</c>, may be integers of any type; where one is missing it stays as it is.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="log">Is told in one line what was converted, if anything.</param>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, no safetensors file, or holds another network's weights, or a number that float32 has no
    /// room for. Nothing has changed then, and the message names the file, what differs and, where it is known, what
    /// to do: if all names begin with a prefix such as <c>module.</c>, it says which.
    /// </exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public void Load(string path, Action<string>? log = null) => WeightsFile.Load(path, Weights, log);

    /// <summary>
    /// Does what <see cref="Load"/> does for some of the layers: the others stay as they are, and the file need not
    /// have them.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="layers">The names of the layers to take.</param>
    /// <param name="log">Is told in one line what was converted, if anything.</param>
    /// <exception cref="ArgumentException">The network has no layer of a name, or one without weights.</exception>
    /// <inheritdoc cref="Load" path="/exception"/>
    public void LoadLayers(string path, IReadOnlyCollection<string> layers, Action<string>? log = null)
    {
        ArgumentNullException.ThrowIfNull(layers);
        WeightsFile.Load(path, [.. layers.Distinct().SelectMany(WeightsOf)], log);
    }

    /// <summary>
    /// Writes the network as it is in evaluation to a file in the format ONNX (operator set 17), with which other
    /// programs can predict. It takes <c>input</c>, float32 [batch, ...] of <see cref="InputShape"/> for any batch, and
    /// makes <c>output</c>, [batch, ...] of <see cref="OutputShape"/>. The same network makes the same bytes.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="description">What the network is, for people.</param>
    /// <param name="metadata">
    /// What else there is to say, by names: how an input is made, what the outputs are called.
    /// </param>
    /// <exception cref="InvalidDataException">
    /// The network needs over 2 GB, the most that such a file can have.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void ExportOnnx(
        string path, string description = "", IReadOnlyDictionary<string, string>? metadata = null)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        ArgumentNullException.ThrowIfNull(description);
        AtomicFile.Write(
            path, stream => OnnxFile.Write(stream, this, description, metadata ?? new Dictionary<string, string>()));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        disposed = true;
        passes.Dispose();
        plan.Dispose();
        Frozen.Dispose();
        Statistics.Dispose();
        gradients?.Dispose();
        Values.Dispose();
    }

    private IReadOnlyList<StateEntry> WeightsOf(string layer)
    {
        StateEntry[] own = [.. Weights.Where(entry => entry.Name[..entry.Name.LastIndexOf('.')] == layer)];
        return own.Length > 0 ? own : throw new ArgumentException($"The network has no layer {layer} with weights.");
    }

    private void Backward(Tensor outputGradient, int layersDone, Action<int>? afterPart)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        RequireTrainable();
        if (trainedInput is null)
            throw new InvalidOperationException("Backward needs a forward pass in training mode right before it.");
        outputGradient.Require(Device, OutputShape.Batch(trainedInput.Shape[0]), nameof(outputGradient));
        var input = trainedInput;
        trainedInput = null;
        passes.Backward(input, outputGradient, Timings, layersDone, afterPart);
    }

    private void RequireInput(Tensor input)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        input.Require(Device, nameof(input));
        int batch = input.Shape[0];
        if (batch > MaxBatch)
            throw new ArgumentException(
                $"A batch of {batch} is over the {MaxBatch} that this network was built for.", nameof(input));
        input.Require(Device, InputShape.Batch(batch), nameof(input));
    }

    private void RequireTrainable()
    {
        if (!IsTrainable)
            throw Parameter.NotTrainableError();
    }
}
