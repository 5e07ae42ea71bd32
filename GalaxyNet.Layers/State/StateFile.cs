namespace GalaxyNet.Layers;

/// <summary>Saves and restores state: a network's weights, an optimizer's moments, counters.</summary>
public static class StateFile
{
    /// <summary>Writes everything into one safetensors file, whole or not at all.</summary>
    /// <exception cref="ArgumentException">Two entries have the same name.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(
        string path, IEnumerable<StateEntry> state, IReadOnlyDictionary<string, string>? metadata = null) =>
        Safetensors.Write(path, state, metadata);

    /// <summary>
    /// Restores every entry of <paramref name="state"/> from a file. The file may hold more, so that a network's
    /// weights can be taken from a checkpoint of a whole training run.
    /// </summary>
    /// <returns>The file's free text.</returns>
    /// <exception cref="InvalidDataException">
    /// The file breaks the format, lacks an entry, or has one with another type or shape. Nothing has changed then, and
    /// the message names the file and the differences.
    /// </exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Load(string path, IReadOnlyList<StateEntry> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        using var file = Safetensors.Open(path);
        Load(file, state);
        return file.Metadata;
    }

    /// <summary>The same from a file that is open already.</summary>
    /// <inheritdoc cref="Load(string, IReadOnlyList{StateEntry})" path="/exception"/>
    internal static void Load(Safetensors file, IReadOnlyList<StateEntry> state)
    {
        var differences = state.Select(entry => Difference(file, entry)).OfType<string>().ToList();
        if (differences.Count > 0)
            throw new InvalidDataException(
                $"{file.Path} does not fit this network, perhaps because it was made by another: "
                + $"{string.Join("; ", differences)}.");
        foreach (var entry in state)
            entry.Read(file.DataOf(entry.Name));
    }

    private static string? Difference(Safetensors file, StateEntry wanted)
    {
        if (!file.Entries.TryGetValue(wanted.Name, out var found))
            return $"it has no {wanted.Name}";
        if (found.Type == wanted.Type && found.Extents.SequenceEqual(wanted.Extents))
            return null;
        return $"its {wanted.Name} is {found.Type} [{string.Join(", ", found.Extents)}] "
            + $"instead of {wanted.Type} [{string.Join(", ", wanted.Extents)}]";
    }
}
