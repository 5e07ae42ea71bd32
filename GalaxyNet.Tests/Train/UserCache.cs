namespace GalaxyNet.Tests;

/// <summary>
/// Gives the tests, and the programs that they start, a cache folder of their own: none of what a user has is used or
/// changed, and nothing from before a change of the code.
/// </summary>
[SetUpFixture]
internal sealed class UserCache
{
    private static readonly TemporaryFolder Folder = new();

    [OneTimeSetUp]
    public void Replace() => Environment.SetEnvironmentVariable(CacheFolder.Variable, Folder.Root);

    [OneTimeTearDown]
    public void Delete() => Folder.Dispose();
}
