using System.Text.Json;

namespace GalaxyNet.Tests;

/// <summary>
/// One case of <c>layers.json</c>. It keeps account of what is read as an input: all the rest are results, so that
/// neither an array nor a setting that nobody knows can pass unnoticed.
/// </summary>
internal sealed class GoldenCase(JsonElement json) : ICaseValues
{
    private readonly HashSet<string> inputs = ["op", "note"];

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

    /// <summary>A number, such as a stride.</summary>
    public double Setting(string name) => Input(name).GetDouble();

    /// <summary>Several numbers, such as Adam's betas.</summary>
    public double[] Settings(string name) => ToDoubles(Input(name));

    /// <summary>The extents of <c>x</c> are <c>x_shape</c>.</summary>
    public Shape ShapeOf(string name) => Extents($"{name}_shape");

    /// <summary>A tensor's extents.</summary>
    public Shape Extents(string name) => Shape.Create([.. Input(name).EnumerateArray().Select(e => e.GetInt32())]);

    /// <summary>The seed of an input.</summary>
    public JsonElement Seed(string name)
    {
        inputs.Add($"seeds.{name}");
        return json.GetProperty("seeds").GetProperty(name);
    }

    /// <summary>The input that is made from a seed by the file's generator.</summary>
    public double[] Numbers(string name, Shape shape) => Uniform(shape, Seed(name).GetInt32());

    /// <summary>The file's generator.</summary>
    public static double[] Uniform(Shape shape, int seed) =>
        [.. Enumerable.Range(0, shape.Count).Select(i => Values.Uniform(i, seed))];

    /// <summary>A result as rows: an array of arrays has one for each, anything else has one.</summary>
    public double[][] Expected(string name)
    {
        var value = json.GetProperty(name);
        return value.ValueKind == JsonValueKind.Array && value[0].ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(ToDoubles)]
            : [ToDoubles(value)];
    }

    /// <inheritdoc/>
    public override string ToString() => json.TryGetProperty("x_shape", out var shape)
        ? $"{Operation} {string.Join('x', shape.EnumerateArray())}"
        : Operation;

    private static double[] ToDoubles(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().Select(element => element.GetDouble())]
        : [value.GetDouble()];

    private JsonElement Input(string name)
    {
        inputs.Add(name);
        return json.GetProperty(name);
    }
}
