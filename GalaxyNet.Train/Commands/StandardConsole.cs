using System.Text;
using Spectre.Console;

namespace GalaxyNet.Train;

/// <summary>What Spectre.Console draws on: a terminal is known by the stream, and written through another.</summary>
/// <param name="stream">Standard output or standard error.</param>
/// <param name="writer">Writes to it.</param>
internal sealed class StandardConsole(TextWriter stream, StandardWriter writer) : IAnsiConsoleOutput
{
    private readonly AnsiConsoleOutput output = new(stream);

    /// <inheritdoc/>
    public TextWriter Writer => writer;

    /// <inheritdoc/>
    public bool IsTerminal => output.IsTerminal;

    /// <inheritdoc/>
    public int Width => output.Width;

    /// <inheritdoc/>
    public int Height => output.Height;

    /// <inheritdoc/>
    public void SetEncoding(Encoding encoding) => output.SetEncoding(encoding);
}
