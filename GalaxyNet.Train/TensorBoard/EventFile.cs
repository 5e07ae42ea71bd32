using System.Buffers.Binary;
using System.Globalization;
using Google.Protobuf;
using Tensorboard;

namespace GalaxyNet.Train;

/// <summary>A file of events, as TensorFlow writes them and TensorBoard reads them while it grows.</summary>
/// <remarks>
/// A record is the length of its data in 8 bytes, the masked <see cref="Crc32C"/> of these, the data, and the masked
/// sum of the data, all little-endian:
/// https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details.
/// The data are an event of <c>event.proto</c>.
/// </remarks>
internal sealed class EventFile : IDisposable
{
    private const string NameStart = "events.out.tfevents.";
    private const string Version = "brain.Event:2";

    private readonly GrowingFile file;

    /// <summary>Begins a file.</summary>
    /// <param name="folder">Where; it is made if it is missing.</param>
    /// <param name="firstStep">
    /// The step that the file begins with: what earlier files of the folder have from there on is no longer shown.
    /// </param>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public EventFile(string folder, long firstStep)
    {
        file = new GrowingFile(Path.Combine(folder, NameIn(folder)));
        try
        {
            Write(new Event { FileVersion = Version });
            var start = new SessionLog { Status = SessionLog.Types.SessionStatus.Start };
            Write(new Event { Step = firstStep, SessionLog = start });
        }
        catch (OutputException)
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds values of a step, for readers to see at once.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public void Write(long step, IEnumerable<Summary.Types.Value> values) =>
        Write(new Event { Step = step, Summary = new Summary { Value = { values } } });

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    /// <summary>
    /// TensorBoard reads the files of a folder in the order of their names, which begin with the second of their
    /// creation, so a later file must have a later one, even if a clock was put back.
    /// </summary>
    private static string NameIn(string folder)
    {
        long second = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        if (Directory.Exists(folder))
            second = Directory.EnumerateFiles(folder, NameStart + "*").Select(SecondOf).Append(second).Max();
        return string.Create(CultureInfo.InvariantCulture, $"{NameStart}{second:D10}");
    }

    /// <summary>The first second that is after that of a file.</summary>
    private static long SecondOf(string path) =>
        Number.TryParse(Path.GetFileName(path).AsSpan(NameStart.Length), out long second) ? second + 1 : 0;

    private void Write(Event added)
    {
        added.WallTime = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds;
        byte[] data = added.ToByteArray();
        var record = new byte[sizeof(long) + sizeof(uint) + data.Length + sizeof(uint)];
        BinaryPrimitives.WriteInt64LittleEndian(record, data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(
            record.AsSpan(sizeof(long)), Crc32C.Masked(record.AsSpan(0, sizeof(long))));
        data.CopyTo(record, sizeof(long) + sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(^sizeof(uint)..), Crc32C.Masked(data));
        file.Write(record);
    }
}
