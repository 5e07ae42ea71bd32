namespace GalaxyNet.Tests;

/// <summary>
/// Galaxies of the challenge with their labels, which are not in the repository: <c>shared/kaggle</c> beside it, or
/// above.
/// </summary>
internal static class KaggleFolder
{
    /// <summary>The folder. Where the machine has none, the test that asks is ignored.</summary>
    public static string Find() => SharedFolder.Find("kaggle");
}
