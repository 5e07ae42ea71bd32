namespace GalaxyNet.Train;

/// <summary>The galaxies that runs kept for the test.</summary>
internal static class TestPart
{
    /// <summary>Finds those that all runs of an ensemble kept.</summary>
    /// <param name="ensemble">The runs.</param>
    /// <param name="datasets">The galaxies, as each run sees them.</param>
    /// <param name="ids">Which were kept; empty if there is a problem.</param>
    /// <returns>Null, or why there are none, in words.</returns>
    public static string? Find(
        Ensemble ensemble, IReadOnlyList<GalaxyDataset> datasets, out IReadOnlyList<long> ids)
    {
        ids = [];
        long[]? common = null;
        foreach (var (member, galaxies) in ensemble.Members.Zip(datasets))
        {
            string name = member.Folder.Name;
            if (galaxies.Digest() != member.Options.DataDigest)
                return $"is not the data that {name} was trained on, so it has no part kept for the test";
            var data = new TrainingData(galaxies, member.Options.Plan, member.Options.ValidationIds);
            if (!data.HasTest)
                return $"{name} kept no galaxies for the test";
            long[] kept = [.. data.Split.Test.Select(galaxy => galaxies.Ids[galaxy])];
            if (common is not null && !common.Order().SequenceEqual(kept.Order()))
                return $"{name} kept other galaxies for the test than {ensemble.First.Folder.Name}";
            common ??= kept;
        }
        ids = common!;
        return null;
    }
}
