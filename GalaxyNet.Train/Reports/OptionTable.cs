using System.Text.Json;

namespace GalaxyNet.Train;

/// <summary>What a run was made with, as <c>options.json</c> calls it.</summary>
internal static class OptionTable
{
    /// <summary>A row for each setting.</summary>
    public static Html Of(RunOptions options)
    {
        var settings = JsonSerializer.SerializeToElement(options.Settings, JsonFormat.Options);
        return Html.Of(
            $"""
            <h2>Options</h2>
            <table class="options"><tbody>
            {settings.EnumerateObject().Select(setting => Row(setting.Name, setting.Value.ToString()))}
            {Row("crop", options.Crop)}{Row("size", $"{options.Size}")}
            {Row("train_images", $"{options.TrainImages}")}{Row("test_images", $"{options.TestImages}")}
            {Row("data_digest", options.DataDigest)}
            </tbody></table>
            """);
    }

    private static Html Row(string name, string value) => Html.Of($"<tr><td>{name}</td><td>{value}</td></tr>\n");
}
