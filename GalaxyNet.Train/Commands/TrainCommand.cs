using System.CommandLine;

namespace GalaxyNet.Train;

/// <summary><c>train</c>: trains a network and keeps it after every epoch.</summary>
internal sealed class TrainCommand : Command, ISharedCommand
{
    private readonly PathOption<string> data = CommonOptions.Data();
    private readonly PathOption<string> output = CommonOptions.OutFolder("The folder for the run", "RUN");
    private readonly SettingOptions settings = new();
    private readonly Option<string> device = DeviceOption.Create();
    private readonly Option<bool> skipBad = CommonOptions.SkipBad("listed in RUN/skipped.txt and left out");
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly NumberOption<int> threads = CommonOptions.Threads();

    private readonly Option<bool> resume = new("--resume")
    {
        Description = "Continue the run in --out with its own options, from its last checkpoint or, if it has none, "
            + "from the start; --epochs may be raised. Where no run was begun, one is, so that a job can be repeated",
    };

    private readonly NumberOption<int> checkpointEvery = new NumberOption<int>("--checkpoint-every")
    {
        Description = "Also write a checkpoint after every STEPS steps of an epoch; 0: only after each epoch",
        HelpName = "STEPS",
        DefaultValueFactory = _ => 0,
    }.AtLeast(0);

    private readonly Option<bool> tensorBoard = new("--tensorboard")
    {
        Description = "Also write losses, errors, histograms of weights and gradients, and a few predicted galaxies "
            + "into RUN/tensorboard, which tensorboard --logdir RUN shows while the run goes on",
    };

    private readonly PathOption<string> validationIds = new("--validation-ids", PathRole.Input)
    {
        Description = "A file of galaxies' numbers, one on each line, to choose the best epoch by; "
            + "they are neither trained on nor tested on",
        HelpName = "FILE",
    };

    private readonly PathOption<string> from = new("--from", PathRole.Run)
    {
        Description = "Begin from the weights of a .safetensors file, or from those that predict takes of another run, "
            + "in place of random ones",
        HelpName = "RUN|FILE",
    };

    private readonly Terminal terminal;
    private readonly ICollective processes;

    public TrainCommand(Terminal terminal, ICollective processes)
        : base(
            "train",
            "Train a network on labeled galaxies; Ctrl-C keeps everything done so far. mpirun and srun start it as "
            + "several processes.\n"
            + "Example: train --data galaxyzoo --out run4")
    {
        (this.terminal, this.processes) = (terminal, processes);
        this.AddAll(
        [
            data, output, from, .. settings.All, validationIds, device, threads, checkpointEvery, tensorBoard, skipBad,
            resume, json,
        ]);
        SetAction(Train);
    }

    private void Train(ParseResult result)
    {
        string path = result.GetRequiredValue(output);
        var folder = processes.Rank == 0 ? new RunFolder(path) : null;
        bool resumes = result.GetValue(resume);
        bool continues = processes.FromTheFirst(resumes && folder is { HasBegun: true });
        var fresh = continues ? null : settings.Read(result, processes.Size);
        GalaxyFolder.Require(result.GetRequiredValue(data));
        using var held = folder?.Lock();
        var earlier = processes.FromTheFirst(continues ? folder?.ReadOptions() : null);
        folder?.RequireRoom(continues);
        if (folder is not null && result.GetValue(tensorBoard))
            OutputFile.RequireFolder(folder.TensorBoardPath);
        if (resumes && !continues)
            terminal.Log($"{path}: no run was begun here, so --resume begins one");
        var chosen = fresh ?? settings.ReadOnTopOf(earlier!.Settings, result, path);
        RequireProcesses(chosen, continues);
        var ids = ReadValidationIds(result.GetValue(validationIds), chosen, earlier, path);
        RequireValidation(chosen, ids);
        var start = processes.FromTheFirst(
            processes.Rank == 0 ? ReadStart(result.GetValue(from), earlier, path) : null);
        if (fresh?.Freeze is { } frozen && start is null)
            terminal.Log($"--freeze without --from leaves {frozen} as the seed has drawn it");
        var session = new TrainingSession(terminal, processes, folder, earlier, new TrainingPlan(chosen))
        {
            Path = path,
            DataFolder = result.GetRequiredValue(data),
            DeviceName = result.GetRequiredValue(device),
            Threads = threads.Given(result),
            CheckpointEvery = result.GetValue(checkpointEvery),
            ValidationIds = ids,
            From = start,
            TensorBoard = result.GetValue(tensorBoard),
            SkipBad = result.GetValue(skipBad),
        };
        session.Train(result.GetValue(json));
    }

    /// <exception cref="UsageException">The shards cannot be dealt to so many processes.</exception>
    private void RequireProcesses(TrainingSettings chosen, bool continues)
    {
        int size = processes.Size;
        if (!int.IsPow2(size))
            throw new UsageException(
                $"{size} processes cannot share a mini-batch: start 1, 2, 4, 8 or another power of two.");
        if (size > chosen.Shards)
            throw new UsageException(
                $"{size} processes are more than --shards {chosen.Shards}: start at most as many"
                + (continues ? ", for the run was begun with so many." : "."));
    }

    /// <exception cref="UsageException">There are no galaxies to stop early by.</exception>
    private static void RequireValidation(TrainingSettings settings, IReadOnlyList<long>? validationIds)
    {
        if (settings.Patience > 0 && settings.ValidationFraction == 0 && validationIds is null)
            throw new UsageException(
                $"--patience {settings.Patience} needs galaxies to stop by that are not the test's, which would no "
                + "longer be a test: add --validation-fraction 0.1 or --validation-ids FILE.");
    }

    /// <exception cref="UserErrorException">The weights are unfit, or the run was begun with others.</exception>
    private static StartingWeights? ReadStart(string? named, RunOptions? earlier, string run)
    {
        var given = named is null ? null : StartingWeights.Of(named, run);
        if (earlier is null || given is null)
            return given ?? earlier?.From;
        return given.Digest == earlier.From?.Digest
            ? given
            : throw new UserErrorException(
                $"{run}: was begun with {(earlier.From is null ? "no --from" : "--from other weights")}: leave that "
                + "out to continue it, or train into another --out");
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
