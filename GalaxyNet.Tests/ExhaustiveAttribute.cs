namespace GalaxyNet.Tests;

/// <summary>
/// Marks what a plain <c>dotnet test</c> leaves out for its time and <c>--filter TestCategory=Exhaustive</c> runs: more
/// of what the other tests check once of each kind.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class ExhaustiveAttribute() : CategoryAttribute(Name)
{
    /// <summary>Of the category.</summary>
    public new const string Name = "Exhaustive";
}

/// <summary>The tier of a single case.</summary>
internal static class Tiers
{
    /// <summary>Leaves a case to the exhaustive tier unless it belongs into the default one.</summary>
    public static TestCaseData InDefaultTier(this TestCaseData data, bool belongs) =>
        belongs ? data : data.SetCategory(ExhaustiveAttribute.Name);
}
