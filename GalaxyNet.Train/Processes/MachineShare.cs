namespace GalaxyNet.Train;

/// <summary>What of its machine one of several processes may use.</summary>
/// <param name="Rank">The number of this process among those of its machine, from 0.</param>
/// <param name="Count">How many processes the machine has.</param>
/// <param name="Threads">
/// How many threads this process may have, so that all of them together are no more than the cores that they may use.
/// </param>
internal sealed record MachineShare(int Rank, int Count, int Threads)
{
    /// <summary>Of a process that has its machine for itself.</summary>
    public static MachineShare OfOneProcess => new(Rank: 0, Count: 1, Environment.ProcessorCount);

    /// <summary>Why much of a machine is idle, and what to do; null if it is not.</summary>
    public string? Advice { get; private init; }

    /// <summary>Shares out the machines among the processes, all of which call this.</summary>
    /// <returns>The share of this process; the advice is that for any machine, on all of them.</returns>
    public static MachineShare Of(ICollective processes)
    {
        if (processes.Size == 1)
            return OfOneProcess;
        var own = new Cores(
            Environment.MachineName, CoreList.OfThisProcess(), CoreList.CountOfMachine(), Environment.ProcessorCount);
        return Of(processes.FromAll(own), processes.Rank);
    }

    /// <summary>The share of one of several processes, from the cores that each may use.</summary>
    public static MachineShare Of(IReadOnlyList<Cores> all, int rank)
    {
        string machine = all[rank].Machine;
        Cores[] here = [.. all.Where(each => each.Machine == machine)];
        int number = all.Take(rank).Count(each => each.Machine == machine);
        return new MachineShare(number, here.Length, ThreadsOf(here)[number])
        {
            Advice = all.GroupBy(each => each.Machine)
                .Select(group => AdviceFor([.. group]))
                .FirstOrDefault(advice => advice is not null),
        };
    }

    /// <summary>The device for this process: the processes of a machine take its GPUs in turn.</summary>
    /// <param name="kind">What the user asks for, without naming one.</param>
    /// <param name="devices">Those of the machine, as <see cref="Device.List"/> has them.</param>
    public DeviceAddress DeviceOf(DeviceKind kind, IReadOnlyList<DeviceDescription> devices)
    {
        if (kind == DeviceKind.Auto)
            kind = devices.First(device => device.Kind == DeviceKind.Cpu || !device.IsProcessor).Kind;
        int count = devices.Count(device => device.Kind == kind && !device.IsProcessor);
        return new DeviceAddress(kind, count == 0 ? 0 : Rank % count);
    }

    /// <summary>How many of the machine's processes have the device of this one, if none of them names one.</summary>
    /// <param name="device">That of this process.</param>
    /// <param name="devices">Those of the machine.</param>
    public int ProcessesOn(DeviceAddress device, IReadOnlyList<DeviceDescription> devices)
    {
        int count = devices.Count(each => each.Kind == device.Kind && !each.IsProcessor);
        return count == 0 ? Count : Rounding.CeilingDivide(Count - (Rank % count), count);
    }

    /// <summary>
    /// Gives out the cores one by one, each to that of the processes bound to it that has the fewest, those of the
    /// fewest processes first. Where a quota lets none use all of its cores, it is shared out evenly.
    /// </summary>
    private static int[] ThreadsOf(Cores[] processes)
    {
        int[] counts = new int[processes.Length];
        var byCore = processes
            .SelectMany((process, i) => process.Allowed.Select(core => (Core: core, Process: i)))
            .GroupBy(pair => pair.Core, pair => pair.Process)
            .OrderBy(core => core.Count());
        foreach (var bound in byCore)
            counts[bound.MinBy(i => counts[i])]++;
        return [.. counts.Zip(processes, (count, process) => Math.Max(Math.Min(count, QuotaOf(process)), 1))];

        int QuotaOf(Cores process) =>
            process.Usable < process.Allowed.Length ? process.Usable / processes.Length : int.MaxValue;
    }

    private static string? AdviceFor(Cores[] processes)
    {
        int used = processes.SelectMany(process => process.Allowed).Distinct().Count();
        int most = processes.Max(process => process.OfMachine);
        if (used * 2 > most)
            return null;
        string each = processes.Length == 1 ? "The process" : $"Each of {processes.Length} processes";
        return $"{each} on {processes[0].Machine} is bound to {processes[0].Allowed.Length} of {most} cores: start "
            + "with mpirun --bind-to none, or srun --cpus-per-task";
    }
}

/// <summary>The cores that a process may use.</summary>
/// <param name="Machine">Where it runs.</param>
/// <param name="Allowed">The numbers of those that it is bound to.</param>
/// <param name="OfMachine">How many the machine has.</param>
/// <param name="Usable">How many it may keep busy, which may be fewer than it may use.</param>
internal sealed record Cores(string Machine, int[] Allowed, int OfMachine, int Usable);
