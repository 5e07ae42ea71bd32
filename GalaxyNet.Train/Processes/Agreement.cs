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
        // Several may have one name, as the options of runs whose folders have.
        var values = facts.GroupBy(fact => fact.What, fact => fact.Value)
            .ToDictionary(fact => fact.Key, fact => string.Join(" and ", fact));
        var all = processes.FromAll(new Facts(Environment.MachineName, values));
        var first = all[0];
        foreach (var (rank, other) in all.Index())
        {
            string? what = first.Values.Keys.Union(other.Values.Keys).FirstOrDefault(
                each => Of(first, each) != Of(other, each));
            if (what is not null)
                throw new UserErrorException(
                    $"Process {rank} on {other.Machine} differs from process 0 on {first.Machine} in {what}: "
                    + $"{Of(other, what)}, not {Of(first, what)}; start all with the same");
        }

        static string Of(Facts process, string what) => process.Values.GetValueOrDefault(what, "nothing");
    }

    /// <param name="Machine">Where the process runs.</param>
    /// <param name="Values">What it has, by what it is.</param>
    private sealed record Facts(string Machine, Dictionary<string, string> Values);
}
