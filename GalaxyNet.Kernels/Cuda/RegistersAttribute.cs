namespace GalaxyNet.Kernels;

/// <summary>
/// The registers that a thread of this kernel may have with one tile, if not <see cref="TileShape"/>'s.
/// </summary>
/// <param name="tile">The <see cref="ICudaTile"/>.</param>
/// <param name="count">At most 255. More of them leave room for fewer groups on a multiprocessor.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class RegistersAttribute(Type tile, int count) : Attribute
{
    public Type Tile { get; } = tile;

    public int Count { get; } = count;
}
