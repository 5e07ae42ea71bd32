using System.Text;

namespace GalaxyNet.Benchmarks;

/// <summary>Writes a class of constants whose values are PTX: ILGPU takes inline PTX from literals only.</summary>
internal sealed class PtxConstants
{
    private const int LongestPiece = 104;

    private readonly StringBuilder file;

    /// <summary>Begins the file.</summary>
    /// <param name="name">The name of the class.</param>
    /// <param name="summary">The lines of its summary.</param>
    public PtxConstants(string name, params ReadOnlySpan<string> summary)
    {
        file = new StringBuilder("namespace GalaxyNet.Kernels;\n\n/// <summary>\n");
        foreach (string line in summary)
            file.Append($"/// {line}\n");
        file.Append($"/// </summary>\ninternal static class {name}\n{{");
    }

    /// <summary>Adds a constant.</summary>
    public void Add(string name, string summary, IEnumerable<string> instructions)
    {
        if (file[^1] != '{')
            file.Append('\n');
        file.Append($"\n    /// <summary>{summary}</summary>\n    public const string {name} =");
        file.AppendJoin(" +", Pieces(instructions).Select(piece => $"\n        \"{piece}\"")).Append(';');
    }

    /// <summary>Ends the file.</summary>
    public string End() => file.Append("\n}\n").ToString();

    /// <summary>The instructions, as many on a line as have room there; one that is longer has several.</summary>
    private static List<string> Pieces(IEnumerable<string> instructions)
    {
        List<string> pieces = [""];
        foreach (string part in instructions.SelectMany(Parts))
        {
            if (pieces[^1].Length + part.Length >= LongestPiece)
                pieces.Add("");
            pieces[^1] += part + " ";
        }
        return pieces;
    }

    private static string[] Parts(string instruction) =>
        instruction.Length < LongestPiece ? [instruction] : instruction.Split(' ');
}
