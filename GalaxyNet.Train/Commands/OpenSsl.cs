using System.Runtime.InteropServices;

namespace GalaxyNet.Train;

/// <summary>
/// OpenSSL, to which .NET leaves checksums on Linux. Where there is none, .NET ends the process and does not say what
/// to do.
/// </summary>
internal static class OpenSsl
{
    private const string VersionVariable = "CLR_OPENSSL_VERSION_OVERRIDE"; // tells .NET which one to load

    /// <summary>Requires it, on the systems where .NET does.</summary>
    /// <exception cref="UserErrorException">This system has none.</exception>
    public static void Require()
    {
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable(VersionVariable) is null)
            RequireOneOf("libssl.so.3", "libssl.so.1.1");
    }

    /// <exception cref="UserErrorException">This system has none of these libraries.</exception>
    internal static void RequireOneOf(params string[] libraries)
    {
        if (!libraries.Any(library => NativeLibrary.TryLoad(library, out _)))
            throw new UserErrorException(
                "This system has no OpenSSL, with which .NET takes checksums: install libssl3 (Debian, Ubuntu) or "
                + "openssl-libs (Fedora, Red Hat)");
    }
}
