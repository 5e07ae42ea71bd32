namespace GalaxyNet.Layers;

/// <summary>
/// How a network runs: its stages in order, and the memory that their gradients share.
/// Callers of <see cref="Sequential"/> never see which layers a stage covers.
/// </summary>
internal sealed class NetworkPlan : IDisposable
{
    private const char NameSeparator = '+';

    private readonly List<Stage> stages = [];
    private readonly List<Shape> inputShapes = [];
    private readonly List<string> names = [];
    private readonly List<int> parameterStarts = []; // of the stages, in the block of all; and its end
    private readonly List<ChannelMoments> moments = [];
    private readonly Device device;
    private readonly DropoutStep? dropoutStep;
    private readonly JoinedStages<Pass> joined;
    private readonly int firstTrained;
    private readonly Tensor?[] inputGradients;
    private readonly Activations activations;
    private readonly AlternatingBuffers gradients;

    /// <summary>Plans a network.</summary>
    /// <param name="layers">What it consists of.</param>
    /// <param name="memory">Its parameters and statistics, and whether it trains.</param>
    /// <param name="shapes">The shape of the input followed by that of each layer's output, for one image.</param>
    /// <param name="seed">What the layers' own seeds are derived from.</param>
    public NetworkPlan(IReadOnlyList<Layer> layers, StageMemory memory, IReadOnlyList<Shape> shapes, ulong seed)
    {
        device = memory.Device;
        if (memory.IsTrainable && layers.Any(layer => layer is DropoutLayer))
            dropoutStep = new DropoutStep(device);
        CreateStages(layers, memory, shapes, seed);
        Parts = [new NetworkPart(0, stages.Count, 0, memory.Values.Layout.Length)];
        activations = new Activations(memory, stages);
        Counters = [.. stages.SelectMany(stage => stage.Counters)];
        joined = new JoinedStages<Pass>(device);
        firstTrained = stages.TakeWhile(stage => !stage.Trains).Count();
        inputGradients = new Tensor?[stages.Count];
        gradients = new AlternatingBuffers(device);
        if (memory.IsTrainable)
            AssignGradients(memory.MaxBatch);
    }

    /// <summary>The parts in which passes run, from the input to the output: one, unless the plan is cut.</summary>
    public IReadOnlyList<NetworkPart> Parts { get; private set; }

    /// <summary>The counts of training passes that the stages keep.</summary>
    public IReadOnlyList<Counter> Counters { get; }

    /// <summary>
    /// Cuts the plan into parts, from the output back: each ends where it has so many parameters, so that something can
    /// be done with their gradients while the backward pass goes on.
    /// </summary>
    public void Cut(int leastLength) => Parts = NetworkPart.Cut(parameterStarts, leastLength);

    /// <summary>Loads all kernels of such a pass, and of the backward pass after it.</summary>
    /// <param name="input">Of the pass's batch size.</param>
    /// <param name="mode">What it is for.</param>
    public void LoadKernels(Tensor input, Mode mode)
    {
        if (device.Kind != DeviceKind.Cuda)
            return; // a CPU compiles kernels in no time, as .NET methods
        device.Kernels.Rehearse(Run);

        void Run()
        {
            if (mode == Mode.Training)
                BeginTraining(step: 0, firstRow: 0);
            foreach (var part in Parts)
                input = Forward(part, input, mode, timings: null);
            if (mode == Mode.Training)
            {
                foreach (var part in Parts.Reverse())
                    input = Backward(part, input, timings: null, stagesDone: 0) ?? input;
            }
        }
    }

    /// <summary>
    /// Says which training pass comes next, and with which row of the mini-batch it begins: dropout draws its masks
    /// from these numbers.
    /// </summary>
    public void BeginTraining(long step, int firstRow) => dropoutStep?.Set((ulong)step, firstRow);

    /// <summary>Counts a training pass.</summary>
    public void CountTraining()
    {
        foreach (var counter in stages.Where(stage => stage.Trains).SelectMany(stage => stage.Counters))
            counter.Value++;
    }

    /// <summary>Runs the stages of a part forward.</summary>
    public Tensor Forward(NetworkPart part, Tensor input, Mode mode, StageTimings? timings)
    {
        if (timings is null)
            joined.Run(
                new Pass(mode, input.Shape[0], part.First),
                part.End - part.First,
                i => input = stages[part.First + i].Forward(input, mode));
        else
            for (int i = part.First; i < part.End; i++)
                input = TimeForward(timings, i, input, mode);
        return input;
    }

    /// <summary>
    /// Runs the stages of a training pass one by one; each gives its output, under the name of its first layer.
    /// </summary>
    public IEnumerable<(string Layer, Tensor Output)> ForwardStepwise(Tensor input)
    {
        for (int i = 0; i < stages.Count; i++)
        {
            input = stages[i].Forward(input, Mode.Training);
            yield return (names[i].Split(NameSeparator)[0], input);
        }
    }

    /// <summary>
    /// Runs the stages of a part backward, down to the first of all that trains, which skips its input's gradient:
    /// nobody reads it.
    /// </summary>
    /// <param name="part">The part.</param>
    /// <param name="outputGradient">The gradient with respect to the output of the last stage to run.</param>
    /// <param name="timings">Sums up how long each takes; null to measure nothing.</param>
    /// <param name="stagesDone">How many, from the last of all on, the gradient has gone through already.</param>
    /// <returns>The gradient that the part before begins with; null if nobody needs it.</returns>
    public Tensor? Backward(NetworkPart part, Tensor outputGradient, StageTimings? timings, int stagesDone)
    {
        int rows = outputGradient.Shape[0];
        int first = Math.Max(part.First, firstTrained);
        int last = Math.Min(part.End, stages.Count - stagesDone) - 1;
        var gradient = outputGradient;
        if (timings is null)
            joined.Run(
                new Pass(Mode.Training, rows, part.First, last),
                Math.Max(last + 1 - first, 0),
                done => RunStage(last - done));
        else
            for (int i = last; i >= first; i--)
                gradient = TimeBackward(timings, i, gradient!, inputGradients[i]?.FirstRows(rows));
        return gradient;

        void RunStage(int i) => gradient = stages[i].Backward(gradient!, inputGradients[i]?.FirstRows(rows));
    }

    public void Dispose()
    {
        foreach (var stage in stages)
            stage.Dispose();
        foreach (var between in moments)
            between.Dispose();
        dropoutStep?.Dispose();
        activations.Dispose();
        gradients.Dispose();
    }

    /// <param name="Mode">What a pass is for.</param>
    /// <param name="Rows">The size of its batch.</param>
    /// <param name="First">The first stage of the part that it goes through.</param>
    /// <param name="FirstBackward">The stage that a backward pass begins with.</param>
    private readonly record struct Pass(Mode Mode, int Rows, int First, int? FirstBackward = null);

    private Tensor TimeForward(StageTimings timings, int stage, Tensor input, Mode mode) =>
        timings.Measure(names[stage], isBackward: false, device, () => stages[stage].Forward(input, mode));

    private Tensor? TimeBackward(StageTimings timings, int stage, Tensor outputGradient, Tensor? inputGradient) =>
        timings.Measure(
            names[stage], isBackward: true, device, () => stages[stage].Backward(outputGradient, inputGradient));

    /// <summary>Makes the stages, each of one layer or of a run of layers that has a fused operation.</summary>
    private void CreateStages(
        IReadOnlyList<Layer> layers, StageMemory memory, IReadOnlyList<Shape> shapes, ulong seed)
    {
        bool mayOverwrite = false; // the input is the caller's
        bool needsGradient = false;
        ChannelMoments? fromBefore = null;
        float? reluBefore = null;
        var slots = memory.Values.Layout.Slots;
        int slot = 0;
        for (int i = 0; i < layers.Count;)
        {
            var context = new StageContext(memory, shapes[i], mayOverwrite, needsGradient, seed, i)
            {
                InputMoments = fromBefore,
                OutputMoments = fromBefore = MomentsBetween(layers, i),
                InputReluScale = reluBefore,
                DropoutStep = dropoutStep,
            };
            var (stage, covered) = CreateStage([.. layers.Skip(i).Take(4)], context);
            reluBefore = stage is DenseReluStage { LeavesRelu: true } before ? before.ReluScale : null;
            mayOverwrite = (mayOverwrite || !stage.SharesInput) && !(memory.IsTrainable && stage.KeepsOutput);
            needsGradient |= stage.Trains;
            stages.Add(stage);
            inputShapes.Add(shapes[i]);
            names.Add(string.Join(NameSeparator, layers.Skip(i).Take(covered).Select(layer => layer.Name)));
            parameterStarts.Add(slot < slots.Count ? slots[slot].Offset : memory.Values.Layout.Length);
            slot += Enumerable.Range(i, covered).Sum(each => layers[each].TrainedParameters(shapes[each]).Count);
            i += covered;
        }
        parameterStarts.Add(memory.Values.Layout.Length);
    }

    /// <summary>The moments that a convolution computes for the batch normalization after it.</summary>
    private ChannelMoments? MomentsBetween(IReadOnlyList<Layer> layers, int i)
    {
        if (layers[i] is not Conv2dLayer
            || i + 1 == layers.Count
            || layers[i + 1] is not BatchNorm2dLayer { IsFrozen: false })
            return null;
        var between = new ChannelMoments(device);
        moments.Add(between);
        return between;
    }

    private static (Stage Stage, int Covered) CreateStage(ReadOnlySpan<Layer> layers, StageContext context) =>
        layers switch
        {
            [Conv2dLayer convolution, ReluLayer, MaxPool2dLayer pool, ..] when CanFuse(pool) =>
                (new Conv2dReluMaxPool2dStage(convolution, pool, context), 3),
            [BatchNorm2dLayer norm, ReluLayer, MaxPool2dLayer pool, ..]
                when (context.NeedsInputGradient || norm.IsFrozen) && CanFuse(pool) =>
                (new BatchNormReluMaxPool2dStage(norm, pool, context), 3),
            [BatchNorm2dLayer norm, ReluLayer, ..] when context.NeedsInputGradient || norm.IsFrozen =>
                (new BatchNormReluMaxPool2dStage(norm, WithoutPooling, context), 2),
            [ReluLayer, MaxPool2dLayer pool, ..] when CanFuse(pool) => (pool.CreateStageWithRelu(context), 2),
            [DenseLayer dense, ReluLayer, ..] =>
                (new DenseReluStage(dense, null, BeforeDense(layers[2..], context)), 2),
            [DenseLayer dense, DropoutLayer dropout, ReluLayer, ..] =>
                (new DenseReluStage(dense, dropout, BeforeDense(layers[3..], context)), 3),
            _ => (layers[0].CreateStage(context), 1),
        };

    /// <summary>
    /// What a stage with a ReLU needs to know: a dense layer after it takes the gradient through that.
    /// </summary>
    private static StageContext BeforeDense(ReadOnlySpan<Layer> next, StageContext context) =>
        context with { LeavesRelu = next is [DenseLayer { IsFrozen: false }, ..] };

    /// <summary>Windows of one pixel: what they pool is what they get.</summary>
    private static MaxPool2dLayer WithoutPooling { get; } = new("no_pooling", Kernel: 1);

    private static bool CanFuse(MaxPool2dLayer pool) => pool.Kernel <= ReluMaxPool2d.MaxKernel;

    /// <summary>
    /// Gives the gradient of each stage's input its memory: the input's own if the stage allows, as those of the
    /// largest do. Of the others only two live at a time, that of a stage's output and that of its input. The caller's
    /// tensor is never written to.
    /// </summary>
    private void AssignGradients(int maxBatch)
    {
        var elsewhere = new List<int>();
        for (int i = stages.Count - 1; i > firstTrained; i--)
        {
            var allowed = stages[i].InputGradientMemory;
            if (allowed == GradientMemory.View)
                continue;
            var shape = inputShapes[i].Batch(maxBatch);
            if (allowed == GradientMemory.Input)
            {
                inputGradients[i] = stages.Take(i).Last(stage => !stage.SharesInput).Outputs!.Reshape(shape);
                gradients.Leave();
                continue;
            }
            gradients.Add(shape, mayReplaceLast: allowed == GradientMemory.Any);
            elsewhere.Add(i);
        }
        foreach (var (i, tensor) in elsewhere.Zip(gradients.Allocate()))
            inputGradients[i] = tensor;
    }
}
