using System.Globalization;
using System.Runtime.InteropServices;

namespace GalaxyNet.Layers;

/// <summary>What training changes and a file keeps under a name: a tensor or a <see cref="Counter"/>.</summary>
public abstract class StateEntry
{
    private protected StateEntry(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <summary>Its name in the file.</summary>
    public string Name { get; }

    internal abstract SafetensorsType Type { get; }

    internal abstract IReadOnlyList<long> Extents { get; }

    /// <summary>
    /// Gives the value as a file holds it, piece by piece: little-endian, as every machine is that .NET supports ILGPU
    /// on.
    /// </summary>
    internal abstract void Write(Action<ReadOnlySpan<byte>> write);

    /// <summary>True if it can be read from numbers of a type, which a stranger's file may have in its place.</summary>
    internal virtual bool CanRead(SafetensorsType type) => type == Type;

    /// <summary>Looks for a number that its own type has no room for.</summary>
    /// <param name="source">A file, from the value on.</param>
    /// <param name="type">What it is there: a type that it can be read from.</param>
    /// <returns>The first; null if there is room for all.</returns>
    internal virtual string? FindTooLarge(Stream source, SafetensorsType type) => null;

    /// <summary>Takes the value from where a file holds it.</summary>
    /// <param name="source">The file, from the value on.</param>
    /// <param name="type">What it is there: a type that it can be read from.</param>
    internal abstract void Read(Stream source, SafetensorsType type);
}

/// <summary>Float32 numbers on a device.</summary>
internal sealed class TensorState(string name, Tensor tensor) : StateEntry(name)
{
    internal override SafetensorsType Type => SafetensorsType.F32;

    internal override IReadOnlyList<long> Extents { get; } = [.. tensor.Shape.Select(extent => (long)extent)];

    internal override void Write(Action<ReadOnlySpan<byte>> write) =>
        tensor.Take(part => write(MemoryMarshal.AsBytes(part)));

    internal override bool CanRead(SafetensorsType type) => SafetensorsNumbers.AreFloats(type);

    internal override string? FindTooLarge(Stream source, SafetensorsType type) =>
        SafetensorsNumbers.FirstTooLarge(source, type, tensor.Count)?.ToString(CultureInfo.InvariantCulture);

    internal override void Read(Stream source, SafetensorsType type) =>
        tensor.Fill(part => SafetensorsNumbers.ReadFloats(source, type, part));
}

/// <summary>Float32 numbers in the host's memory: a row that a file keeps.</summary>
internal sealed class NumbersState(string name, IReadOnlyCollection<float> numbers) : StateEntry(name)
{
    /// <summary>The numbers.</summary>
    public IReadOnlyCollection<float> Numbers { get; private set; } = numbers;

    internal override SafetensorsType Type => SafetensorsType.F32;

    internal override IReadOnlyList<long> Extents => [Numbers.Count];

    internal override void Write(Action<ReadOnlySpan<byte>> write) =>
        write(MemoryMarshal.AsBytes<float>(Numbers.ToArray()));

    internal override void Read(Stream source, SafetensorsType type)
    {
        var read = new float[Numbers.Count];
        source.ReadExactly(MemoryMarshal.AsBytes(read.AsSpan()));
        Numbers = read;
    }
}

/// <summary>A count of steps or batches.</summary>
public sealed class Counter(string name) : StateEntry(name)
{
    /// <summary>The count.</summary>
    public long Value { get; set; }

    internal override SafetensorsType Type => SafetensorsType.I64;

    internal override IReadOnlyList<long> Extents => [];

    internal override void Write(Action<ReadOnlySpan<byte>> write) => write(BitConverter.GetBytes(Value));

    internal override bool CanRead(SafetensorsType type) => SafetensorsNumbers.AreIntegers(type);

    internal override string? FindTooLarge(Stream source, SafetensorsType type) =>
        SafetensorsNumbers.ReadInteger(source, type) is var count && count > long.MaxValue
            ? count.ToString(CultureInfo.InvariantCulture)
            : null;

    internal override void Read(Stream source, SafetensorsType type) =>
        Value = (long)SafetensorsNumbers.ReadInteger(source, type);
}
