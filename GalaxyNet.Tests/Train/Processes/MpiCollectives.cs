using System.Runtime.InteropServices;

namespace GalaxyNet.Tests;

/// <summary>What each process checks of all collectives.</summary>
internal static unsafe class MpiCollectives
{
    /// <summary>Checks them.</summary>
    /// <param name="processes">The processes.</param>
    /// <param name="most">How many numbers at most, and bytes.</param>
    public static void Check(ICollective processes, int most)
    {
        RequireNullReferencesAreExceptions();
        foreach (int length in (int[])[0, 1, 17, most])
            CheckAt(processes, length);
    }

    /// <summary>.NET sees them by a signal, which libraries of MPI would like to have, too.</summary>
    private static void RequireNullReferencesAreExceptions()
    {
        string? nothing = Environment.GetEnvironmentVariable("GALAXYNET_NOTHING");
        Assert.Throws<NullReferenceException>(() => _ = nothing!.Length);
    }

    private static void CheckAt(ICollective processes, int length)
    {
        processes.Barrier();
        CheckBroadcast(processes, length);
        CheckBytes(processes, length);
        CheckNumbers(processes, length);
        CheckSeveralAtOnce(processes, length);
    }

    private static void CheckBroadcast(ICollective processes, int length)
    {
        byte[] bytes = Bytes(processes.Rank, length);
        processes.Broadcast(bytes);
        Require(bytes.AsSpan().SequenceEqual(Bytes(0, length)), "The broadcast");
    }

    /// <summary>Process 2 has twice as many as process 1, and process 0 has none.</summary>
    private static void CheckBytes(ICollective processes, int length)
    {
        var all = processes.AllGather(Bytes(processes.Rank, length * processes.Rank));
        Require(all.Count == processes.Size, "The number of blocks");
        foreach (var (rank, bytes) in all.Index())
            Require(bytes.AsSpan().SequenceEqual(Bytes(rank, length * rank)), $"The block of process {rank}");
    }

    private static void CheckNumbers(ICollective processes, int length)
    {
        using var exchange = new Exchange(processes, length, seed: 0);
        exchange.Begin();
        exchange.Check();
        exchange.BeginToGather();
        exchange.CheckAll();
    }

    private static void CheckSeveralAtOnce(ICollective processes, int length)
    {
        Exchange[] several = [.. Enumerable.Range(1, 4).Select(seed => new Exchange(processes, length / seed, seed))];
        foreach (var exchange in several)
            exchange.Begin();
        processes.Broadcast(Bytes(0, 5)); // which does not overtake them, nor wait for them
        foreach (var exchange in several)
        {
            exchange.Check();
            exchange.BeginToGather();
        }
        foreach (var exchange in several.Reverse())
            exchange.CheckAll();
        foreach (var exchange in several)
            exchange.Dispose();
    }

    private static byte[] Bytes(int rank, int length)
    {
        byte[] bytes = new byte[length];
        new Random(rank).NextBytes(bytes);
        return bytes;
    }

    private static void Require(bool isRight, string what)
    {
        if (!isRight)
            throw new InvalidOperationException($"{what} is wrong.");
    }

    /// <summary>Numbers, of which every process gets its block from all, sums it, and tells it to all.</summary>
    private sealed class Exchange : IDisposable
    {
        private readonly ICollective processes;
        private readonly Blocks blocks;
        private readonly int seed;
        private readonly HostFloats sent;
        private readonly HostFloats received;
        private IPendingCollective? pending;

        public Exchange(ICollective processes, int length, int seed)
        {
            (this.processes, this.seed, blocks) = (processes, seed, new Blocks(length, processes.Size));
            sent = Allocate(length);
            received = Allocate(processes.Size * OwnLength);
            for (int i = 0; i < length; i++)
                sent.Span[i] = Number(processes.Rank, i);
            received.Span.Fill(float.NaN);
        }

        private int OwnLength => blocks.LengthOf(processes.Rank);

        public void Begin() => pending = processes.BeginAllToAll(sent, received);

        public void Check()
        {
            pending!.Wait();
            Require(pending.Duration >= TimeSpan.Zero, "The time");
            for (int rank = 0; rank < processes.Size; rank++)
            {
                for (int i = 0; i < OwnLength; i++)
                {
                    float number = received.Span[(rank * OwnLength) + i];
                    bool isRight = rank == processes.Rank
                        ? float.IsNaN(number) // its own it has already
                        : number == Number(rank, blocks.Start(processes.Rank) + i);
                    Require(isRight, $"Number {i} of process {rank}");
                }
            }
        }

        /// <summary>Only the own block is right.</summary>
        public void BeginToGather()
        {
            for (int i = 0; i < sent.Length; i++)
                sent.Span[i] = float.NaN;
            for (int i = 0; i < OwnLength; i++)
                sent.Span[blocks.Start(processes.Rank) + i] = Number(-1, blocks.Start(processes.Rank) + i);
            pending = processes.BeginAllGather(sent);
        }

        public void CheckAll()
        {
            pending!.Wait();
            for (int i = 0; i < sent.Length; i++)
                Require(sent.Span[i] == Number(-1, i), $"Gathered number {i}");
        }

        public void Dispose()
        {
            NativeMemory.Free((void*)sent.Address);
            NativeMemory.Free((void*)received.Address);
        }

        private static HostFloats Allocate(int length) =>
            new((nint)NativeMemory.Alloc((nuint)length + 1, sizeof(float)), length);

        private float Number(int rank, int i) => (seed * 1e6f) + (rank * 1e5f) + (i % 65_536);
    }
}
