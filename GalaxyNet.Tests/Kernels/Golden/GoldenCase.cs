using System.Text.Json;
using GalaxyNet.Kernels;

namespace GalaxyNet.Tests;

/// <summary>
/// One case of <c>layers.json</c>. It keeps account of what is read as an input: all the rest are results, so that neither
/// an array nor a setting that nobody knows can pass unnoticed.
/// </summary>
internal sealed class GoldenCase
{
    private readonly JsonElement json;
    private readonly HashSet<string> inputs = ["op", "note"];

    public GoldenCase(JsonElement json) => this.json = json;

    /// <summary>The operation's name.</summary>
    public string Operation => json.GetProperty("op").GetString()!;

    /// <summary>The names of the properties and seeds that have not been read.</summary>
    public IEnumerable<string> Results =>
        from property in json.EnumerateObject()
        from name in property.Name == "seeds"
            ? property.Value.EnumerateObject().Select(seed => $"seeds.{seed.Name}")
            : [property.Name]
        where !inputs.Contains(name)
        select name;

    /// <summary>A whole number, such as a stride.</summary>
    public int Integer(string name) => Input(name).GetInt32();

    /// <summary>A number, such as a momentum.</summary>
    public float Number(string name) => Input(name).GetSingle();

    /// <summary>Several numbers, such as Adam's betas.</summary>
    public float[] Numbers(string name) => ToFloats(Input(name));

    /// <summary>A tensor's extents.</summary>
    public Shape Shape(string name) => GalaxyNet.Kernels.Shape.Create([.. Input(name).EnumerateArray().Select(e => e.GetInt32())]);

    /// <summary>The seed of an input.</summary>
    public JsonElement Seed(string name)
    {
        inputs.Add($"seeds.{name}");
        return json.GetProperty("seeds").GetProperty(name);
    }

    /// <summary>The input that is made from a seed by the file's generator.</summary>
    public float[] Uniform(string seed, Shape shape) => Values.Uniform(shape, Seed(seed).GetInt32());

    /// <summary>A result as rows: an array of arrays has one for each, anything else has one.</summary>
    public float[][] Expected(string name)
    {
        var value = json.GetProperty(name);
        return value.ValueKind == JsonValueKind.Array && value[0].ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(ToFloats)]
            : [ToFloats(value)];
    }

    /// <inheritdoc/>
    public override string ToString() =>
        json.TryGetProperty("x_shape", out var shape) ? $"{Operation} {string.Join('x', shape.EnumerateArray())}" : Operation;

    private static float[] ToFloats(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().Select(element => element.GetSingle())]
        : [value.GetSingle()];

    private JsonElement Input(string name)
    {
        inputs.Add(name);
        return json.GetProperty(name);
    }
}
