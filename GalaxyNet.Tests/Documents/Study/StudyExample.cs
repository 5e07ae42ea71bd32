using System.Globalization;
using System.Text.RegularExpressions;
using GalaxyNet.Kernels;

namespace GalaxyNet.Tests;

/// <summary>
/// A worked example, as a page of the study guide gives it: settings such as <c>stride = 2</c>, and tensors with their shape,
/// such as <c>x 1x2 = 3 4</c>, whose numbers may go on in lines that are indented.
/// </summary>
/// <remarks>It keeps account of what is read as an input: all the rest are results, so that no number can pass unnoticed.</remarks>
internal sealed partial class StudyExample
{
    private readonly Dictionary<string, float> settings = [];
    private readonly Dictionary<string, (Shape Shape, float[] Values)> tensors = [];
    private readonly HashSet<string> inputs = [];

    public StudyExample(string text)
    {
        foreach (string line in Continued().Replace(text, " ").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var match = Line().Match(line);
            if (!match.Success)
                throw new FormatException($"An example has no such line: {line}");
            string name = match.Groups["name"].Value;
            float[] values = Numbers(match.Groups["values"].Value);
            if (!match.Groups["shape"].Success)
                settings.Add(name, values.Single());
            else
                tensors.Add(name, (ShapeOf(match.Groups["shape"].Value, values.Length), values));
        }
    }

    /// <summary>The names of what has not been read.</summary>
    public IEnumerable<string> Unread => settings.Keys.Concat(tensors.Keys).Except(inputs);

    public float Setting(string name)
    {
        inputs.Add(name);
        return settings[name];
    }

    public (Shape Shape, float[] Values) Input(string name)
    {
        inputs.Add(name);
        return tensors[name];
    }

    /// <summary>The numbers of a tensor; nothing if there is no such tensor.</summary>
    public float[]? Find(string name) => tensors.GetValueOrDefault(name).Values;

    /// <summary>A number by its name and place, such as <c>y[0,1]</c>; nothing if there is no such tensor.</summary>
    public float? FindElement(string label)
    {
        var match = Element().Match(label);
        if (!match.Success || !tensors.TryGetValue(match.Groups["name"].Value, out var tensor))
            return null;
        int[] place = [.. match.Groups["place"].Value.Split(',').Select(int.Parse)];
        int index = 0;
        for (int axis = 0; axis < tensor.Shape.Rank; axis++)
            index = (index * tensor.Shape[axis]) + place[axis];
        return tensor.Values[index];
    }

    private static Shape ShapeOf(string text, int count)
    {
        var shape = Shape.Create([.. text.Split('x').Select(int.Parse)]);
        return shape.Count == count
            ? shape
            : throw new FormatException($"{text} are {shape.Count} numbers, not {count}.");
    }

    private static float[] Numbers(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(each => float.Parse(each, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"\n[ ]+")]
    private static partial Regex Continued();

    [GeneratedRegex(@"^(?<name>\w+)( (?<shape>\d+(x\d+)*))? =(?<values>[-+.eE\d ]+)$")]
    private static partial Regex Line();

    [GeneratedRegex(@"^(?<name>\w+)\[(?<place>\d+(,\d+)*)\]$")]
    private static partial Regex Element();
}
