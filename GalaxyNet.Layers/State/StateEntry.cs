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

    /// <summary>The value as a file holds it: little-endian, as every machine is that .NET supports ILGPU on.</summary>
    internal abstract byte[] ToBytes();

    internal abstract void FromBytes(ReadOnlySpan<byte> bytes);
}

/// <summary>Float32 numbers on a device.</summary>
internal sealed class TensorState(string name, Tensor tensor) : StateEntry(name)
{
    internal override SafetensorsType Type => SafetensorsType.F32;

    internal override IReadOnlyList<long> Extents { get; } = [.. tensor.Shape.Select(extent => (long)extent)];

    internal override byte[] ToBytes()
    {
        var bytes = new byte[sizeof(float) * tensor.Count];
        tensor.CopyTo(MemoryMarshal.Cast<byte, float>(bytes.AsSpan()));
        return bytes;
    }

    internal override void FromBytes(ReadOnlySpan<byte> bytes) =>
        tensor.CopyFrom(MemoryMarshal.Cast<byte, float>(bytes));
}

/// <summary>Float32 numbers in the host's memory: a row that a file keeps.</summary>
internal sealed class NumbersState(string name, IReadOnlyCollection<float> numbers) : StateEntry(name)
{
    /// <summary>The numbers.</summary>
    public IReadOnlyCollection<float> Numbers { get; private set; } = numbers;

    internal override SafetensorsType Type => SafetensorsType.F32;

    internal override IReadOnlyList<long> Extents => [Numbers.Count];

    internal override byte[] ToBytes() => MemoryMarshal.AsBytes<float>(Numbers.ToArray()).ToArray();

    internal override void FromBytes(ReadOnlySpan<byte> bytes) =>
        Numbers = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
}

/// <summary>A count of steps or batches.</summary>
public sealed class Counter(string name) : StateEntry(name)
{
    /// <summary>The count.</summary>
    public long Value { get; set; }

    internal override SafetensorsType Type => SafetensorsType.I64;

    internal override IReadOnlyList<long> Extents => [];

    internal override byte[] ToBytes() => BitConverter.GetBytes(Value);

    internal override void FromBytes(ReadOnlySpan<byte> bytes) => Value = BitConverter.ToInt64(bytes);
}
