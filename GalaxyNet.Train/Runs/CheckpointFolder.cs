using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GalaxyNet.Train;

/// <summary>
/// The checkpoints of a run: <c>epoch-3.safetensors</c> after epoch 3, <c>epoch-4-step-120.safetensors</c> in epoch 4.
/// Each is one file with all that is needed to continue; the last two are kept, and that of the best epoch.
/// </summary>
/// <param name="folder">The folder, which need not exist yet.</param>
internal sealed partial class CheckpointFolder(string folder)
{
    private const int KeptOfTheLast = 2;
    private const string ProgressKey = "progress";
    private const string LossesName = "run.losses";

    /// <summary>False if there is none, not even a damaged one.</summary>
    public bool HasAny => Files().Count > 0;

    /// <summary>The last one that is whole, or null.</summary>
    public string? NewestGood => Files().Select(file => file.Path).FirstOrDefault(IsWhole);

    /// <summary>Writes one, whole or not at all, and flushes it to the disk before it deletes others.</summary>
    /// <exception cref="IOException">The folder cannot be written, or the disk is full; earlier ones stay.</exception>
    public void Save(TrainingProgress progress, IEnumerable<StateEntry> state)
    {
        Directory.CreateDirectory(folder);
        StateFile.Save(
            Path.Combine(folder, NameOf(progress)),
            [.. state, new NumbersState(LossesName, progress.Losses)],
            new Dictionary<string, string> { [ProgressKey] = JsonSerializer.Serialize(progress, JsonFormat.Options) });
        AtomicFile.FlushFolder(folder);
        AtomicFile.FlushFolder(Path.GetDirectoryName(folder)!); // which may not have held this folder before
        DeleteAllButTheKept(progress);
    }

    /// <summary>Restores the last checkpoint that is not damaged.</summary>
    /// <param name="state">What to restore.</param>
    /// <param name="report">Is told of each damaged one.</param>
    /// <exception cref="UserErrorException">There is none.</exception>
    public TrainingProgress Restore(IReadOnlyList<StateEntry> state, Action<string> report)
    {
        foreach (var file in Files())
        {
            try
            {
                return Restore(file, state);
            }
            catch (Exception exception)
                when (exception is InvalidDataException or IOException or UnauthorizedAccessException or JsonException)
            {
                report(
                    $"{file.Path}: cannot be used ({exception.Message.TrimEnd('.')}); trying the checkpoint before it");
            }
        }
        throw new UserErrorException($"{folder}: holds no checkpoint to continue from: train into another --out");
    }

    /// <exception cref="InvalidDataException">It is damaged; the state is as it was before.</exception>
    private static TrainingProgress Restore(CheckpointFile checkpoint, IReadOnlyList<StateEntry> state)
    {
        using var file = Open(checkpoint.Path);
        var progress = ProgressIn(checkpoint, file);
        var losses = new NumbersState(LossesName, new float[StepsIn(file)]);
        StateFile.Load(file, [.. state, losses]);
        return progress with { Losses = [.. losses.Numbers] };
    }

    /// <summary>Opens a checkpoint. All are written with a checksum: without one, the header is damaged.</summary>
    private static Safetensors Open(string path)
    {
        var file = Safetensors.Open(path);
        if (file.HasChecksum)
            return file;
        file.Dispose();
        throw new InvalidDataException("its checksum is missing");
    }

    private static bool IsWhole(string path)
    {
        try
        {
            Open(path).Dispose();
            return true;
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static TrainingProgress ProgressIn(CheckpointFile checkpoint, Safetensors file) =>
        file.Metadata.TryGetValue(ProgressKey, out string? text)
            && JsonSerializer.Deserialize<TrainingProgress>(text, JsonFormat.Options) is { } progress
            && NameOf(progress) == Path.GetFileName(checkpoint.Path)
            ? progress
            : throw new InvalidDataException("it does not say how far the run had come");

    private static long StepsIn(Safetensors file) =>
        file.Entries.TryGetValue(LossesName, out var losses)
            && losses.Type == SafetensorsType.F32
            && losses.Extents is [var steps]
            ? steps
            : 0;

    private static string NameOf(TrainingProgress progress) => progress.Step == 0
        ? string.Create(CultureInfo.InvariantCulture, $"epoch-{progress.History.Count}.safetensors")
        : string.Create(CultureInfo.InvariantCulture, $"epoch-{progress.Epoch}-step-{progress.Step}.safetensors");

    /// <summary>Those after the one just written are damaged, or the run would have continued from there.</summary>
    private void DeleteAllButTheKept(TrainingProgress progress)
    {
        var written = (progress.History.Count, progress.Step);
        int best = progress.History.MinBy(epoch => epoch.Rmse)?.Epoch ?? 0;
        var kept = Files().SkipWhile(file => file.Position.CompareTo(written) > 0).Take(KeptOfTheLast).ToHashSet();
        foreach (var file in Files().Where(file => !kept.Contains(file) && file.Position != (best, 0)))
            File.Delete(file.Path);
    }

    /// <summary>All that are there, the last one first.</summary>
    private List<CheckpointFile> Files() => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder)
            .Select(CheckpointFile.TryParse)
            .OfType<CheckpointFile>()
            .OrderByDescending(file => file.Position)];

    /// <param name="Path">The file.</param>
    /// <param name="Position">How many epochs were finished, and how many steps of the next.</param>
    private sealed partial record CheckpointFile(string Path, (int Epochs, int Step) Position)
    {
        public static CheckpointFile? TryParse(string path)
        {
            var match = Name().Match(System.IO.Path.GetFileName(path));
            if (!match.Success)
                return null;
            _ = Number.TryParse(match.Groups["epoch"].Value, out int epoch);
            return Number.TryParse(match.Groups["step"].Value, out int step)
                ? new CheckpointFile(path, (epoch - 1, step))
                : new CheckpointFile(path, (epoch, 0));
        }

        [GeneratedRegex(@"^epoch-(?<epoch>[0-9]{1,9})(-step-(?<step>[0-9]{1,9}))?\.safetensors$")]
        private static partial Regex Name();
    }
}
