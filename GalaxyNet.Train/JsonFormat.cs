using System.Text.Json;
using System.Text.Json.Serialization;

namespace GalaxyNet.Train;

/// <summary>The format of all JSON: names_like_this, and no missing values.</summary>
internal static class JsonFormat
{
    /// <summary>For <see cref="JsonSerializer"/>.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };
}
