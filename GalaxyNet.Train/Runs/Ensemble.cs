namespace GalaxyNet.Train;

/// <summary>One trained run, or several whose predictions are averaged.</summary>
internal sealed class Ensemble
{
    private Ensemble(IReadOnlyList<Member> members) => Members = members;

    /// <summary>The runs.</summary>
    public IReadOnlyList<Member> Members { get; }

    /// <summary>The first run: what needs one, such as a report, is made with it.</summary>
    public Member First => Members[0];

    /// <summary>Reads the options of all runs.</summary>
    /// <exception cref="UserErrorException">A folder holds no run, or is given twice.</exception>
    public static Ensemble Open(IReadOnlyList<string> folders)
    {
        var twice = folders.GroupBy(Path.GetFullPath).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            throw new UserErrorException($"{twice.First()}: is given twice, and would count twice: give each run once");
        return new Ensemble([.. folders.Select(folder => Member.Open(folder))]);
    }

    /// <summary>Loads the images as each run needs them: one crop may find nothing where another does.</summary>
    /// <param name="load">Loads them for a run.</param>
    /// <returns>For each run its images, which several share if their crops are the same.</returns>
    public IReadOnlyList<GalaxyDataset> Load(Func<TrainingPlan, GalaxyDataset> load)
    {
        var loaded = new Dictionary<(string, int), GalaxyDataset>();
        return [.. Members.Select(member => Of(member.Options.Plan))];

        GalaxyDataset Of(TrainingPlan plan)
        {
            var form = (plan.Crop.Name, plan.Size);
            if (!loaded.TryGetValue(form, out var dataset))
                loaded.Add(form, dataset = load(plan));
            return dataset;
        }
    }

    /// <summary>The mean over the runs of the predictions for some galaxies.</summary>
    /// <param name="terminal">Shows the progress.</param>
    /// <param name="how">On which device, with which weights and how many views.</param>
    /// <param name="datasets">The images for each run.</param>
    /// <param name="ids">Which galaxies.</param>
    /// <returns>
    /// Their predictions, of those that at least one run sees: each is the mean over the runs that see the galaxy.
    /// </returns>
    public Labels Predict(
        Terminal terminal, Prediction how, IReadOnlyList<GalaxyDataset> datasets, IReadOnlyList<long> ids)
    {
        var sums = ids.ToDictionary(id => id, _ => new double[DecisionTree.ClassCount + 1]);
        foreach (var (member, galaxies) in Members.Zip(datasets))
        {
            int[] chosen = [.. Enumerable.Range(0, galaxies.Count).Where(i => sums.ContainsKey(galaxies.Ids[i]))];
            float[] predictions = member.Predict(terminal, how, galaxies, chosen);
            for (int i = 0; i < chosen.Length; i++)
            {
                double[] sum = sums[galaxies.Ids[chosen[i]]];
                for (int answer = 0; answer < DecisionTree.ClassCount; answer++)
                    sum[answer] += predictions[(i * DecisionTree.ClassCount) + answer];
                sum[^1]++;
            }
        }
        long[] seen = [.. ids.Where(id => sums[id][^1] > 0)];
        return new Labels(
            seen,
            [
                .. from id in seen
                   let sum = sums[id]
                   from answer in sum.SkipLast(1)
                   select (float)(answer / sum[^1]),
            ]);
    }

    /// <summary>A run.</summary>
    /// <param name="Folder">Where it is.</param>
    /// <param name="Options">What it was made with.</param>
    internal sealed record Member(RunFolder Folder, RunOptions Options)
    {
        public static Member Open(string path)
        {
            var folder = new RunFolder(path);
            return new Member(folder, folder.ReadOptions());
        }

        /// <summary>The run's predictions: [chosen, 37].</summary>
        public float[] Predict(Terminal terminal, Prediction how, GalaxyDataset galaxies, int[] chosen)
        {
            using var device = DeviceOption.Open(how.Device, terminal, precision: Options.Settings.Precision);
            using var network = Folder.LoadNetwork(device, Options.Plan, how.Checkpoint);
            return terminal.Predict(network, galaxies, chosen, Options.Plan, how.AverageViews);
        }
    }
}

/// <summary>How trained runs are to predict.</summary>
/// <param name="Device">Where, as the user calls it.</param>
/// <param name="Checkpoint">With which weights.</param>
/// <param name="AverageViews">With how many views of each image; null for each run's own number.</param>
internal sealed record Prediction(string Device, CheckpointKind Checkpoint, int? AverageViews);
