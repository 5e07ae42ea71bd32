using System.Diagnostics;

namespace GalaxyNet.Tests;

/// <summary>A command of the benchmarks, run to its end.</summary>
internal static class BenchmarkCommand
{
    /// <summary>In this process.</summary>
    public static ProgramRun Run(params string[] arguments) => ProgramRun.Of(BenchmarkProgram.Run, arguments);

    /// <summary>
    /// In a process of its own: BenchmarkDotNet collects garbage before everything that it times, and in this process
    /// there is ten times as much to go through.
    /// </summary>
    public static ProgramRun RunAlone(params string[] arguments) => ProgramRun.Of(
        new ProcessStartInfo(ProgramProcess.Dotnet, [typeof(BenchmarkProgram).Assembly.Location, .. arguments]));
}
