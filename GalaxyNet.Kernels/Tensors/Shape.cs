using System.Collections;
using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>The extents of a tensor, outermost first: <c>[batch, channels, height, width]</c>.</summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public sealed class Shape : IEquatable<Shape>, IEnumerable<int>
{
    private readonly int[] extents;

    private Shape(int[] extents) => this.extents = extents;

    /// <summary>Makes a shape; also what the collection expression <c>[2, 3, 8, 8]</c> calls.</summary>
    /// <exception cref="ArgumentException">
    /// There are none, one is under 1, or their product is over 2^31 - 1.
    /// </exception>
    public static Shape Create(ReadOnlySpan<int> extents)
    {
        if (extents.IsEmpty)
            throw new ArgumentException("A tensor needs at least one extent: a single number has the shape [1].");
        long count = 1;
        foreach (int extent in extents)
        {
            if (extent < 1 || (count *= extent) > int.MaxValue)
                throw new ArgumentException(
                    $"A tensor cannot have the shape {string.Join('x', extents.ToArray())}: "
                    + "every extent must be at least 1 and the product at most 2^31 - 1.");
        }
        return new Shape(extents.ToArray());
    }

    /// <summary>The number of extents.</summary>
    public int Rank => extents.Length;

    /// <summary>The number of elements.</summary>
    public int Count
    {
        get
        {
            int count = 1;
            foreach (int extent in extents)
                count *= extent;
            return count;
        }
    }

    /// <summary>One extent; an index from the end works too.</summary>
    public int this[Index axis] => extents[axis];

    /// <summary>The same shape with another first extent: another batch size.</summary>
    internal Shape WithFirst(int extent)
    {
        int[] changed = [.. extents];
        changed[0] = extent;
        return Create(changed);
    }

    /// <summary>This shape after a first extent: that of a batch of such things.</summary>
    /// <remarks>In <c>[batch, .. shape]</c> the compiler takes <see cref="Count"/> for the number of extents.</remarks>
    public Shape Batch(int batch)
    {
        int[] extended = [batch, .. extents];
        return Create(extended);
    }

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && extents.AsSpan().SequenceEqual(other.extents);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (int extent in extents)
            hash.Add(extent);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join('x', extents);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)extents).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => extents.GetEnumerator();
}
