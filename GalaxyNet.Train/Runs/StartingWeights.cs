using System.Security.Cryptography;

namespace GalaxyNet.Train;

/// <summary>The weights that a run begins from, in place of random ones.</summary>
/// <param name="Source">Their file.</param>
/// <param name="Digest">A SHA-256 of its bytes.</param>
internal sealed record StartingWeights(string Source, string Digest)
{
    /// <summary>Finds the weights that a user names.</summary>
    /// <param name="named">A safetensors file; or a run's folder, for the weights that <c>predict</c> takes.</param>
    /// <param name="run">The folder of the run that is to begin from them.</param>
    /// <exception cref="UserErrorException">They are that run's own, or the folder holds no run.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static StartingWeights Of(string named, string run)
    {
        if (RunFolder.IsOwn(RealPath.Of(run), RealPath.Of(named)))
            throw new UserErrorException(
                $"{named}: is a file of {run}, which is to begin from it: give another --out, or --resume to go on");
        string file = Directory.Exists(named) ? WeightsOf(named) : named;
        return new StartingWeights(Path.GetFullPath(file), DigestOf(file));
    }

    /// <summary>Identifies weights: a SHA-256 of their file.</summary>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static string DigestOf(string path)
    {
        using var file = RegularFile.Open(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>Makes sure, before the work begins, that they are those of a network.</summary>
    /// <param name="device">Any, of which no memory is taken.</param>
    /// <param name="plan">The network.</param>
    /// <exception cref="InvalidDataException">They are damaged, or another network's.</exception>
    public void RequireFit(Device device, TrainingPlan plan) => device.BytesHeldBy(counting =>
    {
        using var network = plan.CreatePredictor(counting, maxBatch: 1);
        network.Load(Source);
    });

    /// <summary>Gives them to a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="log">Is told if they are of another type, as others may write them.</param>
    /// <exception cref="UserErrorException">The file has changed, or a number is NaN or infinite.</exception>
    /// <exception cref="InvalidDataException">They are damaged, or another network's.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public void GiveTo(Sequential network, Action<string> log)
    {
        if (DigestOf(Source) != Digest)
            throw new UserErrorException(
                $"{Source}: has changed since the run was begun from it: put back what it was, or train into another "
                + "--out");
        network.Load(Source, log);
        if (network.FindNonFinite() is { } name)
            throw new UserErrorException($"{Source}: {name} holds NaN or infinite values: begin from other weights");
    }

    private static string WeightsOf(string folder)
    {
        var run = new RunFolder(folder);
        run.ReadOptions(); // which says what is wrong where there is no run
        return run.RequireWeights(CheckpointKind.Last);
    }
}
