namespace GalaxyNet.Train;

/// <summary>What runs did with galaxies: kept them for the test, or trained on them.</summary>
internal sealed class TestPart
{
    private readonly IReadOnlyList<Trained> runs;

    /// <summary>Compares galaxies with those of runs.</summary>
    /// <param name="ensemble">The runs.</param>
    /// <param name="datasets">The galaxies, as each run sees them.</param>
    public TestPart(Ensemble ensemble, IReadOnlyList<GalaxyDataset> datasets) =>
        runs = [.. ensemble.Members.Zip(datasets, Trained.Of)];

    /// <summary>The runs that were trained on these galaxies and votes, but on other images of them.</summary>
    public IEnumerable<string> TrainedOnOtherImages => runs.Where(run => run.SawOtherImages).Select(run => run.Name);

    /// <summary>Finds the galaxies that all runs kept for the test, and none has seen.</summary>
    /// <param name="ids">Which they are; empty if there is a problem.</param>
    /// <returns>Null, or why there are none, in words.</returns>
    public string? Find(out IReadOnlyList<long> ids)
    {
        ids = [];
        foreach (var run in runs)
        {
            if (run.Split is null)
                return $"is not the data that {run.Name} was trained on, so it has no part kept for the test";
            if (run.Split.Test.Length == 0)
                return $"{run.Name} kept no galaxies for the test";
        }
        ids = [.. runs.Select(run => run.IdsOf(run.Split!.Test)).Aggregate((common, kept) => common.Intersect(kept))];
        return ids.Count > 0
            ? null
            : "has no galaxy that all runs kept for the test: their --split-seed or --test-fraction differs";
    }

    /// <summary>How many of some galaxies a run was trained on, as far as they are of the data of that run.</summary>
    public int CountTrainedOn(IReadOnlyList<long> ids)
    {
        var trained = runs.Where(run => run.Split is not null)
            .SelectMany(run => run.IdsOf(run.Split!.Train)).ToHashSet();
        return ids.Count(trained.Contains);
    }

    /// <summary>A run and galaxies.</summary>
    /// <param name="Name">What the run is called.</param>
    /// <param name="Galaxies">The galaxies.</param>
    /// <param name="Split">How it split them; null if it was trained on others.</param>
    /// <param name="SawOtherImages">True if they had other images then.</param>
    private sealed record Trained(string Name, GalaxyDataset Galaxies, TrainTestSplit? Split, bool SawOtherImages)
    {
        public static Trained Of(Ensemble.Member member, GalaxyDataset galaxies)
        {
            var options = member.Options;
            string name = member.Folder.Name;
            if (galaxies.Digest() != options.DataDigest)
                return new Trained(name, galaxies, Split: null, SawOtherImages: false);
            var split = new TrainingData(galaxies, options.Plan, options.ValidationIds).Split;
            return new Trained(
                name, galaxies, split, options.ImagesDigest is { } digest && digest != galaxies.ImagesDigest);
        }

        public IEnumerable<long> IdsOf(int[] part) => part.Select(galaxy => Galaxies.Ids[galaxy]);
    }
}
