using System.Text;
using System.Text.Unicode;

namespace GalaxyNet.Train;

/// <summary>What a message between two processes is about.</summary>
internal enum MpiMessageKind
{
    /// <summary>The sender lives.</summary>
    Heartbeat,

    /// <summary>The sender cannot go on: the exit code, and why.</summary>
    Failure,

    /// <summary>All end at once: the exit code.</summary>
    Ending,

    /// <summary>The sender is done: how many collectives it has begun.</summary>
    Done,

    /// <summary>The sender knows that all are done, and sends nothing after this.</summary>
    Last,
}

/// <summary>A message between two processes, of the same length whatever it says.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Number">An exit code or a count.</param>
/// <param name="Text">A line.</param>
internal readonly record struct MpiMessage(MpiMessageKind Kind, long Number = 0, string Text = "")
{
    /// <summary>How long it is; the end of a longer text is not sent.</summary>
    public const int Bytes = 2048;

    private const int NumberAt = 8;
    private const int LengthAt = 16;
    private const int TextAt = 24;

    /// <summary>Reads what <see cref="Write"/> has written.</summary>
    public static MpiMessage Read(ReadOnlySpan<byte> bytes) => new(
        (MpiMessageKind)bytes[0],
        BitConverter.ToInt64(bytes[NumberAt..]),
        Encoding.UTF8.GetString(bytes.Slice(TextAt, BitConverter.ToInt32(bytes[LengthAt..]))));

    /// <summary>Writes it.</summary>
    public void Write(Span<byte> bytes)
    {
        Utf8.FromUtf16(Text, bytes[TextAt..], out _, out int length);
        bytes[0] = (byte)Kind;
        BitConverter.TryWriteBytes(bytes[NumberAt..], Number);
        BitConverter.TryWriteBytes(bytes[LengthAt..], length);
    }
}
