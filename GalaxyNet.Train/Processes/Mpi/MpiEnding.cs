namespace GalaxyNet.Train;

/// <summary>
/// How the processes end: together when all are done, and all at once, with one line, when one cannot go on or is not
/// heard of. All is done on MPI's thread.
/// </summary>
/// <param name="library">The library.</param>
/// <param name="rank">The number of this process.</param>
/// <param name="peers">The others.</param>
/// <param name="say">Says a line to the user.</param>
/// <param name="interruption">Is canceled by a signal that is to end all.</param>
internal sealed class MpiEnding(
    MpiLibrary library, int rank, IReadOnlyList<MpiPeer> peers, Action<string> say, CancellationToken interruption)
{
    private const int BeatEvery = 1000; // milliseconds, as all of these
    private const int SilentAfter = 10_000;
    private const int SilentWithOthersAfter = 8000; // their heartbeats were not in the same moment
    private const int StoodStillAfter = 2000;
    private const int OwnFailureWithin = 1000; // usually all fail alike
    private const int AnswerWithin = 3000;
    private const int SentWithin = 200;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1); // for the launcher to end this process

    private MpiMessage? failure; // what ends all, once it is time
    private string? failed; // the process that it comes from; null: this one
    private long time; // to end with it
    private long lastBeat = Environment.TickCount64;
    private long lastCheck = Environment.TickCount64;
    private bool isDone;
    private bool hasSentLast;

    /// <summary>Whether all are done and know it.</summary>
    public bool IsOver => hasSentLast && peers.All(peer => peer.HasLeft && peer.HasAll);

    /// <summary>Whether the end has begun, so that nothing goes on.</summary>
    public bool HasFailed { get; private set; }

    private bool SpeaksHere => !peers.Any(peer => peer.Rank < rank && !IsSilent(peer, SilentWithOthersAfter));

    /// <summary>This process is done with all that it has begun.</summary>
    public void Leave(long begun)
    {
        isDone = true;
        SendToAll(new MpiMessage(MpiMessageKind.Done, begun));
    }

    /// <summary>This process cannot go on.</summary>
    public void Fail(string message, int exitCode)
    {
        if (HasFailed)
            return;
        HasFailed = true;
        failure = new MpiMessage(MpiMessageKind.Failure, exitCode, message);
        failed = null;
        if (SpeaksHere)
            End();
        time = Environment.TickCount64 + AnswerWithin;
        try
        {
            peers.First(peer => !IsSilent(peer, SilentWithOthersAfter)).Send(failure.Value);
        }
        catch (MpiException)
        {
            End();
        }
    }

    /// <summary>Sends and takes messages, and ends all when it is time.</summary>
    /// <param name="begun">How many collectives this process has begun.</param>
    public void Check(long begun)
    {
        long now = Environment.TickCount64;
        foreach (var peer in peers)
        {
            if (now - lastCheck > StoodStillAfter)
                peer.Forgive(now - lastCheck);
            foreach (var message in peer.Receive())
                Take(message, peer);
            if (now - lastBeat >= BeatEvery && !hasSentLast)
                peer.SendHeartbeat();
        }
        if (now - lastBeat >= BeatEvery)
            lastBeat = now;
        lastCheck = now;
        if (failure is not null && now >= time)
            End();
        if (!HasFailed)
            CheckPeers(begun);
    }

    private static bool IsSilent(MpiPeer peer, int milliseconds) =>
        !peer.HasLeft && Environment.TickCount64 - peer.LastHeard > milliseconds;

    private void CheckPeers(long begun)
    {
        if (peers.Any(peer => IsSilent(peer, SilentAfter)))
        {
            string[] silent =
                [.. peers.Where(peer => IsSilent(peer, SilentWithOthersAfter)).Select(peer => peer.Name)];
            string have = silent.Length == 1 ? "has" : "have";
            Fail(
                $"{Capitalized(string.Join(" and ", silent))} {have} not been heard of for {SilentAfter / 1000} s: the "
                + "link or the machine is gone; continue with train --resume",
                CommandProgram.UserError);
        }
        else if (peers.FirstOrDefault(peer => peer.Begun < begun) is { } early)
        {
            // A signal comes to each process at another moment: those that wait for one that has ended so end, too.
            if (interruption.IsCancellationRequested)
                Fail("Interrupted", CommandProgram.Interrupted);
            else
                Fail($"{Capitalized(early.Name)} has ended before the others", CommandProgram.UserError);
        }
        else if (isDone && !hasSentLast && peers.All(peer => peer.Begun is not null))
        {
            hasSentLast = true;
            SendToAll(new MpiMessage(MpiMessageKind.Last));
        }
    }

    private static string Capitalized(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private void Take(MpiMessage message, MpiPeer peer)
    {
        if (message.Kind == MpiMessageKind.Failure && failure is null)
        {
            (failure, failed) = (message, peer.Name);
            time = Environment.TickCount64 + OwnFailureWithin;
        }
        else if (message.Kind == MpiMessageKind.Ending)
        {
            HasFailed = true;
            Thread.Sleep(Grace);
            NativeProcess.Exit((int)message.Number);
        }
    }

    private void SendToAll(MpiMessage message)
    {
        foreach (var peer in peers)
            peer.Send(message);
    }

    /// <summary>Says why all end, and ends them.</summary>
    private void End()
    {
        var (_, exitCode, text) = failure!.Value;
        HasFailed = true;
        if (!(isDone && exitCode == CommandProgram.Interrupted)) // of which this process has told already
            say(failed is null ? text : $"{Capitalized(failed)}: {text}");
        try
        {
            SendToAll(new MpiMessage(MpiMessageKind.Ending, exitCode));
            long start = Environment.TickCount64;
            while (Environment.TickCount64 - start < SentWithin && peers.Any(peer => !peer.HasAll))
                Thread.Sleep(1);
        }
        catch (MpiException)
        {
            // It has been said what ends all.
        }
        NativeProcess.ExitAfter(Grace, (int)exitCode);
        library.Abort((int)exitCode);
        Thread.Sleep(Timeout.Infinite);
    }
}
