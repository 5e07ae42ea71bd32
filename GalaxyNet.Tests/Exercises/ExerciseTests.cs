using GalaxyNet.Exercises;

namespace GalaxyNet.Tests;

/// <summary>Every operation with a gradient has an exercise: its solution passes, and no common mistake does.</summary>
[TestFixture]
internal sealed class ExerciseTests
{
    private static IReadOnlyList<Exercise> All => Exercise.All;

    private static IEnumerable<string> Differentiable =>
        OperationCatalogue.All.Where(each => each.BackwardCost is not null).Select(each => each.Operation).Distinct();

    [Test]
    public void EveryOperationWithAGradientHasAnExercise() =>
        Assert.That(Differentiable, Is.SubsetOf(All.Select(each => each.Name)));

    [Test]
    public void TheyStandInTheOrderOfTheirPages() =>
        Assert.That(All.Select(each => each.Page), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));

    [TestCaseSource(nameof(All))]
    public void ItHasAPageAndAFileThatNamesThePageAndTheCommand(Exercise exercise)
    {
        string text = File.ReadAllText(Repository.Path(exercise.File.Split('/')));
        Assert.Multiple(() =>
        {
            Assert.That(Repository.Path(exercise.Page.Split('/')), Does.Exist);
            Assert.That(text, Does.Contain(exercise.Page));
            Assert.That(text, Does.Contain($"dotnet run --project exercises -- check {exercise.Name}\n"));
        });
    }

    [TestCaseSource(nameof(All))]
    public void ItIsTriedOnSeveralSmallCases(Exercise exercise) => Assert.Multiple(() =>
    {
        Assert.That(exercise.Trials, Has.Count.GreaterThan(1));
        Assert.That(exercise.Trials.Select(each => each.Size), Is.Ordered);
        Assert.That(exercise.Trials[^1].Arguments[0].Length, Is.GreaterThan(10));
    });

    [TestCaseSource(nameof(All))]
    public void TheSolutionIsRight(Exercise exercise)
    {
        var check = Check.Of(exercise, exercise.Solution);
        Assert.That(check.IsRight, ExerciseCommand.Told(check));
    }

    [TestCaseSource(nameof(All))]
    public void WhatIsGivenOutIsNotWritten(Exercise exercise)
    {
        var check = Check.Of(exercise, exercise.Student);
        Assert.Multiple(() =>
        {
            Assert.That(check.IsWritten, Is.False, $"git restore {exercise.File} brings it back as it was given out");
            Assert.That(
                ExerciseCommand.Told(check).Trim(),
                Is.EqualTo($"{exercise.Name}: {exercise.Method} is not written yet: {exercise.File}"));
        });
    }

    [TestCaseSource(nameof(Differentiable))]
    public void NoCommonMistakePasses(string operation)
    {
        var exercise = Exercise.Named(operation);
        var mistakes = OperationCatalogue.MistakesOf(operation);
        Assert.That(mistakes, Has.Count.GreaterThanOrEqualTo(3));
        Assert.Multiple(() =>
        {
            foreach (var mistake in mistakes)
            {
                var check = Check.Of(exercise, trial => With(mistake, trial));
                Assert.That(check.IsRight, Is.False, mistake.Name);
                Assert.That(ExerciseCommand.Told(check), Does.Contain(mistake.Description), mistake.Name);
            }
        });
    }

    /// <summary>What the mistake gives, in the shapes that the exercise asks for.</summary>
    private static Array?[] With(Mistake mistake, Trial trial) =>
    [
        .. trial.Gradients(trial.CopyArguments(), trial.OutputGradient!, mistake.Backward)
            .Zip(trial.Expected, (each, expected) => each!.Shaped([.. expected.Extents()])),
    ];
}
