namespace GalaxyNet.Layers;

/// <summary>Says in one line how a file differs from what is wanted of it.</summary>
internal static class StateDifferences
{
    private const int Shown = 3;

    /// <summary>Does nothing if the file has all that is wanted.</summary>
    /// <param name="file">The file.</param>
    /// <param name="wanted">What is wanted.</param>
    /// <param name="difference">Says how a tensor of the file differs from what is wanted; null if it fits.</param>
    /// <exception cref="InvalidDataException">Something is missing or differs.</exception>
    public static void ThrowIfAny(
        Safetensors file,
        IReadOnlyList<StateEntry> wanted,
        Func<StateEntry, SafetensorsEntry, string?> difference)
    {
        var missing = new List<string>();
        var differences = new List<string>();
        foreach (var entry in wanted)
        {
            if (!file.Entries.TryGetValue(entry.Name, out var found))
                missing.Add(entry.Name);
            else if (difference(entry, found) is { } how)
                differences.Add(how);
        }
        if (missing.Count > 0)
            differences.Insert(0, WhatIsMissing(file, missing, wanted.Count));
        if (missing.Count > 0 && WhatPrefixThereIs(file, wanted) is { } prefix)
            throw InvalidFile.Error(file.Path, $"does not fit this network: {prefix}");
        if (differences.Count > 0)
            throw InvalidFile.Error(
                file.Path,
                $"does not fit this network, perhaps because it was made by another: {FirstOf(differences, "; ")}");
    }

    /// <summary>Says that the type or the shape is another.</summary>
    public static string OfForm(StateEntry wanted, SafetensorsEntry found) =>
        $"its {wanted.Name} is {found.Type} [{string.Join(", ", found.Extents)}] "
        + $"instead of {wanted.Type} [{string.Join(", ", wanted.Extents)}]";

    private static string WhatIsMissing(Safetensors file, List<string> missing, int wanted)
    {
        string lacks = $"it has no {FirstOf(missing, ", ")}";
        return missing.Count < wanted ? lacks
            : file.Entries.Count == 0 ? "it has no tensors"
            : $"{lacks}, but {FirstOf([.. file.Entries.Keys], ", ")}";
    }

    /// <summary>Looks for words that stand before the names of all that is wanted.</summary>
    private static string? WhatPrefixThereIs(Safetensors file, IReadOnlyList<StateEntry> wanted)
    {
        string first = wanted[0].Name;
        string? prefix = file.Entries.Keys
            .Where(name => name.EndsWith(first, StringComparison.Ordinal))
            .Select(name => name[..^first.Length])
            .FirstOrDefault(prefix => wanted.All(entry => file.Entries.ContainsKey(prefix + entry.Name)));
        if (string.IsNullOrEmpty(prefix))
            return null;
        string because = $"its tensors' names begin with '{prefix}', as those of a network inside another do "
            + "(DataParallel, torch.compile)";
        return IsPathOfAttributes(prefix)
            ? $"{because}: save model.{prefix}state_dict(), or take that out of the names"
            : $"{because}: take that out of the names";
    }

    private static bool IsPathOfAttributes(string prefix) =>
        prefix.EndsWith('.') && prefix[..^1].Split('.').All(part => part is [var first, ..] && !char.IsDigit(first));

    private static string FirstOf(List<string> all, string separator) =>
        string.Join(separator, all.Take(Shown)) + (all.Count > Shown ? $"{separator}and {all.Count - Shown} more" : "");
}
