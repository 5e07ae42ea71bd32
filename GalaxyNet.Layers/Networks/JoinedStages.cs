namespace GalaxyNet.Layers;

/// <summary>
/// Runs the stages of a pass; on a processor, those that follow each other and launch nothing but its own kernels as
/// one launch.
/// </summary>
/// <remarks>
/// Which they are shows the first time that a pass comes with a batch size, and by then they have all the memory that
/// they need.
/// </remarks>
/// <typeparam name="TPass">What passes are told apart by.</typeparam>
/// <param name="device">Where the network runs.</param>
internal sealed class JoinedStages<TPass>(Device device)
    where TPass : struct
{
    private readonly JoinedLaunch? launch =
        device.Team is null || device.OnlyCounts ? null : new JoinedLaunch(device);

    private readonly Dictionary<TPass, bool[]> joinable = [];

    /// <summary>Runs stages 0, 1, 2, ... of a pass.</summary>
    /// <param name="pass">Which.</param>
    /// <param name="count">How many stages it has.</param>
    /// <param name="run">Runs one.</param>
    public void Run(TPass pass, int count, Action<int> run)
    {
        if (launch is null)
            RunAlone(0, count, run);
        else if (joinable.TryGetValue(pass, out bool[]? isJoinable))
            RunJoined(isJoinable, run);
        else
            joinable.Add(pass, [.. Enumerable.Range(0, count).Select(stage => IsJoinable(stage, run))]);
    }

    private static void RunAlone(int first, int end, Action<int> run)
    {
        for (int stage = first; stage < end; stage++)
            run(stage);
    }

    private void RunJoined(bool[] isJoinable, Action<int> run)
    {
        for (int first = 0; first < isJoinable.Length;)
        {
            int end = first;
            while (end < isJoinable.Length && isJoinable[end])
                end++;
            if (end == first)
                RunAlone(first, ++end, run);
            else
                RunTogether(first, end, run);
            first = end;
        }
    }

    private void RunTogether(int first, int end, Action<int> run) => launch!.Run(() => RunAlone(first, end, run));

    // Each of a stage's launches was one of the processor's own kernels if its threads ran as often.
    private bool IsJoinable(int stage, Action<int> run)
    {
        long others = device.Team!.Launches - device.Team.Runs;
        run(stage);
        return device.Team.Launches - device.Team.Runs == others;
    }
}
