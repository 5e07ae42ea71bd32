namespace GalaxyNet.Layers;

/// <summary>Where each of a network's tensors lies in a flat block of memory.</summary>
internal sealed class ParameterLayout
{
    /// <summary>In floats: a 512-bit vector, and a whole number of 128-bit loads.</summary>
    public const int Alignment = 16;

    /// <summary>Lays the tensors out one after the other, each at a multiple of 16 floats.</summary>
    /// <exception cref="ArgumentException">Two tensors have the same name.</exception>
    /// <exception cref="OverflowException">Together they are over 2^31 - 1 floats.</exception>
    public ParameterLayout(IReadOnlyList<ParameterDeclaration> declarations)
    {
        var names = new HashSet<string>();
        var slots = new List<ParameterSlot>();
        foreach (var declaration in declarations)
        {
            if (!names.Add(declaration.Name))
                throw new ArgumentException($"Two parameters have the name {declaration.Name}.");
            slots.Add(new ParameterSlot(declaration.Name, declaration.Shape, Length));
            Length = checked(Length + ((declaration.Shape.Count + Alignment - 1) / Alignment * Alignment));
        }
        Slots = slots;
    }

    /// <summary>The tensors, in the order of their layers.</summary>
    public IReadOnlyList<ParameterSlot> Slots { get; }

    /// <summary>The floats of a block, the padding between the tensors included.</summary>
    public int Length { get; }
}

/// <summary>Where a tensor lies in a <see cref="ParameterBlock"/>.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Shape">Its extents.</param>
/// <param name="Offset">Its first element's index in the block.</param>
internal sealed record ParameterSlot(string Name, Shape Shape, int Offset);
