using System.Text.Json;

namespace GalaxyNet.Train;

/// <summary>Tells processes what others have.</summary>
internal static class ProcessValues
{
    /// <summary>What each process has, in the order of their ranks.</summary>
    /// <param name="processes">The processes, which all call this.</param>
    /// <param name="own">What this one has.</param>
    public static IReadOnlyList<T> FromAll<T>(this ICollective processes, T own) =>
        [.. processes.AllGather(Write(own)).Select(Read<T>)];

    /// <summary>What process 0 has, on all processes: it may be what only that can know.</summary>
    /// <param name="processes">The processes, which all call this.</param>
    /// <param name="value">It, on process 0; on the others it makes no difference.</param>
    public static T FromTheFirst<T>(this ICollective processes, T value)
    {
        if (processes.Size == 1)
            return value;
        byte[] first = processes.AllGather(processes.Rank == 0 ? Write(value) : [])[0];
        return processes.Rank == 0 ? value : Read<T>(first);
    }

    private static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, JsonFormat.Options);

    private static T Read<T>(byte[] bytes) => JsonSerializer.Deserialize<T>(bytes, JsonFormat.Options)!;
}
