namespace GalaxyNet.Layers;

/// <summary>
/// Runs the passes of a plan. Those that come again, with tensors at the same addresses, an NVIDIA GPU gets whole: see
/// <see cref="LaunchGraphs{TKey}"/>.
/// </summary>
/// <param name="plan">The plan, which is not disposed here.</param>
/// <param name="device">Where it runs.</param>
internal sealed class RepeatedPasses(NetworkPlan plan, Device device) : IDisposable
{
    private readonly LaunchGraphs<PassKey> graphs = new(device);
    private Tensor? staged; // the input of the training pass that the stages remember, for the backward pass

    /// <summary>Runs all stages forward.</summary>
    /// <param name="input">The batch.</param>
    /// <param name="mode">What the pass is for.</param>
    /// <param name="timings">Sums up how long each stage takes, one by one; null to measure nothing.</param>
    /// <param name="beforePart">Is called before each of the plan's parts, with its index.</param>
    public Tensor Forward(Tensor input, Mode mode, StageTimings? timings, Action<int>? beforePart)
    {
        staged = null;
        int launched = 0;
        var output = input;
        for (int part = 0; part < plan.Parts.Count; part++)
        {
            beforePart?.Invoke(part);
            output = timings is null
                ? graphs.Run(new PassKey(mode, input.Address, input.Shape[0], part), Launch)
                : Launch();

            Tensor Launch()
            {
                launched++;
                return plan.Forward(plan.Parts[part], output, mode, timings);
            }
        }
        staged = mode == Mode.Training && launched == plan.Parts.Count ? input : null;
        return output;
    }

    /// <summary>The same one by one, in training: see <see cref="NetworkPlan.ForwardStepwise"/>.</summary>
    public IEnumerable<(string Layer, Tensor Output)> ForwardStepwise(Tensor input)
    {
        staged = null;
        return plan.ForwardStepwise(input);
    }

    /// <summary>Runs the stages backward.</summary>
    /// <param name="input">That of the last forward pass, which was one in training.</param>
    /// <param name="outputGradient">The gradient with respect to the output of the last stage to run.</param>
    /// <param name="timings">As in <see cref="Forward"/>.</param>
    /// <param name="stagesDone">How many, from the last on, the gradient has gone through already.</param>
    /// <param name="afterPart">Is called after each of the plan's parts, with its index.</param>
    public void Backward(
        Tensor input, Tensor outputGradient, StageTimings? timings, int stagesDone, Action<int>? afterPart)
    {
        var gradient = outputGradient;
        for (int part = plan.Parts.Count - 1; part >= 0; part--)
        {
            gradient = timings is null
                ? graphs.Run(
                    new PassKey(
                        Mode.Training, input.Address, input.Shape[0], part, outputGradient.Address, stagesDone),
                    Launch)
                : Launch();
            afterPart?.Invoke(part);

            Tensor Launch()
            {
                Stage(input);
                return plan.Backward(plan.Parts[part], gradient, timings, stagesDone) ?? gradient;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => graphs.Dispose();

    /// <summary>
    /// Lets the stages know what the last forward pass was about, where it was a graph, of which they learn nothing.
    /// </summary>
    private void Stage(Tensor input)
    {
        if (ReferenceEquals(staged, input))
            return;
        device.Kernels.Rehearse(() =>
        {
            var output = input;
            foreach (var part in plan.Parts)
                output = plan.Forward(part, output, Mode.Training, timings: null);
        });
        staged = input;
    }

    /// <param name="Mode">What a pass is for.</param>
    /// <param name="Input">The address of its batch.</param>
    /// <param name="Rows">The size of its batch.</param>
    /// <param name="Part">The part of the plan that it goes through.</param>
    /// <param name="Gradient">Of a backward pass, the address of the gradient that it begins with.</param>
    /// <param name="StagesDone">And how many stages it leaves out.</param>
    private readonly record struct PassKey(
        Mode Mode, nint Input, int Rows, int Part, nint Gradient = 0, int StagesDone = 0);
}
