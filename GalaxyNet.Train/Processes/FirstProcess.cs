using System.Text.Json;

namespace GalaxyNet.Train;

/// <summary>Tells all processes what only process 0 knows, such as what is in the folder of a run.</summary>
internal static class FirstProcess
{
    /// <summary>What process 0 has, on all processes.</summary>
    /// <param name="processes">The processes, which all call this.</param>
    /// <param name="value">It, on process 0; on the others it makes no difference.</param>
    public static T FromTheFirst<T>(this ICollective processes, T value)
    {
        if (processes.Size == 1)
            return value;
        byte[] own = processes.Rank == 0 ? JsonSerializer.SerializeToUtf8Bytes(value, JsonFormat.Options) : [];
        byte[] first = processes.AllGather(own)[0];
        return processes.Rank == 0 ? value : JsonSerializer.Deserialize<T>(first, JsonFormat.Options)!;
    }
}
