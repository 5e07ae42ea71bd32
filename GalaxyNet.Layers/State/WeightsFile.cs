namespace GalaxyNet.Layers;

/// <summary>
/// Takes a network's weights from a file that anybody may have written. What training goes on from is
/// <see cref="StateFile"/>'s: a checkpoint of ours never differs in type, so that there a difference is a fault, and
/// numbers that were converted would not go on bit for bit.
/// </summary>
internal static class WeightsFile
{
    /// <summary>
    /// Takes the weights from a file. A <see cref="Counter"/> may be missing, and then stays: predicting needs none.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="weights">The network's.</param>
    /// <param name="log">Is told what had to be converted, if anything; null if nobody wants to know.</param>
    /// <exception cref="InvalidDataException">
    /// The file is no safetensors file or does not fit. Nothing has changed then, and the message names the file, what
    /// differs and, where it is known, what to do.
    /// </exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static void Load(string path, IReadOnlyList<StateEntry> weights, Action<string>? log)
    {
        using var file = Safetensors.Open(path);
        StateEntry[] wanted =
            [.. weights.Where(entry => entry is not Counter || file.Entries.ContainsKey(entry.Name))];
        StateDifferences.ThrowIfAny(file, wanted, (entry, found) => Difference(file, entry, found));
        foreach (var entry in wanted)
            entry.Read(file.DataOf(entry.Name), file.Entries[entry.Name].Type);
        if (log is not null && WhatWasConverted(file, wanted) is { } converted)
            log($"{path}: {converted}");
    }

    private static string? Difference(Safetensors file, StateEntry wanted, SafetensorsEntry found)
    {
        if (!wanted.CanRead(found.Type) || !HaveOneShape(wanted.Extents, found.Extents))
            return StateDifferences.OfForm(wanted, found);
        return wanted.FindTooLarge(file.DataOf(wanted.Name), found.Type) is { } number
            ? $"its {wanted.Name} holds {number}, which is too large for {wanted.Type}"
            : null;
    }

    /// <summary>A single number is <c>[]</c> for some and <c>[1]</c> for others.</summary>
    private static bool HaveOneShape(IReadOnlyList<long> wanted, IReadOnlyList<long> found) =>
        wanted.SequenceEqual(found) || (wanted is [] or [1] && found is [] or [1]);

    /// <summary>An integer stays the same, whatever its type.</summary>
    private static string? WhatWasConverted(Safetensors file, StateEntry[] read)
    {
        SafetensorsType[] types =
        [
            .. read.Where(entry => entry.Type == SafetensorsType.F32)
                .Select(entry => file.Entries[entry.Name].Type)
                .Where(type => type != SafetensorsType.F32),
        ];
        return types.Length == 0
            ? null
            : $"{types.Length} of {read.Length} tensors are {string.Join(" or ", types.Distinct())} "
                + "and were converted to float32";
    }
}
