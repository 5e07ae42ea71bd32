namespace GalaxyNet.Train;

/// <summary>
/// A lock that one process at a time can hold: an open file that the system closes with the process, even after
/// <c>kill -9</c>. The empty file stays; without the open handle it locks nothing.
/// </summary>
internal static class RunLock
{
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;

    /// <summary>Takes the lock.</summary>
    /// <returns>The lock, to be disposed; null if another process holds it.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
            when (exception.HResult is WindowsSharingViolation or LinuxWouldBlock or MacWouldBlock)
        {
            return null;
        }
    }
}
