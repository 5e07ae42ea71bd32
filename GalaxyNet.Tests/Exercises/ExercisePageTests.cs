using GalaxyNet.Exercises;

namespace GalaxyNet.Tests;

/// <summary>What <c>exercises/README.md</c> shows is what there is.</summary>
[TestFixture]
internal sealed class ExercisePageTests
{
    private const string Page = "exercises/README.md";

    private static IReadOnlyList<Exercise> All => Exercise.All;

    [TestCaseSource(nameof(All))]
    public void EachExerciseHasARow(Exercise exercise)
    {
        string file = exercise.File.Split('/')[1];
        Assert.That(
            MarkdownPage.Text(Page), Does.Match($@"\| \[\w+\]\({file}\) \| \[\d+\]\(\.\./{exercise.Page}\) \|"));
    }

    [Test]
    public void TheExampleIsWhatTheProgramSays()
    {
        var mistake = OperationCatalogue.MistakesOf("dense").Single(each => each.Name == "no-batch-sum");
        var check = Check.Of(
            Exercise.Named("dense"),
            trial => trial.Gradients(trial.CopyArguments(), trial.OutputGradient!, mistake.Backward));
        var told = ExerciseCommand.Told(check).Split('\n').Select(line => line.TrimEnd());
        Assert.That(MarkdownPage.Blocks("text", Page).Single(), Is.EqualTo(string.Join('\n', told)));
    }
}
