using System.Diagnostics;
using System.Globalization;

namespace GalaxyNet.Tests;

/// <summary>What tests have several processes do: each of them is this assembly, started by mpirun.</summary>
internal static class MpiProgram
{
    /// <summary>The exit code of a process that is to fail.</summary>
    public const int ExitCode = 7;

    private static readonly CancellationTokenSource Interruption = new();

    private static readonly Dictionary<string, Action<ICollective, int>> Programs = new()
    {
        [nameof(MpiCollectives)] = MpiCollectives.Check,
        [nameof(Fail)] = Fail,
        [nameof(Die)] = Die,
        [nameof(Leave)] = Leave,
        [nameof(Interrupt)] = Interrupt,
        [nameof(Compute)] = Compute,
    };

    /// <summary>Runs a program by its name, with a number.</summary>
    /// <returns>The number, if there is no such program.</returns>
    public static int Run(string[] arguments)
    {
        int number = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        using var processes =
            Launcher.Find(Environment.GetEnvironmentVariable)?.Join(Console.Error.WriteLine, Interruption.Token)
            ?? new OneProcess();
        if (!Programs.TryGetValue(arguments[0], out var program))
            return number;
        program(processes, number);
        if (processes.Rank == 0)
            Console.WriteLine($"{arguments[0]} on {processes.Size}");
        return 0;
    }

    /// <summary>One process fails while the others work; if there is no such process, all fail alike.</summary>
    public static void Fail(ICollective processes, int rank)
    {
        for (int step = 0; step < 50; step++)
            processes.Barrier();
        if (processes.Rank == rank || rank >= processes.Size)
            processes.Abort("It went wrong", ExitCode);
        processes.Barrier();
    }

    /// <summary>One process is killed while the others work.</summary>
    public static void Die(ICollective processes, int rank)
    {
        processes.Barrier();
        if (processes.Rank == rank)
            Process.GetCurrentProcess().Kill();
        processes.Barrier();
    }

    /// <summary>One process is done while the others still work.</summary>
    public static void Leave(ICollective processes, int rank)
    {
        processes.Barrier();
        if (processes.Rank != rank)
            processes.Barrier();
    }

    /// <summary>All are interrupted, and one is done with that while the others wait for it.</summary>
    public static void Interrupt(ICollective processes, int rank)
    {
        processes.Barrier();
        Interruption.Cancel();
        Leave(processes, rank);
    }

    /// <summary>One process calls nothing for longer than one may be silent.</summary>
    public static void Compute(ICollective processes, int rank)
    {
        if (processes.Rank == rank)
            Thread.Sleep(TimeSpan.FromSeconds(12));
        processes.Barrier();
    }
}
