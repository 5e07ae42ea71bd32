using System.Security.Cryptography;
using System.Text;

namespace GalaxyNet.Kernels;

/// <summary>
/// PTX in the user's cache folder, a file for each kernel, so that the next start need not compile it again.
/// </summary>
/// <remarks>
/// The driver keeps the machine code that it makes of PTX by the text alone, which differs a little with what ILGPU has
/// compiled before: from here it is always the same.
///
/// What cannot be read, or is not what was written, counts as missing; what cannot be written is not kept.
/// </remarks>
/// <param name="folder">Where the files lie; null to keep nothing.</param>
internal sealed class KernelCache(string? folder)
{
    private const string Extension = ".ptx";
    private const string Checksum = "// SHA-256 of the rest: ";
    private const long MostBytes = 64 << 20;
    private const int MostFiles = 1 << 12;
    private const int HashDigits = 16; // of 64: enough to tell apart what is in the cache

    /// <summary>The user's, if the environment tells where.</summary>
    public static KernelCache OfUser { get; } = new(CacheFolder.OfUser("kernels"));

    /// <summary>The PTX that was kept for a kernel; null if there is none.</summary>
    public string? Find(KernelIdentity kernel)
    {
        if (folder is null)
            return null;
        try
        {
            string path = Path.Combine(folder, NameOf(kernel));
            string text = File.ReadAllText(path);
            int end = text.IndexOf('\n', StringComparison.Ordinal);
            string ptx = text[(end + 1)..];
            if (end < 0 || text[..end] != ChecksumLine(ptx))
                return null;
            CacheFiles.MarkUsed(path);
            return ptx;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps PTX.</summary>
    public void Keep(KernelIdentity kernel, string ptx)
    {
        if (folder is null)
            return;
        try
        {
            byte[] text = Encoding.UTF8.GetBytes(ChecksumLine(ptx) + "\n" + ptx);
            new CacheFiles(folder, MostBytes, MostFiles).Write(NameOf(kernel), stream => stream.Write(text));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is compiled again at the next start, then.
        }
    }

    private static string ChecksumLine(string ptx) =>
        Checksum + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ptx)));

    private static string NameOf(KernelIdentity kernel) => $"{kernel.Name}-{kernel.Hash[..HashDigits]}{Extension}";
}
