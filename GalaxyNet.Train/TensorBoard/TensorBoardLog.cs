using System.Text.Json;
using Tensorboard;

namespace GalaxyNet.Train;

/// <summary>Writes how a run goes for TensorBoard, a file of events for each start of the run.</summary>
/// <remarks>
/// All of it is counted in steps over all epochs: what an epoch has stands at its last step. A run that is resumed may
/// repeat steps, or the score after the last one; its file says that what earlier files have from there on is void. If
/// the file can no longer be written, the run goes on without it.
/// </remarks>
internal sealed class TensorBoardLog : ITrainingObserver, IDisposable
{
    private readonly TrainingData data;
    private readonly LearningRateSchedule schedule;
    private readonly Action<string> log;
    private readonly TensorCounts counts = new();
    private readonly PredictedSample sample;
    private readonly bool hasGradients;
    private EventFile? file;
    private int lastStep;

    /// <summary>Begins a file, with the run's options.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="plan">How the run is trained.</param>
    /// <param name="data">The galaxies.</param>
    /// <param name="processes">Those that train together: several have no gradients of the whole mini-batch.</param>
    /// <param name="progress">What is behind it.</param>
    /// <param name="log">Is told if the file can no longer be written.</param>
    /// <exception cref="OutputException">The file cannot be written from the start.</exception>
    public TensorBoardLog(
        string folder,
        TrainingPlan plan,
        TrainingData data,
        ICollective processes,
        TrainingProgress progress,
        Action<string> log)
    {
        this.data = data;
        this.log = log;
        hasGradients = processes.Size == 1;
        schedule = plan.CreateSchedule(data.Split.Train.Length);
        sample = new PredictedSample(data.Galaxies, data.Scored.Images);
        lastStep = progress.Losses.Count;
        bool isWithinEpoch = progress.Step > 0;
        int first = isWithinEpoch ? lastStep : lastStep + 1;
        file = new EventFile(folder, first);
        Write(first, [SummaryValue.Text("options", TableOf(plan.Settings))]);
        if (isWithinEpoch)
            WriteStep(lastStep, progress.Losses[^1]);
    }

    /// <inheritdoc/>
    public void AfterSteps(int first, IReadOnlyList<StepResult> results)
    {
        for (int i = 0; i < results.Count; i++)
            WriteStep(first + i, results[i].Loss);
    }

    /// <inheritdoc/>
    public void AfterEpoch(int step, EpochResult result, Sequential network, float[] predictions)
    {
        // A run that was resumed after the last step of an epoch has no gradients of that.
        bool hasOwnGradients = hasGradients && step > lastStep;
        lastStep = step;
        Write(
            step,
            [
                SummaryValue.Scalar("epoch/loss", result.Loss),
                SummaryValue.Scalar($"epoch/{data.Scored.Name}_rmse", result.Rmse),
                SummaryValue.Scalar("epoch/images_per_second", result.ImagesPerSecond),
                .. network.Parameters.Select(each => HistogramOf($"weights/{each.Name}", each.Value)),
                .. network.Parameters.Where(_ => hasOwnGradients)
                    .Select(each => HistogramOf($"gradients/{each.Name}", each.Gradient)),
                .. sample.With(predictions),
            ]);
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    private static string TableOf(TrainingSettings settings)
    {
        var rows = JsonSerializer.SerializeToElement(settings, JsonFormat.Options).EnumerateObject()
            .Select(setting => $"| {setting.Name.Replace('_', '-')} | {setting.Value.GetRawText().Trim('"')} |");
        return string.Join('\n', ["| option | value |", "|---|---|", .. rows]);
    }

    private Summary.Types.Value HistogramOf(string tag, Tensor tensor) =>
        SummaryValue.Histogram(tag, counts.Of(tensor));

    private void WriteStep(int step, float loss) => Write(
        step,
        [
            SummaryValue.Scalar("step/loss", loss),
            SummaryValue.Scalar("step/learning_rate", schedule.At(step - 1)),
        ]);

    private void Write(int step, IEnumerable<Summary.Types.Value> values)
    {
        try
        {
            file?.Write(step, values);
        }
        catch (OutputException exception)
        {
            log($"{exception.Message}: the run goes on without TensorBoard");
            file?.Dispose();
            file = null; // after half an event nothing that follows could be read
        }
    }
}
