using System.Security.Cryptography;
using System.Text.Json;

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
        var twice = folders.GroupBy(RealPath.Of).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            throw new UserErrorException($"{twice.First()}: is given twice, and would count twice: give each run once");
        return new Ensemble([.. folders.Select(folder => Member.Open(folder))]);
    }

    /// <summary>Loads images as each run needs them: one crop may find nothing where another does.</summary>
    /// <param name="load">Loads them for a run.</param>
    /// <returns>For each run its images, which several share if their crops are the same.</returns>
    public IReadOnlyList<T> Load<T>(Func<TrainingPlan, T> load)
    {
        var loaded = new Dictionary<CropForm, T>();
        return [.. Members.Select(member => Of(member.Options.Plan))];

        T Of(TrainingPlan plan)
        {
            var form = new CropForm(plan.Crop, plan.Size);
            if (!loaded.TryGetValue(form, out var images))
                loaded.Add(form, images = load(plan));
            return images;
        }
    }

    /// <summary>Makes sure that all processes have the same runs, to predict in the same way.</summary>
    /// <exception cref="UserErrorException">They have not, or a run has no such weights.</exception>
    public void RequireSame(ICollective processes, Prediction how)
    {
        if (processes.Size == 1)
            return; // reading all weights takes a while
        processes.RequireSame(
        [
            ("options of prediction", JsonSerializer.Serialize(how)),
            .. Members.Select(member => ($"options of {member.Folder.Name}", member.OptionsDigest)),
            .. Members.Select(member => ($"weights of {member.Folder.Name}", member.DigestOf(how.Checkpoint))),
        ]);
    }

    /// <summary>Says what runs were never told in training, so that what they predict of it means nothing.</summary>
    public void LogNotLearned(Terminal terminal)
    {
        foreach (var member in Members)
        {
            if (member.Options.NotLearned is { } what)
                terminal.Log($"{member.Folder.Name}: {what}: what it predicts there means nothing");
        }
    }

    /// <summary>The mean of the runs' predictions.</summary>
    /// <param name="terminal">Shows the progress.</param>
    /// <param name="how">On which device, with which weights and how many views.</param>
    /// <param name="images">What each run sees of the same images.</param>
    /// <param name="shards">Each process predicts the images that it holds; all get all predictions.</param>
    /// <exception cref="UserErrorException">
    /// A run has no such weights, its predictions are not finite, or processes have devices of other kinds.
    /// </exception>
    public EnsemblePrediction Predict(
        Terminal terminal, Prediction how, IReadOnlyList<SeenImages> images, Shards shards)
    {
        var sums = new double[images[0].Places.Count, DecisionTree.ClassCount];
        int[] counts = new int[images[0].Places.Count];
        string device = "";
        foreach (var (member, seen) in Members.Zip(images))
        {
            int[] chosen = [.. Enumerable.Range(0, counts.Length).Where(image => seen.Places[image] is not null)];
            if (chosen.Length == 0)
                continue;
            int[] places = [.. chosen.Select(image => seen.Places[image]!.Value)];
            float[] predictions = [];
            member.Use(terminal, how, shards.Machine, network =>
            {
                device = network.Device.Name;
                shards.Processes.RequireSame(("the device", Device.BitsOf(network.Device.Name)));
                predictions = terminal.Predict(
                    network, seen.Images, places, member.Options.Plan, how.AverageViews, shards.Processes);
            });
            for (int i = 0; i < predictions.Length; i++)
                sums[chosen[i / DecisionTree.ClassCount], i % DecisionTree.ClassCount] += predictions[i];
            foreach (int image in chosen)
                counts[image]++;
        }
        return new EnsemblePrediction(
            [.. counts.Select((count, image) => count == 0 ? null : MeanOf(image, count))], device);

        float[] MeanOf(int image, int count) =>
            [.. Enumerable.Range(0, DecisionTree.ClassCount).Select(answer => (float)(sums[image, answer] / count))];
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

        /// <summary>Identifies the options.</summary>
        public string OptionsDigest => Convert.ToHexStringLower(
            SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Options, JsonFormat.Options)));

        /// <summary>Identifies the weights.</summary>
        /// <exception cref="UserErrorException">There are none.</exception>
        public string DigestOf(CheckpointKind checkpoint) =>
            StartingWeights.DigestOf(Folder.RequireWeights(checkpoint));

        /// <summary>Opens the device and the run's network on it, for as long as it is used.</summary>
        /// <param name="terminal">Is told what there is to say.</param>
        /// <param name="how">On which device, with which weights.</param>
        /// <param name="machine">What of its machine this process may use.</param>
        /// <param name="use">Uses the network.</param>
        public void Use(Terminal terminal, Prediction how, MachineShare machine, Action<Sequential> use)
        {
            using var device = DeviceOption.Open(
                how.Device, terminal, machine.Threads, Options.Settings.Precision, machine);
            int sharing = DeviceOption.CountSharing(how.Device, machine);
            using var network = Folder.LoadNetwork(device, Options.Plan, how.Checkpoint, terminal.LogOnce, sharing);
            use(network);
        }
    }
}

/// <summary>How trained runs are to predict.</summary>
/// <param name="Device">Where, as the user calls it.</param>
/// <param name="Checkpoint">With which weights.</param>
/// <param name="AverageViews">With how many views of each image; null for each run's own number.</param>
internal sealed record Prediction(string Device, CheckpointKind Checkpoint, int? AverageViews);

/// <summary>What runs predict together.</summary>
/// <param name="Fractions">The 37 of each image, the mean over the runs that see it; null where none does.</param>
/// <param name="Device">
/// What the device is called that they were computed on, the last one if there were several.
/// </param>
internal sealed record EnsemblePrediction(IReadOnlyList<float[]?> Fractions, string Device);

/// <summary>What a run sees of images.</summary>
/// <param name="Images">Those that its crop could be made of.</param>
/// <param name="Places">For each image where it is among them; null if it is not.</param>
internal readonly record struct SeenImages(ImageBlock Images, IReadOnlyList<int?> Places);
