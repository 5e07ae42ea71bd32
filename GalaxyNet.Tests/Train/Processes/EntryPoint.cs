namespace GalaxyNet.Tests;

/// <summary>Where the assembly of the tests begins when mpirun starts it; those who run the tests do not.</summary>
internal static class EntryPoint
{
    private static int Main(string[] arguments) => MpiProgram.Run(arguments);
}
