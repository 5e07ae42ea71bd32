using System.Runtime.InteropServices;

namespace GalaxyNet.Train;

/// <summary>The objects that MPI gives names to, as a library of a kind has them.</summary>
/// <param name="World">MPI_COMM_WORLD.</param>
/// <param name="Float">MPI_FLOAT.</param>
/// <param name="Byte">MPI_BYTE.</param>
/// <param name="ErrorsReturn">MPI_ERRORS_RETURN.</param>
/// <param name="StatusIgnore">MPI_STATUS_IGNORE.</param>
internal sealed record MpiNames(nint World, nint Float, nint Byte, nint ErrorsReturn, nint StatusIgnore)
{
    private const string OpenMpiWorld = "ompi_mpi_comm_world";

    private static readonly MpiNames Mpich = new(
        World: 0x44000000, Float: 0x4c00040a, Byte: 0x4c00010d, ErrorsReturn: 0x54000001, StatusIgnore: 1);

    /// <summary>The kind of a library.</summary>
    public static MpiKind KindOf(nint library) =>
        NativeLibrary.TryGetExport(library, OpenMpiWorld, out _) ? MpiKind.OpenMpi : MpiKind.Mpich;

    /// <summary>The names of a library.</summary>
    public static MpiNames Of(nint library) => KindOf(library) == MpiKind.Mpich
        ? Mpich
        : new MpiNames(
            NativeLibrary.GetExport(library, OpenMpiWorld),
            NativeLibrary.GetExport(library, "ompi_mpi_float"),
            NativeLibrary.GetExport(library, "ompi_mpi_byte"),
            NativeLibrary.GetExport(library, "ompi_mpi_errors_return"),
            StatusIgnore: 0);
}
