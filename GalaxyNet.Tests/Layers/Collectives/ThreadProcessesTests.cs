namespace GalaxyNet.Tests;

public class ThreadProcessesTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    public void EveryProcessGetsItsBlockOfAllAndThenAllBlocks(int size)
    {
        const int Length = 100;
        float[][] sums = ThreadProcesses.Run(size, processes => SumOfAll(processes, Length));
        float[] expected = [.. Enumerable.Range(0, Length).Select(i => (float)(size * (size - 1) / 2) + (size * i))];
        Assert.That(sums, Is.All.EqualTo(expected));
    }

    [Test]
    public void AllHaveTheBytesOfAll()
    {
        var gathered = ThreadProcesses.Run(3, processes => processes.AllGather(new byte[processes.Rank]));
        Assert.That(
            gathered.Select(all => all.Select(bytes => bytes.Length)), Is.All.EqualTo(new[] { 0, 1, 2 }));
    }

    /// <summary>The sum over the processes of rank + i, for each i, by an all-to-all and an all-gather.</summary>
    private static unsafe float[] SumOfAll(ICollective processes, int length)
    {
        var blocks = new Blocks(length, processes.Size);
        float[] numbers = [.. Enumerable.Range(0, length).Select(i => (float)(processes.Rank + i))];
        int own = blocks.LengthOf(processes.Rank);
        var received = new float[Math.Max(own * processes.Size, 1)];
        fixed (float* from = numbers, to = received)
        {
            var all = new HostFloats((nint)from, length);
            processes.BeginAllToAll(all, new HostFloats((nint)to, own * processes.Size)).Wait();
            for (int i = 0; i < own; i++)
                numbers[blocks.Start(processes.Rank) + i] += Enumerable.Range(0, processes.Size)
                    .Where(other => other != processes.Rank).Sum(other => received[(other * own) + i]);
            processes.BeginAllGather(all).Wait();
        }
        return numbers;
    }
}
