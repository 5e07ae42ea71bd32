namespace GalaxyNet.Train;

/// <summary>What started several processes to work together, seen by what it tells each of them.</summary>
/// <param name="Name">What users call it.</param>
/// <param name="Kind">The library that processes which it starts most likely use.</param>
/// <param name="Rank">The number of this process; 0 where that is not told.</param>
/// <param name="Size">How many processes it started; null where that is not told.</param>
internal sealed record Launcher(string Name, MpiKind Kind, int Rank, int? Size)
{
    private const string MpiRun = "mpirun";
    private const string SlurmRun = "srun";

    /// <summary>True if a launcher started this process, perhaps alone.</summary>
    /// <param name="environment">The value of a variable of the environment, if it is there.</param>
    public static bool HasStarted(Func<string, string?> environment) => FirstOf(NumberIn(environment)) is not null;

    /// <summary>What started this process together with others; null if nothing did.</summary>
    /// <param name="environment">The value of a variable of the environment, if it is there.</param>
    public static Launcher? Find(Func<string, string?> environment) =>
        FirstOf(NumberIn(environment)) is { Size: not 1 } all ? all : null;

    /// <summary>Joins the other processes that were started together with this one.</summary>
    /// <param name="say">Says a line to the user.</param>
    /// <param name="interruption">Is canceled by a signal that is to end all.</param>
    /// <exception cref="UserErrorException">There is no library of MPI, or it is of another launcher.</exception>
    public ICollective Join(Action<string> say, CancellationToken interruption)
    {
        NativeProcess.SetVariable("UCX_ERROR_SIGNALS", ""); // .NET has those signals: one of them is a null reference
        // Send, and no put: with that a large message holds up what goes the other way, and a link has half its speed.
        NativeProcess.SetVariable("OMPI_MCA_btl_tcp_flags", "1");
        var library = MpiLibrary.Find(Kind) ?? MpiLibrary.Find(Other(Kind));
        return library is null
            ? throw new UserErrorException(WhyNoLibrary)
            : new MpiProcesses(library, this, say, interruption);
    }

    /// <summary>What to do where there is no library.</summary>
    public string WhyNoLibrary =>
        $"{Started}, but {MpiFiles.NamesOf(Kind).FirstOrDefault("a library of MPI")} is not found: install the library "
        + "that the launcher belongs to on every machine, or name its folder in LD_LIBRARY_PATH";

    private string Started => $"{Name} started {(Size is null ? "several" : $"{Size}")} processes";

    /// <summary>Why a library that knows of fewer processes does not belong to this launcher, and what to do.</summary>
    public string WhyOfAnother(string library, int size) =>
        $"{Started}, but {library} knows of {size}: "
        + (Name == SlurmRun
            ? "give srun --mpi=pmix for Open MPI, --mpi=pmi2 for MPICH (srun --mpi=list says what it has)"
            : "it belongs to another launcher: start with that one's mpirun, or name the folder of the right library "
                + "in LD_LIBRARY_PATH");

    private static Func<string, int?> NumberIn(Func<string, string?> environment) =>
        name => Number.TryParse(environment(name) ?? "", out int number) ? number : null;

    private static MpiKind Other(MpiKind kind) => kind == MpiKind.OpenMpi ? MpiKind.Mpich : MpiKind.OpenMpi;

    /// <summary>The first that tells how many there are: what is further out may have left its variables.</summary>
    private static Launcher? FirstOf(Func<string, int?> variable)
    {
        int? step = variable("SLURM_STEP_NUM_TASKS"); // SLURM_NTASKS is known to a batch script, too, which is no task
        int? exchange = variable("PMIX_RANK"); // Open MPI's way to find the others, which Slurm knows as well
        if (variable("OMPI_COMM_WORLD_SIZE") is { } ofOpenMpi)
            return new Launcher(MpiRun, MpiKind.OpenMpi, variable("OMPI_COMM_WORLD_RANK") ?? 0, ofOpenMpi);
        if (variable("PMI_SIZE") is { } size && variable("PMI_RANK") is { } rank)
            return new Launcher(step == size ? SlurmRun : MpiRun, MpiKind.Mpich, rank, size);
        if (step is not null)
        {
            var kind = exchange is null ? MpiKind.Mpich : MpiKind.OpenMpi;
            return new Launcher(SlurmRun, kind, variable("SLURM_PROCID") ?? 0, step);
        }
        return exchange is null ? null : new Launcher(MpiRun, MpiKind.OpenMpi, exchange.Value, Size: null);
    }
}
