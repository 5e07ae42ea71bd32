namespace GalaxyNet.Train;

/// <summary>How a library of MPI passes its objects.</summary>
internal enum MpiKind
{
    /// <summary>As addresses, those that have names as the addresses of exported symbols: Open MPI.</summary>
    OpenMpi,

    /// <summary>As numbers: MPICH, and with it Intel MPI, MVAPICH, Cray MPICH and MS-MPI.</summary>
    Mpich,
}
