using System.CommandLine;

namespace GalaxyNet.Train;

/// <summary><c>completion</c>: a script that lets a shell complete commands, options and values.</summary>
internal sealed class CompletionCommand : Command
{
    private static readonly string[] Shells = ["bash", "zsh", "fish"];

    private readonly Argument<string> shell = new("shell") { Description = "The shell that the script is for" };

    public CompletionCommand(Terminal terminal, string program)
        : base(
            "completion",
            $"Print a script that lets a shell complete the commands, options and values of {program}.\n"
            + $"Example: source <({program} completion bash)\n"
            + $"Example: source <({program} completion zsh)\n"
            + $"Example: {program} completion fish | source")
    {
        shell.AcceptOnlyFromAmong(Shells);
        Add(shell);
        SetAction(result => terminal.Output.Write(ScriptFor(result.GetRequiredValue(shell), program)));
    }

    private static string ScriptFor(string shell, string program)
    {
        using var stream = typeof(CompletionCommand).Assembly.GetManifestResourceStream($"completion.{shell}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Replace("PROGRAM", program, StringComparison.Ordinal)
            .Replace("FUNCTION", program.Replace('.', '_'), StringComparison.Ordinal);
    }
}
