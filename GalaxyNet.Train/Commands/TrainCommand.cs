using System.CommandLine;

namespace GalaxyNet.Train;

/// <summary><c>train</c>: trains a network and keeps it after every epoch.</summary>
internal sealed class TrainCommand : Command
{
    private readonly Option<string> data = CommonOptions.Data();
    private readonly Option<string> output = CommonOptions.Out("The run's folder", "RUN");
    private readonly SettingOptions settings = new();
    private readonly Option<string> device = CommonOptions.Device();
    private readonly Option<bool> skipBad = CommonOptions.SkipBad("listed in RUN/skipped.txt and left out");
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly Option<int> threads = CommonOptions.Threads();

    private readonly Option<bool> resume = new("--resume")
    {
        Description = "Go on with the run in --out from its last checkpoint, if it has got to one, with the options it was begun with; "
            + "--epochs may be raised",
    };

    private readonly Option<int> checkpointEvery = new Option<int>("--checkpoint-every")
    {
        Description = "Also write a checkpoint after every so many steps of an epoch; 0: after epochs only",
        HelpName = "STEPS",
        DefaultValueFactory = _ => 0,
    }.AtLeast(0);

    private readonly Terminal terminal;

    /// <summary>Declares the command.</summary>
    public TrainCommand(Terminal terminal)
        : base(
            "train",
            "Train a network on labeled galaxies; Ctrl-C keeps all that is done.\n"
            + "Example: train --data galaxyzoo --out run4 --epochs 5")
    {
        this.terminal = terminal;
        foreach (var option in (IEnumerable<Option>)
            [data, output, .. settings.All, device, threads, checkpointEvery, skipBad, resume, json])
            Add(option);
        settings.RequireSgdForMomentum(resume);
        SetAction(Train);
    }

    private void Train(ParseResult result)
    {
        string path = result.GetRequiredValue(output);
        var folder = new RunFolder(path);
        GalaxyFolder.Require(result.GetRequiredValue(data));
        bool goesOn = result.GetValue(resume);
        if (goesOn)
            folder.ReadOptions(); // a folder that holds no run is left as it is
        using var held = folder.Lock();
        if (folder.HasRun && !folder.HasCheckpoint)
            throw new UserErrorException(
                $"{path}: holds a run's weights without a checkpoint to go on from: give another --out");
        if (folder.HasRun && !goesOn)
            throw new UserErrorException($"{path}: holds a run already: add --resume to go on, or give another --out");
        var earlier = goesOn ? folder.ReadOptions() : null;
        var chosen = earlier is null ? settings.Read(result) : settings.ReadOnTopOf(earlier.Settings, result, path);
        var session = new TrainingSession(terminal, folder, earlier, chosen)
        {
            Path = path,
            DataFolder = result.GetRequiredValue(data),
            DeviceName = result.GetRequiredValue(device),
            Threads = result.GetValue(threads),
            CheckpointEvery = result.GetValue(checkpointEvery),
            SkipBad = result.GetValue(skipBad),
        };
        session.Train(result.GetValue(json));
    }
}
