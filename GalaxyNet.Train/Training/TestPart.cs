namespace GalaxyNet.Train;

/// <summary>What runs did with galaxies: kept them for the test, or trained on them.</summary>
/// <param name="ensemble">The runs.</param>
/// <param name="datasets">The galaxies, as each run sees them.</param>
internal sealed class TestPart(Ensemble ensemble, IReadOnlyList<GalaxyDataset> datasets)
{
    /// <summary>Finds the galaxies that all runs kept for the test, and none has seen.</summary>
    /// <param name="ids">Which they are; empty if there is a problem.</param>
    /// <returns>Null, or why there are none, in words.</returns>
    public string? Find(out IReadOnlyList<long> ids)
    {
        ids = [];
        IEnumerable<long>? common = null;
        foreach (var (member, galaxies) in ensemble.Members.Zip(datasets))
        {
            string name = member.Folder.Name;
            if (!WasTrainedOn(member, galaxies))
                return $"is not the data that {name} was trained on, so it has no part kept for the test";
            var split = SplitOf(member, galaxies);
            if (split.Test.Length == 0)
                return $"{name} kept no galaxies for the test";
            var kept = split.Test.Select(galaxy => galaxies.Ids[galaxy]);
            common = common is null ? kept : common.Intersect(kept).ToList();
        }
        ids = [.. common!];
        return ids.Count > 0
            ? null
            : "has no galaxy that all runs kept for the test: their --split-seed or --test-fraction differs";
    }

    /// <summary>The runs that were trained on these galaxies and votes, but on other images of them.</summary>
    public IEnumerable<string> TrainedOnOtherImages =>
        from pair in ensemble.Members.Zip(datasets)
        let trainedOn = pair.First.Options.ImagesDigest
        where trainedOn is not null && WasTrainedOn(pair.First, pair.Second)
        where trainedOn != pair.Second.ImagesDigest
        select pair.First.Folder.Name;

    /// <summary>How many of some galaxies a run was trained on, as far as they are of the data of that run.</summary>
    public int CountTrainedOn(IReadOnlyList<long> ids)
    {
        var trained = new HashSet<long>();
        foreach (var (member, galaxies) in ensemble.Members.Zip(datasets))
        {
            if (WasTrainedOn(member, galaxies))
                trained.UnionWith(SplitOf(member, galaxies).Train.Select(galaxy => galaxies.Ids[galaxy]));
        }
        return ids.Count(trained.Contains);
    }

    private static bool WasTrainedOn(Ensemble.Member member, GalaxyDataset galaxies) =>
        galaxies.Digest() == member.Options.DataDigest;

    private static TrainTestSplit SplitOf(Ensemble.Member member, GalaxyDataset galaxies) =>
        new TrainingData(galaxies, member.Options.Plan, member.Options.ValidationIds).Split;
}
