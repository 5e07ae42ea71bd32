using System.CommandLine;

namespace GalaxyNet.Train;

/// <summary><c>train</c>: trains a network and keeps it after every epoch.</summary>
internal sealed class TrainCommand : Command
{
    private readonly Option<string> data = CommonOptions.Data();
    private readonly Option<string> output = CommonOptions.Out("The folder for the run", "RUN");
    private readonly SettingOptions settings = new();
    private readonly Option<string> device = DeviceOption.Create();
    private readonly Option<bool> skipBad = CommonOptions.SkipBad("listed in RUN/skipped.txt and left out");
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly Option<int> threads = CommonOptions.Threads();

    private readonly Option<bool> resume = new("--resume")
    {
        Description = "Continue the run in --out with its own options, from its last checkpoint or, if it has none, "
            + "from the start; --epochs may be raised",
    };

    private readonly Option<int> checkpointEvery = new Option<int>("--checkpoint-every")
    {
        Description = "Also write a checkpoint after every STEPS steps of an epoch; 0: only after each epoch",
        HelpName = "STEPS",
        DefaultValueFactory = _ => 0,
    }.AtLeast(0);

    private readonly Option<string> validationIds = new Option<string>("--validation-ids")
    {
        Description = "A file of galaxies' numbers, one on each line, to choose the best epoch by; "
            + "they are neither trained on nor tested on",
        HelpName = "FILE",
    }.OfPath();

    private readonly Terminal terminal;

    public TrainCommand(Terminal terminal)
        : base(
            "train",
            "Train a network on labeled galaxies; Ctrl-C keeps everything done so far.\n"
            + "Example: train --data galaxyzoo --out run4")
    {
        this.terminal = terminal;
        this.AddAll(
        [
            data, output, .. settings.All, validationIds, device, threads, checkpointEvery, skipBad, resume, json,
        ]);
        settings.RequireTheirOptimizer(resume);
        SetAction(Train);
    }

    private void Train(ParseResult result)
    {
        string path = result.GetRequiredValue(output);
        var folder = new RunFolder(path);
        GalaxyFolder.Require(result.GetRequiredValue(data));
        bool resumes = result.GetValue(resume);
        if (resumes)
            folder.RequireRun(); // before it is locked: a folder that holds no run is left as it is
        using var held = folder.Lock();
        var earlier = resumes ? folder.ReadOptions() : null;
        if (folder.HasRun && !folder.HasCheckpoint)
            throw new UserErrorException(
                $"{path}: holds a run's weights without a checkpoint to continue from: give another --out");
        if (folder.HasRun && !resumes)
            throw new UserErrorException(
                $"{path}: holds a run already: add --resume to continue it, or give another --out");
        var chosen = earlier is null ? settings.Read(result) : settings.ReadOnTopOf(earlier.Settings, result, path);
        var session = new TrainingSession(terminal, folder, earlier, new TrainingPlan(chosen))
        {
            Path = path,
            DataFolder = result.GetRequiredValue(data),
            DeviceName = result.GetRequiredValue(device),
            Threads = result.GetValue(threads),
            CheckpointEvery = result.GetValue(checkpointEvery),
            ValidationIds = ReadValidationIds(result.GetValue(validationIds), chosen, earlier, path),
            SkipBad = result.GetValue(skipBad),
        };
        session.Train(result.GetValue(json));
    }

    /// <exception cref="UserErrorException">
    /// The file is bad, another option chooses galaxies of validation too, or the run was begun with others.
    /// </exception>
    private static IReadOnlyList<long>? ReadValidationIds(
        string? file, TrainingSettings settings, RunOptions? earlier, string run)
    {
        var ids = file is null ? null : IdFile.Read(file);
        if (earlier is null)
        {
            if (ids is not null && settings.ValidationFraction > 0)
                throw new UserErrorException(
                    $"{file}: --validation-ids and --validation-fraction are two ways to choose: give one of them");
            return ids;
        }
        if (ids is not null && !ids.SequenceEqual(earlier.ValidationIds ?? []))
            throw new UserErrorException(
                $"{run}: was begun with {(earlier.ValidationIds is null ? "no" : "other")} --validation-ids: leave "
                + "that out to continue it, or train into another --out");
        return earlier.ValidationIds;
    }
}
