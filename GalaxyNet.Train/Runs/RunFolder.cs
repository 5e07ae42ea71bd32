using System.Globalization;
using System.Text.Json;
using GalaxyNet.Kernels;
using GalaxyNet.Layers;

namespace GalaxyNet.Train;

/// <summary>
/// The folder of a training run. Every file in it is whole at any time. The last to be written after an epoch is
/// <c>optimizer.safetensors</c>, and it alone says where to go on: weights, moments and steps, of one epoch.
/// </summary>
/// <param name="folder">The folder, which need not be there yet.</param>
internal sealed class RunFolder(string folder)
{
    private const string EpochKey = "epoch";

    private string OptionsPath => Path.Combine(folder, "options.json");

    private string WeightsPath => Path.Combine(folder, "weights.safetensors");

    private string OptimizerPath => Path.Combine(folder, "optimizer.safetensors");

    private string HistoryPath => Path.Combine(folder, "history.csv");

    /// <summary>True if an epoch of a run has been finished here.</summary>
    public bool HasRun => File.Exists(WeightsPath) || File.Exists(OptimizerPath);

    /// <summary>Makes the folder, and tries whether it can be written before hours of work depend on it.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not.</exception>
    public void Create()
    {
        Directory.CreateDirectory(folder);
        File.Create(Path.Combine(folder, "writable.tmp"), 1, FileOptions.DeleteOnClose).Dispose();
    }

    /// <summary>Writes the options.</summary>
    /// <exception cref="UserErrorException">The folder cannot be written.</exception>
    public void WriteOptions(RunOptions options) =>
        AtomicFile.Write(OptionsPath, stream => JsonSerializer.Serialize(stream, options, JsonFormat.Options));

    /// <summary>Reads the options.</summary>
    /// <exception cref="UserErrorException">The folder holds no finished epoch, or its options are damaged.</exception>
    public RunOptions ReadOptions()
    {
        if (!HasRun || !File.Exists(OptionsPath))
            throw new UserErrorException($"{folder}: holds no run with a finished epoch; give the --out of a train");
        try
        {
            using var stream = File.OpenRead(OptionsPath);
            return JsonSerializer.Deserialize<RunOptions>(stream, JsonFormat.Options) is { IsPossible: true } options
                ? options
                : throw new JsonException("no network has such settings");
        }
        catch (JsonException exception)
        {
            throw new UserErrorException($"{OptionsPath}: is damaged ({exception.Message.TrimEnd('.')}): train anew");
        }
    }

    /// <summary>Builds the run's network with its trained weights.</summary>
    /// <exception cref="InvalidDataException">The weights are damaged or of another network.</exception>
    /// <exception cref="IOException">They cannot be read.</exception>
    public Sequential LoadNetwork(Device device)
    {
        var settings = ReadOptions().Settings;
        var network = settings.ToNetwork().Create(device, settings.BatchSize, settings.Seed);
        network.Load(WeightsPath);
        return network;
    }

    /// <summary>Keeps a run as it is after its last epoch.</summary>
    /// <exception cref="IOException">The folder cannot be written, or the disk is full.</exception>
    public void Save(Sequential network, Optimizer optimizer, IReadOnlyList<EpochResult> history)
    {
        string epoch = history[^1].Epoch.ToString(CultureInfo.InvariantCulture);
        HistoryFile.Write(HistoryPath, history);
        network.Save(WeightsPath);
        StateFile.Save(OptimizerPath, State(network, optimizer), new Dictionary<string, string> { [EpochKey] = epoch });
    }

    /// <summary>Takes network and optimiser back to where they were when <see cref="Save"/> was called.</summary>
    /// <returns>The finished epochs.</returns>
    /// <exception cref="InvalidDataException">A file is damaged or of another network.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public IReadOnlyList<EpochResult> Restore(Sequential network, Optimizer optimizer)
    {
        var metadata = StateFile.Load(OptimizerPath, State(network, optimizer));
        int epoch = int.TryParse(metadata.GetValueOrDefault(EpochKey), CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new InvalidDataException($"{OptimizerPath} does not say after which epoch it was saved.");
        var history = HistoryFile.Read(HistoryPath);
        return history.Count >= epoch
            ? [.. history.Take(epoch)]
            : throw new InvalidDataException($"{HistoryPath} has {history.Count} epochs instead of {epoch}.");
    }

    private static List<StateEntry> State(Sequential network, Optimizer optimizer) =>
        [.. network.Weights, network.Steps, .. optimizer.State];
}
