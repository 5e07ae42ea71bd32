using System.Reflection;

namespace GalaxyNet.Train;

/// <summary>Which build of the program this is: another one may compute other bits.</summary>
internal static class ProgramVersion
{
    /// <summary>The version, and what identifies the code of each assembly.</summary>
    public static string Text { get; } = string.Join(
        ' ',
        typeof(ProgramVersion).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
        typeof(ProgramVersion).Module.ModuleVersionId,
        typeof(Sequential).Module.ModuleVersionId,
        typeof(Device).Module.ModuleVersionId);
}
