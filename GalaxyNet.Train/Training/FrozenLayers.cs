namespace GalaxyNet.Train;

/// <summary>The layers that a user wants to leave as they are: their names, with commas between.</summary>
internal static class FrozenLayers
{
    private const char Separator = ',';

    /// <summary>The names as they are kept: each once, without spaces.</summary>
    public static string Normalize(string names) => string.Join(Separator, Split(names).Distinct());

    /// <summary>The layers of a network, with those frozen that are named.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="names">The names; null for none.</param>
    public static IReadOnlyList<Layer> Freeze(IReadOnlyList<Layer> layers, string? names)
    {
        string[] frozen = Split(names);
        return [.. layers.Select(layer => frozen.Contains(layer.Name) ? layer with { IsFrozen = true } : layer)];
    }

    /// <summary>Says what is wrong with the names.</summary>
    /// <param name="network">The network that is to have such layers.</param>
    /// <param name="names">The names; null for none.</param>
    /// <returns>Null if nothing is wrong.</returns>
    public static string? ProblemOf(GalaxyZooNetwork network, string? names)
    {
        string[] all = [.. network.Summary.Rows.Where(row => row.ParameterCount > 0).Select(row => row.Name)];
        string[] frozen = Split(names);
        if (Array.Find(frozen, name => !all.Contains(name)) is { } unknown)
            return $"{Shown.Of(unknown)} is no layer with weights of attempt {network.Attempt}, which has "
                + $"{string.Join(", ", all)}: did you mean {NearestName.Of(unknown, all)}?";
        return all.Except(frozen).Any()
            ? null
            : $"{names} is all layers, which leaves nothing to train: take some out.";
    }

    private static string[] Split(string? names) => names?.Split(Separator, StringSplitOptions.TrimEntries) ?? [];
}
