using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace GalaxyNet.Train;

/// <summary>What became of an image file that was loaded.</summary>
/// <param name="Problem">Why it cannot be read; null if it can.</param>
/// <param name="IsDark">True if nothing in it is above the crop's threshold: it has no crop.</param>
/// <param name="Key">Identifies its bytes: see <see cref="CropPack.KeyOf"/>.</param>
/// <param name="Warnings">What sets it apart from the images of the challenge, if that was looked for.</param>
internal readonly record struct LoadedFile(string? Problem, bool IsDark, UInt128 Key, ImageWarnings Warnings)
{
    /// <summary>The problem as an error.</summary>
    public UserErrorException? Error => Problem is null ? null : new UserErrorException(Problem);

    /// <summary>True if it has a crop.</summary>
    public bool IsCropped => Problem is null && !IsDark;

    /// <summary>Makes sure that all processes list the same files, by their names without their folders.</summary>
    /// <exception cref="UserErrorException">They do not.</exception>
    public static void RequireSame(ICollective processes, IReadOnlyList<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in files)
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file) + "\n"));
        string digest = Convert.ToHexStringLower(hash.GetHashAndReset());
        processes.RequireSame(("image files", $"{files.Count:N0} of names with the SHA-256 {digest}"));
    }

    /// <summary>Tells all processes of the files that each of them has loaded.</summary>
    /// <param name="shards">Whose files are whose: by their homes.</param>
    /// <param name="own">Those of this process, in order.</param>
    /// <param name="count">How many files all have together.</param>
    /// <returns>Those of all, in order.</returns>
    public static LoadedFile[] Gather(Shards shards, LoadedFile[] own, int count)
    {
        Queue<LoadedFile>[] all =
        [
            .. shards.Processes.FromAll(Told.Of(own)).Select(told => new Queue<LoadedFile>(told.Files)),
        ];
        return [.. Enumerable.Range(0, count).Select(file => all[shards.OwnerOf(shards.HomeOf(file))].Dequeue())];
    }

    /// <summary>What a process tells of its files, in bytes: they are many, and few have problems.</summary>
    private sealed record Told(byte[] Keys, byte[] AreDark, byte[] Warnings, Dictionary<int, string> Problems)
    {
        [JsonIgnore]
        public IEnumerable<LoadedFile> Files
        {
            get
            {
                var keys = MemoryMarshal.Cast<byte, UInt128>(Keys).ToArray();
                return keys.Select((key, i) => new LoadedFile(
                    Problems.GetValueOrDefault(i), AreDark[i] != 0, key, (ImageWarnings)Warnings[i]));
            }
        }

        public static Told Of(LoadedFile[] files) => new(
            MemoryMarshal.AsBytes(Array.ConvertAll(files, file => file.Key).AsSpan()).ToArray(),
            Array.ConvertAll(files, file => (byte)(file.IsDark ? 1 : 0)),
            Array.ConvertAll(files, file => (byte)file.Warnings),
            files.Index().Where(file => file.Item.Problem is not null)
                .ToDictionary(file => file.Index, file => file.Item.Problem!));
    }
}
