using System.CommandLine;

namespace GalaxyNet.Train;

/// <summary>
/// The options of a command that lets trained runs predict: which, with which weights, how and where.
/// </summary>
internal sealed class PredictionOptions
{
    private readonly PathOption<string[]> runs = CommonOptions.Runs();
    private readonly Option<string> checkpoint = CommonOptions.Checkpoint();
    private readonly NumberOption<int> averageViews = CommonOptions.AverageViewsOfRun();
    private readonly Option<string> device = DeviceOption.Create();

    /// <summary>Which runs.</summary>
    public Option Runs => runs;

    /// <summary>How they predict.</summary>
    public IEnumerable<Option> How => [checkpoint, averageViews, device];

    /// <summary>Reads the options of the runs.</summary>
    /// <exception cref="UserErrorException">A folder holds no run, or is given twice.</exception>
    public Ensemble Open(ParseResult result) => Ensemble.Open(result.GetRequiredValue(runs));

    /// <summary>Reads how they are to predict.</summary>
    public Prediction Read(ParseResult result) => new(
        result.GetRequiredValue(device),
        CommonOptions.Named<CheckpointKind>(result.GetRequiredValue(checkpoint)),
        averageViews.Given(result));
}
