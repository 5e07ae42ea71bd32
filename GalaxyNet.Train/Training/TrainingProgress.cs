using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace GalaxyNet.Train;

/// <summary>
/// How far a run has come. With the weights and the optimizer's state this is all that it needs to continue: whatever
/// is random follows from the seed, the epoch and the step.
/// </summary>
/// <param name="History">The finished epochs.</param>
/// <param name="Step">The finished steps of the epoch after them.</param>
/// <param name="LossSum">The sum of the losses of all images in those steps.</param>
/// <param name="Seconds">How long those steps took.</param>
internal sealed record TrainingProgress(IReadOnlyList<EpochResult> History, int Step, double LossSum, double Seconds)
{
    /// <summary>A run before its first step.</summary>
    public static TrainingProgress Start { get; } = new([], 0, 0, 0);

    /// <summary>The mean loss of each step: millions in a long run, so a file keeps them as a tensor.</summary>
    [JsonIgnore]
    public ImmutableList<float> Losses { get; init; } = [];

    /// <summary>True if not a single step is finished.</summary>
    [JsonIgnore]
    public bool IsStart => History.Count == 0 && Step == 0;

    /// <summary>The number of the epoch to continue with, from 1.</summary>
    [JsonIgnore]
    public int Epoch => History.Count + 1;

    /// <summary>True right after the epoch with the smallest error so far.</summary>
    [JsonIgnore]
    public bool IsBest => Step == 0 && History.MinBy(epoch => epoch.Rmse) is { } best && best == History[^1];

    /// <summary>After one more step, whose loss is not known yet.</summary>
    public TrainingProgress AfterStep(double seconds) => this with { Step = Step + 1, Seconds = Seconds + seconds };

    /// <summary>With the losses of the steps, once they are known.</summary>
    public TrainingProgress WithLosses(IReadOnlyList<StepResult> results) => this with
    {
        LossSum = results.Aggregate(LossSum, (sum, result) => sum + ((double)result.Loss * result.Images)),
        Losses = Losses.AddRange(results.Select(result => result.Loss)),
    };

    /// <summary>After the epoch.</summary>
    public TrainingProgress AfterEpoch(EpochResult result) => new([.. History, result], 0, 0, 0) { Losses = Losses };

    /// <summary>The last step or epoch that is finished, in words.</summary>
    public override string ToString() => Step == 0
        ? string.Create(CultureInfo.InvariantCulture, $"epoch {History.Count}")
        : string.Create(CultureInfo.InvariantCulture, $"step {Step} of epoch {Epoch}");
}

/// <summary>How an epoch went.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="Loss">The mean loss over the training images, each in its step.</param>
/// <param name="Rmse">The RMSE after it, of the <see cref="TrainingData.Scored"/> images.</param>
/// <param name="ImagesPerSecond">The speed of its training.</param>
/// <param name="Seconds">How long it took, scoring included.</param>
internal sealed record EpochResult(int Epoch, double Loss, double Rmse, double ImagesPerSecond, double Seconds);
