namespace GalaxyNet.Tests;

/// <summary>Damages files and texts in the ways that find faults in those who read them.</summary>
internal sealed class Mutations(int seed)
{
    private static readonly byte[] TellingBytes =
        [0, 1, 0x7f, 0x80, 0xfe, 0xff, (byte)'0', (byte)'9', (byte)'-', (byte)'"'];
    private static readonly uint[] TellingNumbers = [0, 1, 60_000, 65_535, 65_536, 1 << 20, 1u << 31, uint.MaxValue];

    private readonly Random random = new(seed);

    public Random Random => random;

    /// <summary>A copy with one to eight changes.</summary>
    public byte[] Of(byte[] original)
    {
        List<byte> bytes = [.. original];
        for (int changes = 1 + random.Next(random.Next(2) == 0 ? 1 : 8); changes > 0; changes--)
            Change(bytes);
        return [.. bytes];
    }

    /// <summary>A copy of a text with such changes; what is then no UTF-8 any more comes out as U+FFFD.</summary>
    public string Of(string original) =>
        System.Text.Encoding.UTF8.GetString(Of(System.Text.Encoding.UTF8.GetBytes(original)));

    public T OneOf<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    private void Change(List<byte> bytes)
    {
        int position = random.Next(bytes.Count + 1);
        int length = Math.Min(random.Next(1, 1 << random.Next(1, 7)), bytes.Count - position);
        switch (random.Next(8))
        {
            case 0 when length > 0:
                bytes[position] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when length > 0:
                bytes[position] = (byte)random.Next(256);
                break;
            case 2 when length > 0:
                bytes[position] = OneOf(TellingBytes);
                break;
            case 3:
                bytes.RemoveRange(position, length);
                break;
            case 4:
                bytes.InsertRange(position, bytes.GetRange(random.Next(bytes.Count - length + 1), length));
                break;
            case 5:
                bytes.Insert(position, OneOf(TellingBytes));
                break;
            case 6 when bytes.Count - position >= 4:
                uint number = OneOf(TellingNumbers);
                for (int i = 0; i < 4; i++)
                    bytes[position + i] = (byte)(number >> (8 * (3 - i)));
                break;
            case 7 when random.Next(4) == 0:
                bytes.RemoveRange(position, bytes.Count - position);
                break;
        }
    }
}
