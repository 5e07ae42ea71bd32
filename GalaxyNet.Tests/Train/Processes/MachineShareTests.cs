namespace GalaxyNet.Tests;

/// <summary>How processes share their machines.</summary>
[TestFixture]
internal sealed class MachineShareTests
{
    private static readonly DeviceDescription Cpu = new(DeviceKind.Cpu, "a processor", 1 << 30, IsProcessor: true);

    [Test]
    public void OneProcessHasAll() =>
        Assert.That(MachineShare.Of(new OneProcess()).Threads, Is.EqualTo(Environment.ProcessorCount));

    // Cores that each process may use, and how many threads each gets.
    [TestCase("0-7 0-7", "4 4")]
    [TestCase("0-7 0-7 0-7", "3 3 2")]
    [TestCase("0 1", "1 1")]
    [TestCase("0 0 0", "1 1 1")]
    [TestCase("0-3 4-7", "4 4")]
    [TestCase("0-7 0-1", "6 2")]
    [TestCase("0-1,8-9 0-1,8-9", "2 2")]
    public void NoCoreHasTwoThreadsUnlessThereAreTooFew(string allowed, string threads)
    {
        Cores[] all = [.. allowed.Split(' ').Select(list => On("a", list, ofMachine: 8))];
        var given = Enumerable.Range(0, all.Length).Select(rank => MachineShare.Of(all, rank).Threads);
        Assert.That(string.Join(' ', given), Is.EqualTo(threads));
    }

    [Test]
    public void AQuotaIsShared()
    {
        var cores = On("a", "0-15", ofMachine: 16) with { Usable = 4 };
        Assert.That(MachineShare.Of([cores, cores], 1).Threads, Is.EqualTo(2));
    }

    [Test]
    public void EachMachineIsSharedByItsOwnProcesses()
    {
        Cores[] all = [On("a", "0-3", 4), On("b", "0-3", 4), On("a", "0-3", 4), On("b", "0-3", 4), On("b", "0-3", 4)];
        Assert.That(MachineShare.Of(all, 2), Is.EqualTo(new MachineShare(Rank: 1, Count: 2, Threads: 2)));
        Assert.That(MachineShare.Of(all, 3), Is.EqualTo(new MachineShare(Rank: 1, Count: 3, Threads: 1)));
    }

    [Test]
    public void IdleCoresAreTold()
    {
        Cores[] all = [On("a", "0-3", 4), On("b", "0", 64), On("b", "1", 64)];
        Assert.That(
            MachineShare.Of(all, 0).Advice,
            Is.EqualTo(
                "Each of 2 processes on b is bound to 1 of 64 cores: start with mpirun --bind-to none, or srun "
                + "--cpus-per-task"));
        Assert.That(MachineShare.Of([On("a", "0-2", 4), On("a", "0-2", 4)], 0).Advice, Is.Null);
    }

    [TestCase(0, DeviceKind.Cuda, "cuda:0", 2)]
    [TestCase(1, DeviceKind.Cuda, "cuda:1", 1)]
    [TestCase(2, DeviceKind.Auto, "cuda:0", 2)]
    [TestCase(2, DeviceKind.Cpu, "cpu", 3)]
    [TestCase(2, DeviceKind.OpenCl, "opencl:0", 3)]
    public void ProcessesTakeTheGpusInTurn(int rank, DeviceKind asked, string device, int processes)
    {
        DeviceDescription[] devices =
        [
            new(new DeviceAddress(DeviceKind.Cuda, 0), "a GPU", 1, IsProcessor: false),
            new(new DeviceAddress(DeviceKind.Cuda, 1), "a GPU", 1, IsProcessor: false),
            Cpu,
        ];
        var share = new MachineShare(rank, Count: 3, Threads: 1);
        var taken = share.DeviceOf(asked, devices);
        Assert.That(taken.ToString(), Is.EqualTo(device));
        Assert.That(share.ProcessesOn(taken, devices), Is.EqualTo(processes));
        Assert.That(share.DeviceOf(DeviceKind.Auto, [Cpu]).Kind, Is.EqualTo(DeviceKind.Cpu));
    }

    [TestCase("0-3,8", new[] { 0, 1, 2, 3, 8 })]
    [TestCase(" 5\n", new[] { 5 })]
    public void CoresAreReadAsLinuxWritesThem(string list, int[] cores) =>
        Assert.That(CoreList.Parse(list), Is.EqualTo(cores));

    [Test]
    public void ThisProcessHasCoresOfItsMachine() =>
        Assert.That(CoreList.OfThisProcess(), Has.Length.InRange(1, CoreList.CountOfMachine()));

    private static Cores On(string machine, string allowed, int ofMachine)
    {
        int[] cores = CoreList.Parse(allowed);
        return new Cores(machine, cores, ofMachine, Usable: cores.Length);
    }
}
