using System.CommandLine;

namespace GalaxyNet.Train;

/// <summary>
/// <c>--break</c>: <c>dense</c> is the first mistake of that operation, <c>dense:batch-mean</c> another.
/// </summary>
internal static class BreakOption
{
    /// <summary>What to give for all mistakes to be shown.</summary>
    public const string List = "list";

    private static readonly NamedMistake[] All =
    [
        .. from operation in OperationCatalogue.All.Select(each => each.Operation).Distinct()
           from mistake in OperationCatalogue.MistakesOf(operation)
           select new NamedMistake(operation, mistake),
    ];

    private static string[] Operations => [.. All.Select(each => each.Operation).Distinct()];

    /// <summary>The option; its value is the name of a mistake, of an operation, or <see cref="List"/>.</summary>
    public static Option<string> Create()
    {
        var option = new Option<string>("--break")
        {
            Description = "Check only this operation, with a mistake in its backward pass, to show what wrong "
                + "gradients look like: its first mistake, or the one that is named; list shows all mistakes",
            HelpName = "OPERATION[:MISTAKE]",
        };
        option.CompletionSources.Add(_ => [List, .. Operations, .. All.Select(each => each.Name)]);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var name }] && WhatIsWrong(name) is { } wrong)
                result.AddError($"--break {name}: {wrong}, and gradcheck --break list shows all.");
        });
        return option;
    }

    /// <summary>The mistake of a name that the option accepted; says which it is, if it was not named itself.</summary>
    public static NamedMistake Find(string name, Terminal terminal)
    {
        var found = All.First(each => name == each.Operation || name == each.Name);
        if (name != found.Name)
            terminal.Log(
                $"Putting in {found.Name}, the first of {All.Count(each => each.Operation == name)} mistakes; "
                + "gradcheck --break list shows all");
        return found;
    }

    /// <summary>Shows all mistakes, those of each operation under its name.</summary>
    public static void ShowAll(Terminal terminal, bool asJson)
    {
        if (asJson)
            terminal.WriteJson(new { Mistakes = All.Select(each => each.ToJson()) });
        else
            terminal.WriteTable(
                ["operation and mistake", "what is done in place of what is right"],
                All.GroupBy(each => each.Operation).SelectMany(mistakes => mistakes
                    .Select(each => new[] { $"  {each.Mistake.Name}", each.Mistake.Description })
                    .Prepend([mistakes.Key, ""])));
    }

    private static string? WhatIsWrong(string name)
    {
        string operation = name.Split(':')[0];
        if (name == List || All.Any(each => name == each.Operation || name == each.Name))
            return null;
        if (!Operations.Contains(operation))
            return $"no operation with a gradient is called so; the nearest is {NearestName.Of(operation, Operations)}";
        var names = All.Where(each => each.Operation == operation).Select(each => each.Name);
        return $"{operation} has no such mistake; the nearest is {NearestName.Of(name, names)}";
    }
}

/// <summary>A mistake in the backward pass of an operation.</summary>
/// <param name="Operation">The operation's name.</param>
/// <param name="Mistake">The mistake.</param>
internal sealed record NamedMistake(string Operation, Mistake Mistake)
{
    /// <summary>The name of both, such as <c>dense:batch-mean</c>.</summary>
    public string Name => $"{Operation}:{Mistake.Name}";

    /// <summary>What is written about it.</summary>
    public object ToJson() => new { Operation, Mistake = Mistake.Name, Mistake.Description };
}
