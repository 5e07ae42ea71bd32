namespace GalaxyNet.Layers;

/// <summary>Gives all processes what process 0 has restored.</summary>
internal static class StateBroadcast
{
    /// <summary>Overwrites what training changes, which has the same form everywhere.</summary>
    public static void Broadcast(this ICollective processes, IEnumerable<StateEntry> state)
    {
        foreach (var entry in state)
        {
            using var value = new MemoryStream();
            entry.Write(value.Write);
            processes.Broadcast(value.GetBuffer().AsSpan(0, (int)value.Length));
            value.Position = 0;
            if (processes.Rank != 0)
                entry.Read(value, entry.Type);
        }
    }
}
