using System.CommandLine;

namespace GalaxyNet.Train;

/// <summary><c>illustrate</c>: the pictures of the study guide.</summary>
internal sealed class IllustrateCommand : Command
{
    public IllustrateCommand(Terminal terminal)
        : base("illustrate", "Draw the study guide's pictures, as SVG.\nExample: illustrate --out pictures")
    {
        var output = CommonOptions.OutFolder("Where to write the pictures", "DIR");
        var json = CommonOptions.Json();
        this.AddAll(output, json);
        SetAction(result => Write(terminal, result.GetRequiredValue(output), result.GetValue(json)));
    }

    private static void Write(Terminal terminal, string folder, bool asJson)
    {
        string[] files = [.. Illustration.All.Select(picture => picture.Write(folder))];
        if (asJson)
            terminal.WriteJson(new { Files = files });
        else
            terminal.WriteLine($"{files.Length} pictures written to {folder}");
    }
}
