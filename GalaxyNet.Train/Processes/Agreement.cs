using System.Text.Json;

namespace GalaxyNet.Train;

/// <summary>Makes sure that processes that work together were given the same.</summary>
internal static class Agreement
{
    /// <summary>Compares what each process has with what process 0 has.</summary>
    /// <param name="processes">The processes.</param>
    /// <param name="facts">What is compared, in words such as "labels", and what this process has.</param>
    /// <exception cref="UserErrorException">One differs, on all processes alike: the message says which.</exception>
    public static void RequireSame(this ICollective processes, params (string What, string Value)[] facts)
    {
        var own = new Facts(Environment.MachineName, [.. facts.Select(fact => fact.Value)]);
        Facts[] all =
        [
            .. processes.AllGather(JsonSerializer.SerializeToUtf8Bytes(own))
                .Select(bytes => JsonSerializer.Deserialize<Facts>(bytes)!),
        ];
        var first = all[0];
        foreach (var (rank, other) in all.Index())
        {
            int i = Array.FindIndex([.. other.Values.Zip(first.Values)], pair => pair.First != pair.Second);
            if (i >= 0)
                throw new UserErrorException(
                    $"Process {rank} on {other.Machine} differs from process 0 on {first.Machine} in {facts[i].What}: "
                    + $"{other.Values[i]}, not {first.Values[i]}; start all with the same");
        }
    }

    /// <param name="Machine">Where the process runs.</param>
    /// <param name="Values">What it has.</param>
    private sealed record Facts(string Machine, string[] Values);
}
