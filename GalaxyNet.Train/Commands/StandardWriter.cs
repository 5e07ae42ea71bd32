using System.Text;

namespace GalaxyNet.Train;

/// <summary>
/// Standard output or standard error. What is only told never stops what is done: where standard error is closed or its
/// disk is full, lines are lost and nothing else. A result that cannot be written is an error.
/// </summary>
/// <param name="inner">Writes.</param>
/// <param name="isTold">True of standard error.</param>
internal sealed class StandardWriter(TextWriter inner, bool isTold) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    /// <inheritdoc/>
    public override void Flush() => Try(inner.Flush);

    private static string ReasonOf(Exception exception) =>
        exception is UnauthorizedAccessException ? "it is closed" : exception.Message.TrimEnd('.');

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (!isTold)
                throw new OutputException(
                    $"Standard output cannot be written ({ReasonOf(exception)}), and with it the result");
        }
    }
}
