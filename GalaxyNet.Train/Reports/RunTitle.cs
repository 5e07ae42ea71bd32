using System.Text.Json;

namespace GalaxyNet.Train;

/// <summary>What was trained, in words.</summary>
internal static class RunTitle
{
    /// <summary>Settings that are told elsewhere, or change nothing of the network.</summary>
    private static readonly string[] Untold = ["attempt", "epochs", "test_fraction", "split_seed", "average_views"];

    /// <summary>The network and how long it was trained: <c>attempt 4, 5 epochs on 560 galaxies</c>.</summary>
    /// <param name="options">What the run was made with.</param>
    /// <param name="epochs">The finished epochs; 0 if they are not known.</param>
    public static string Of(RunOptions options, int epochs)
    {
        int count = epochs > 0 ? epochs : options.Settings.Epochs;
        return $"attempt {options.Settings.Attempt}, {count} {(count == 1 ? "epoch" : "epochs")} "
            + $"on {options.TrainImages:N0} galaxies";
    }

    /// <summary>The devices it was trained on.</summary>
    public static string Devices(RunOptions options) =>
        options.Devices.Count > 0 ? string.Join("; ", options.Devices) : "unknown";

    /// <summary>The settings that are not the notebook's: <c>schedule cosine, warm-up 2, flips</c>.</summary>
    public static string Settings(RunOptions options)
    {
        var notebook = JsonSerializer.SerializeToElement(new TrainingSettings(), JsonFormat.Options);
        var chosen = JsonSerializer.SerializeToElement(options.Settings, JsonFormat.Options).EnumerateObject()
            .Where(setting => !Untold.Contains(setting.Name) && !IsSame(notebook, setting))
            .Select(InWords)
            .ToList();
        return chosen.Count == 0 ? "all settings are the notebook's" : $"with {string.Join(", ", chosen)}";
    }

    private static bool IsSame(JsonElement notebook, JsonProperty setting) =>
        notebook.TryGetProperty(setting.Name, out var value) && JsonElement.DeepEquals(value, setting.Value);

    private static string InWords(JsonProperty setting)
    {
        string name = setting.Name.Replace('_', '-');
        return setting.Value.ValueKind switch
        {
            JsonValueKind.True => name,
            JsonValueKind.False => $"no {name}",
            _ => $"{name} {setting.Value}",
        };
    }
}
