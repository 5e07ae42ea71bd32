using ILGPU;
using ILGPU.Runtime;

namespace GalaxyNet.Benchmarks;

/// <summary>One of the kernels that lead from the obvious matrix product to the fast one, each by one idea.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Kernel">Computes one tile of C = A B in a group of <see cref="Threads"/> threads.</param>
/// <param name="TileRows">Rows of C that a group computes.</param>
/// <param name="TileColumns">Columns of C that a group computes.</param>
internal sealed record Rung(
    string Name,
    Action<ArrayView<float>, ArrayView<float>, ArrayView<float>, ProductExtents> Kernel,
    int TileRows,
    int TileColumns)
{
    /// <summary>The threads of a group, on every rung.</summary>
    public const int Threads = 256;

    /// <summary>What the kernels are compiled with: two groups are to fit on a multiprocessor.</summary>
    public static KernelSpecialization Specialization { get; } = new(Threads, 2);

    /// <summary>The ladder from the bottom.</summary>
    public static IReadOnlyList<Rung> All { get; } =
    [
        new("naive", NaiveProduct.Kernel, NaiveProduct.TileRows, NaiveProduct.TileColumns),
        new("tiled", TiledProduct.Kernel, TiledProduct.Side, TiledProduct.Side),
        new("register-tiled", RegisterTiledProduct.Kernel, RegisterTiledProduct.Side, RegisterTiledProduct.Side),
        new("vectorised", VectorizedProduct.Kernel, VectorizedProduct.Side, VectorizedProduct.Side),
        new("double-buffered", DoubleBufferedProduct.Kernel, DoubleBufferedProduct.Side, DoubleBufferedProduct.Side),
    ];

    /// <summary>Compiles the kernel for a device that has groups of threads: any but the plain CPU.</summary>
    /// <returns>What launches it with A, B and C.</returns>
    public Action<ArrayView<float>, ArrayView<float>, ArrayView<float>> Load(Device device, ProductExtents extents)
    {
        var kernel = device.Load(Kernel, Specialization);
        var groups = new Index3D(
            Rounding.CeilingDivide(extents.Columns, TileColumns), Rounding.CeilingDivide(extents.Rows, TileRows), 1);
        var config = new KernelConfig(groups, new Index3D(Threads, 1, 1));
        return (left, right, product) => kernel(config, left, right, product, extents);
    }
}
