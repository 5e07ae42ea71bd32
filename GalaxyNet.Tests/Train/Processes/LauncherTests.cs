namespace GalaxyNet.Tests;

/// <summary>What tells a process that it was started together with others.</summary>
[TestFixture]
internal sealed class LauncherTests
{
    [TestCase("")]
    [TestCase("SLURM_NTASKS=4 SLURM_PROCID=0")] // a batch script
    [TestCase("SLURM_STEP_NUM_TASKS=1 SLURM_PROCID=0 PMIX_RANK=0")]
    [TestCase("OMPI_COMM_WORLD_SIZE=1 OMPI_COMM_WORLD_RANK=0 PMIX_RANK=0")]
    [TestCase("PMI_SIZE=1 PMI_RANK=0")]
    [TestCase("OMPI_COMM_WORLD_SIZE=many")]
    public void AProcessMayBeAlone(string environment) => Assert.That(Find(environment), Is.Null);

    [TestCase("OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_RANK=3 PMIX_RANK=3", "mpirun", MpiKind.OpenMpi, 3, 4)]
    [TestCase("PMI_SIZE=4 PMI_RANK=2", "mpirun", MpiKind.Mpich, 2, 4)]
    [TestCase("SLURM_STEP_NUM_TASKS=4 SLURM_PROCID=1 PMIX_RANK=1", "srun", MpiKind.OpenMpi, 1, 4)]
    [TestCase("SLURM_STEP_NUM_TASKS=4 SLURM_PROCID=1 PMI_SIZE=4 PMI_RANK=1", "srun", MpiKind.Mpich, 1, 4)]
    [TestCase("SLURM_STEP_NUM_TASKS=4 SLURM_PROCID=1", "srun", MpiKind.Mpich, 1, 4)]
    [TestCase("PMIX_RANK=2", "mpirun", MpiKind.OpenMpi, 2, null)]
    // What starts daemons with srun, one on each machine, leaves srun's variables to their processes.
    [TestCase("SLURM_STEP_NUM_TASKS=2 OMPI_COMM_WORLD_SIZE=8 OMPI_COMM_WORLD_RANK=5", "mpirun", MpiKind.OpenMpi, 5, 8)]
    [TestCase("SLURM_STEP_NUM_TASKS=2 PMI_SIZE=8 PMI_RANK=5", "mpirun", MpiKind.Mpich, 5, 8)]
    public void OrOneOfSeveral(string environment, string name, object kind, int rank, int? size) =>
        Assert.That(Find(environment), Is.EqualTo(new Launcher(name, (MpiKind)kind, rank, size)));

    private static Launcher? Find(string environment)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(each => each.Split('=')).ToDictionary(each => each[0], each => each[1]);
        return Launcher.Find(variables.GetValueOrDefault);
    }
}
