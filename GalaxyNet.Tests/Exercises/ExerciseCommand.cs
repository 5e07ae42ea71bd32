using GalaxyNet.Exercises;

namespace GalaxyNet.Tests;

/// <summary>A command of the exercises, run in this process.</summary>
internal static class ExerciseCommand
{
    public static ProgramRun Run(params string[] arguments) => ProgramRun.Of(ExerciseProgram.Run, arguments);

    /// <summary>What a reader is told of an answer.</summary>
    public static string Told(Check check)
    {
        var output = new StringWriter();
        new Report(new Terminal(output, TextWriter.Null, default), check).Write();
        return output.ToString();
    }
}
