using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GalaxyNet.Layers;

/// <summary>A tensor as the header of a safetensors file describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Extents">
/// Its extents; none for a single number. Where the type's size is not known they may promise more than its bytes hold.
/// </param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">One past its last byte.</param>
internal sealed record SafetensorsEntry(
    string Name, SafetensorsType Type, IReadOnlyList<long> Extents, long Begin, long End);

/// <summary>
/// The JSON header of the safetensors format:
/// <c>{"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, ..., "__metadata__": {"key": "text"}}</c>.
/// </summary>
/// <param name="Entries">The tensors, in the order of their data.</param>
/// <param name="Metadata">Free text by key.</param>
internal sealed record SafetensorsHeader(
    IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    private const string MetadataName = "__metadata__";
    private const string TypeName = "dtype";
    private const string ExtentsName = "shape";
    private const string OffsetsName = "data_offsets";

    private static readonly JsonSerializerOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The header's JSON, with its free text first.</summary>
    public byte[] ToJson()
    {
        var json = new JsonObject { [MetadataName] = JsonSerializer.SerializeToNode(Metadata) };
        foreach (var entry in Entries)
        {
            json[entry.Name] = new JsonObject
            {
                [TypeName] = entry.Type.ToString(),
                [ExtentsName] = JsonSerializer.SerializeToNode(entry.Extents),
                [OffsetsName] = new JsonArray(entry.Begin, entry.End),
            };
        }
        return JsonSerializer.SerializeToUtf8Bytes(json, Options);
    }

    /// <summary>Reads and checks a header.</summary>
    /// <param name="json">The header's bytes.</param>
    /// <param name="dataLength">The bytes that follow the header in the file.</param>
    /// <exception cref="FormatException">The header is not what the format allows; the message says where.</exception>
    public static SafetensorsHeader Parse(ReadOnlyMemory<byte> json, long dataLength)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var header = Parse(Require(document.RootElement, JsonValueKind.Object, "the header"));
            RequireContiguous(header.Entries, dataLength);
            return header;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // A name with half of a surrogate pair is JSON, but no string: that is the second exception.
            throw new FormatException($"the header is not valid JSON ({error.Message})", error);
        }
    }

    private static SafetensorsHeader Parse(JsonElement root)
    {
        var entries = new List<SafetensorsEntry>();
        var metadata = new Dictionary<string, string>();
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name == MetadataName && property.Value.ValueKind == JsonValueKind.Null)
                continue; // as Rust writes free text that is not there
            Require(property.Value, JsonValueKind.Object, property.Name);
            if (property.Name != MetadataName)
                entries.Add(ParseEntry(property.Name, property.Value));
            else
                foreach (var text in property.Value.EnumerateObject())
                    metadata[text.Name] = Require(text.Value, JsonValueKind.String, text.Name).GetString()!;
        }
        return new SafetensorsHeader([.. entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)], metadata);
    }

    private static SafetensorsEntry ParseEntry(string name, JsonElement entry)
    {
        var type = new SafetensorsType(
            Require(Member(entry, name, TypeName), JsonValueKind.String, $"{name}'s dtype").GetString()!);
        long[] extents = Numbers(entry, name, ExtentsName);
        long[] offsets = Numbers(entry, name, OffsetsName);
        if (offsets.Length != 2)
            throw new FormatException($"{name} has {offsets.Length} data offsets instead of 2");
        if (type.Size is { } size && offsets[1] - offsets[0] != ByteCount(extents, size))
            throw new FormatException(
                $"{name} has the shape [{string.Join(", ", extents)}], "
                + $"which is not what its bytes {offsets[0]} to {offsets[1]} hold");
        if (offsets[1] < offsets[0])
            throw new FormatException($"{name} ends at byte {offsets[1]}, before it begins at {offsets[0]}");
        return new SafetensorsEntry(name, type, extents, offsets[0], offsets[1]);
    }

    private static Int128 ByteCount(long[] extents, int size)
    {
        Int128 count = size;
        foreach (long extent in extents)
        {
            count *= extent;
            if (count > long.MaxValue)
                return Int128.MaxValue; // no file holds that much; a further product could overflow
        }
        return count;
    }

    private static void RequireContiguous(IReadOnlyList<SafetensorsEntry> entries, long dataLength)
    {
        long end = 0;
        foreach (var entry in entries)
        {
            if (entry.End > dataLength)
                throw new FormatException(
                    $"{entry.Name} ends at byte {entry.End} of {dataLength}: the file is cut off");
            if (entry.Begin != end)
                throw new FormatException(
                    $"{entry.Name} begins at byte {entry.Begin} instead of {end}: the tensors overlap or leave a gap");
            end = entry.End;
        }
        if (end != dataLength)
            throw new FormatException($"{dataLength - end} bytes after the last tensor belong to none");
    }

    private static long[] Numbers(JsonElement entry, string name, string member)
    {
        var array = Require(Member(entry, name, member), JsonValueKind.Array, $"{name}'s {member}");
        return [.. array.EnumerateArray().Select(Number)];

        long Number(JsonElement element) =>
            element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long number) && number >= 0
                ? number
                : throw new FormatException($"{name}'s {member} holds {element.GetRawText()}, which is no size");
    }

    private static JsonElement Member(JsonElement entry, string name, string member) =>
        entry.TryGetProperty(member, out var value) ? value : throw new FormatException($"{name} has no {member}");

    private static JsonElement Require(JsonElement element, JsonValueKind kind, string what) =>
        element.ValueKind == kind
            ? element
            : throw new FormatException($"{what} is not a JSON {kind.ToString().ToLowerInvariant()}");
}
