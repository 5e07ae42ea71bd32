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
    /// Restores every entry of <paramref name="state"/> from a file, bit for bit: none may be missing, and each must
    /// have its own type and shape. The file may hold more tensors, of any type, which are left alone. To take a
    /// network's weights from a file that others wrote, use <see cref="Sequential.Load"/>.
    /// </summary>
    /// <returns>The file's free text.</returns>
    /// <exception cref="InvalidDataException">
    /// The file breaks the format, lacks an entry, or has one with another type or shape. Nothing has changed then, and
    /// the message names the file and the first differences.
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
        StateDifferences.ThrowIfAny(file, state, Difference);
        foreach (var entry in state)
            entry.Read(file.DataOf(entry.Name), entry.Type);
    }

    private static string? Difference(StateEntry wanted, SafetensorsEntry found) =>
        found.Type == wanted.Type && found.Extents.SequenceEqual(wanted.Extents)
            ? null
            : StateDifferences.OfForm(wanted, found);
}
