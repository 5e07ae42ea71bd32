using System.Reflection;
using System.Runtime.CompilerServices;

namespace GalaxyNet.Exercises;

/// <summary>What an answer to an exercise gives in all its cases.</summary>
/// <param name="Exercise">The exercise.</param>
internal sealed record Check(Exercise Exercise)
{
    /// <summary>Every result in every case, the smallest case first; those before <see cref="Thrown"/>.</summary>
    public required IReadOnlyList<Comparison> Comparisons { get; init; }

    /// <summary>What the answer threw; null if it came to its end in all cases.</summary>
    public ThrownException? Thrown { get; private init; }

    /// <summary>True if all is as it should be.</summary>
    public bool IsRight => Thrown is null && Comparisons.All(each => each.IsRight);

    /// <summary>False while the answer, or another that it calls, is as it was given out.</summary>
    public bool IsWritten => Thrown?.Exception is not NotImplementedException;

    /// <summary>Runs an answer.</summary>
    /// <param name="exercise">The exercise.</param>
    /// <param name="method">The answer: the reader's method, or the solution.</param>
    /// <param name="cancellation">Ends the wait for an answer that does not end.</param>
    /// <exception cref="UserErrorException">The method has other parameters or results than the solution.</exception>
    public static Check Of(Exercise exercise, Delegate method, CancellationToken cancellation = default)
    {
        if (method.GetType() != exercise.Solution.GetType())
            throw new UserErrorException(
                $"{exercise.File}: {exercise.Method} has other parameters or results than it should. "
                + $"Write them as they were: git show HEAD:{exercise.File} shows them.");
        return Task.Run(() => Of(exercise, trial => Written(exercise, method, trial)), cancellation)
            .WaitAsync(cancellation).GetAwaiter().GetResult();
    }

    /// <summary>The same for an answer in any form: the results, by the case.</summary>
    public static Check Of(Exercise exercise, Func<Trial, Array?[]> answer)
    {
        var comparisons = new List<Comparison>();
        var check = new Check(exercise) { Comparisons = comparisons };
        foreach (var trial in exercise.Trials)
        {
            try
            {
                comparisons.AddRange(answer(trial).Select((each, i) => new Comparison(exercise, trial, i, each)));
            }
            catch (TargetInvocationException exception)
            {
                return check with { Thrown = new ThrownException(trial, exception.InnerException!) };
            }
        }
        return check;
    }

    private static Array?[] Written(Exercise exercise, Delegate method, Trial trial)
    {
        var arguments = trial.CopyArguments();
        object? returned = method.DynamicInvoke(exercise.ParametersFor(trial, arguments));
        if (trial.IsStep)
            return trial.ResultsOf(arguments);
        return returned is ITuple results
            ? [.. Enumerable.Range(0, results.Length).Select(i => (Array?)results[i])]
            : [(Array?)returned];
    }
}
