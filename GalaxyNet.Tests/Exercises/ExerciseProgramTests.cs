using GalaxyNet.Exercises;

namespace GalaxyNet.Tests;

/// <summary>The commands of the exercises.</summary>
[TestFixture]
internal sealed class ExerciseProgramTests
{
    private const int UserError = 1;
    private const int UsageError = 2;

    [Test]
    public void ListHasARowForEachExercise()
    {
        var run = ExerciseCommand.Run("list");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.Multiple(() =>
        {
            foreach (var exercise in Exercise.All)
            {
                Assert.That(
                    run.Output,
                    Does.Match($@"\b{exercise.Name} +{exercise.Page} +{exercise.Method} +not written\b"));
            }
        });
    }

    [Test]
    public void AllSolutionsAreRight()
    {
        var run = ExerciseCommand.Run("check", "all", "--solution");
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(run.Output, Does.Contain("dense: right in all 4 cases.").And.Not.Contain("WRONG"));
            Assert.That(run.Output, Does.EndWith($"{Exercise.All.Count} right, 0 wrong, 0 not written.\n"));
        });
    }

    [Test]
    public void WhatIsNotWrittenFails()
    {
        var run = ExerciseCommand.Run("check", "all");
        Assert.That(run.ExitCode, Is.EqualTo(UserError));
        Assert.That(run.Output, Does.EndWith($"0 right, 0 wrong, {Exercise.All.Count} not written.\n"));
    }

    [TestCase("dens", "There is no exercise 'dens'. Did you mean dense?")]
    [TestCase("Conv2D", "Did you mean conv2d?")]
    [TestCase("transformer", "There is no exercise 'transformer'. The command list shows all.")]
    public void AnUnknownNameIsRefusedWithTheNearest(string name, string told) =>
        ExerciseCommand.Run("check", name).AssertRefused(UsageError, told);

    [Test]
    public void AnExceptionIsToldInOneLineWithItsPlace()
    {
        var check = Check.Of(Exercise.Named("dense"), TooFar);
        Assert.That(check.IsWritten);
        string[] lines = ExerciseCommand.Told(check).Split('\n');
        Assert.That(lines[0], Does.Match(
            @"^dense: exercises/ExerciseProgramTests\.cs, line \d+: IndexOutOfRangeException: Index was outside the "));
        Assert.That(lines[1], Does.StartWith("The case is \"one number\": x [1, 1], w [1, 1], dy [1, 1]"));
    }

    [Test]
    public void OtherParametersAreRefused() => Assert.That(
        () => Check.Of(Exercise.Named("dense"), (double[,] x) => x),
        Throws.InstanceOf<UserErrorException>().With.Message.StartsWith(
            "exercises/Dense.cs: Dense.Backward has other parameters or results than it should."));

    [Test]
    public void AnAnswerThatDoesNotEndIsNotWaitedForAfterCtrlC()
    {
        using var end = new ManualResetEventSlim();
        using var interrupted = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        Assert.That(
            () => Check.Of(Exercise.Named("relu"), Endless, interrupted.Token),
            Throws.InstanceOf<OperationCanceledException>());
        end.Set();

        double[] Endless(double[] x, double[] dy)
        {
            end.Wait();
            return dy;
        }
    }

    private static (double[,] Dx, double[,] Dw, double[] Db) TooFar(double[,] x, double[,] w, double[,] dy)
    {
        x[x.GetLength(0), 0] = 0;
        return (x, w, []);
    }
}
