using GalaxyNet.Kernels;

namespace GalaxyNet.Train;

/// <summary>
/// Finds the step and the layer of a fault that has shown some steps too late, as on a GPU, where steps queue up: takes the same
/// steps again from the last checkpoint and looks at each of them.
/// </summary>
internal static class FaultSearch
{
    /// <returns>What <see cref="TrainingFaultException"/> says where it is located.</returns>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public static string Repeat(
        Device device, TrainingSettings settings, TrainingData data, RunFolder folder, CancellationToken cancellation)
    {
        using var run = new TrainingRun(device, settings, data, readsEachLoss: true);
        run.Restore(folder, report: static _ => { });
        try
        {
            run.TrainEpoch(afterStep: static () => { }, report: null, cancellation);
        }
        catch (TrainingFaultException fault)
        {
            return fault.Message;
        }
        return $"the loss was not finite in epoch {run.Progress.History.Count}, though it was when the epoch was repeated";
    }
}
