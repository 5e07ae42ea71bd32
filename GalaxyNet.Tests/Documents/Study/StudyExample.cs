using System.Globalization;
using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>
/// A worked example, as a page of the study guide gives it: settings such as <c>stride = 2</c>, and tensors with their
/// shape, such as <c>x 1x2 = 3 4</c>, whose numbers may continue on indented lines, and may be <c>NaN</c>.
/// </summary>
/// <remarks>
/// It keeps account of what is read as an input: all the rest are results, so that no number can pass unnoticed.
/// </remarks>
internal sealed partial class StudyExample : ICaseValues
{
    private const double RoundingOfFourDecimals = 6e-5;

    private readonly Dictionary<string, double> settings = [];
    private readonly Dictionary<string, (Shape Shape, double[] Values)> tensors = [];
    private readonly HashSet<string> inputs = [];

    public StudyExample(string text)
    {
        foreach (string line in Continued().Replace(text, " ").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var match = Line().Match(line);
            if (!match.Success)
                throw new FormatException($"An example has no such line: {line}");
            string name = match.Groups["name"].Value;
            double[] values = NumbersIn(match.Groups["values"].Value);
            if (!match.Groups["shape"].Success)
                settings.Add(name, values.Single());
            else
                tensors.Add(name, (ShapeOf(match.Groups["shape"].Value, values.Length), values));
        }
    }

    /// <summary>The names of what has not been read.</summary>
    public IEnumerable<string> Unread => settings.Keys.Concat(tensors.Keys).Except(inputs);

    public Shape ShapeOf(string name) => tensors[name].Shape;

    public double Setting(string name)
    {
        inputs.Add(name);
        return settings[name];
    }

    public double[] Numbers(string name, Shape shape)
    {
        inputs.Add(name);
        return tensors[name].Shape.Equals(shape)
            ? tensors[name].Values
            : throw new FormatException($"{name} should be {shape}, not {tensors[name].Shape}.");
    }

    /// <summary>The numbers of a tensor; nothing if there is no such tensor.</summary>
    public double[]? Find(string name) => tensors.GetValueOrDefault(name).Values;

    /// <summary>A number by its name and indices, such as <c>y[0,1]</c>; nothing if there is no such tensor.</summary>
    public double? FindElement(string label)
    {
        var match = Element().Match(label);
        if (!match.Success || !tensors.TryGetValue(match.Groups["name"].Value, out var tensor))
            return null;
        int[] indices = [.. match.Groups["indices"].Value.Split(',').Select(int.Parse)];
        int position = 0;
        for (int axis = 0; axis < tensor.Shape.Rank; axis++)
            position = (position * tensor.Shape[axis]) + indices[axis];
        return tensor.Values[position];
    }

    /// <summary>What differs between the results on the page and those of the operation, by their names.</summary>
    public IReadOnlyList<string> Mismatches(Dictionary<string, double[]> actual)
    {
        List<string> found =
            [.. Unread.Except(actual.Keys).Select(name => $"{name}: the operation makes no such thing.")];
        foreach (var (name, values) in actual)
        {
            if (Find(name) is not { } expected)
                found.Add($"{name}: is not on the page.");
            else if (expected.Length != values.Length || !expected.Zip(values, IsClose).All(isClose => isClose))
                found.Add($"{name}: {string.Join(' ', values)}, not {string.Join(' ', expected)}.");
        }
        return found;
    }

    private static bool IsClose(double expected, double actual) =>
        Math.Abs(expected - actual) <= RoundingOfFourDecimals;

    private static Shape ShapeOf(string text, int count)
    {
        var shape = Shape.Create([.. text.Split('x').Select(int.Parse)]);
        return shape.Count == count
            ? shape
            : throw new FormatException($"{text} are {shape.Count} numbers, not {count}.");
    }

    private static double[] NumbersIn(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(each => double.Parse(each, CultureInfo.InvariantCulture)),
    ];

    [GeneratedRegex(@"\n[ ]+")]
    private static partial Regex Continued();

    [GeneratedRegex(@"^(?<name>\w+)( (?<shape>\d+(x\d+)*))? =(?<values>([-+.eE\d ]|NaN)+)$")]
    private static partial Regex Line();

    [GeneratedRegex(@"^(?<name>\w+)\[(?<indices>\d+(,\d+)*)\]$")]
    private static partial Regex Element();
}
