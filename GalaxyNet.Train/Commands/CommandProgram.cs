using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using ILGPU.Runtime;

namespace GalaxyNet.Train;

/// <summary>A program of commands: parses a command line, runs it, and turns errors into one clear line.</summary>
internal static class CommandProgram
{
    /// <summary>The exit code after an error of the user.</summary>
    public const int UserError = 1;

    /// <summary>The exit code after an interruption: 128 + SIGINT, as shells count.</summary>
    public const int Interrupted = 130;

    private const int UsageError = 2;

    // A path may begin with @.
    private static readonly ParserConfiguration WithoutResponseFiles = new() { ResponseFileTokenReplacer = null };

    /// <summary>Runs a command that Ctrl-C and other signals interrupt: see <see cref="Interruption"/>.</summary>
    /// <returns>The command's exit code; after a signal, that of <see cref="Interruption"/>.</returns>
    public static int RunInterruptibly(Func<CancellationToken, int> run)
    {
        using var interruption = new Interruption();
        int exitCode = run(interruption.Token);
        return exitCode == Interrupted ? interruption.ExitCode : exitCode;
    }

    /// <summary>Runs a command.</summary>
    /// <returns>0, or 1 after an error of the user, 2 after wrong usage, 130 after Ctrl-C.</returns>
    public static int Run(Func<Terminal, RootCommand> createRoot, string[] arguments, Terminal terminal) =>
        Run((terminal, _) => createRoot(terminal), arguments, terminal, new OneProcess());

    /// <summary>Runs a command in one of several processes, of which only process 0 speaks.</summary>
    /// <inheritdoc cref="Run(Func{Terminal, RootCommand}, string[], Terminal)"/>
    public static int Run(
        Func<Terminal, ICollective, RootCommand> createRoot, string[] arguments, Terminal terminal, Launcher launcher)
    {
        ICollective joined;
        try
        {
            joined = launcher.Join(terminal.Log, terminal.Cancellation);
        }
        catch (UserErrorException exception)
        {
            if (launcher.Rank == 0)
                terminal.Log(exception.Message);
            return UserError;
        }
        using (joined)
            return Run(createRoot, arguments, joined.Rank == 0 ? terminal : terminal.Silent(), joined);
    }

    /// <summary>Runs a command for another one; errors come as exceptions.</summary>
    public static int Run(RootCommand root, string[] arguments, Terminal terminal) =>
        Run(root, arguments, terminal, new OneProcess());

    private static int Run(
        Func<Terminal, ICollective, RootCommand> createRoot,
        string[] arguments,
        Terminal terminal,
        ICollective processes)
    {
        try
        {
            return Run(createRoot(terminal, processes), arguments, terminal, processes);
        }
        catch (OperationCanceledException exception)
        {
            terminal.Log(exception.Message);
            return Interrupted;
        }
        catch (UsageException exception)
        {
            return Failed(terminal, processes, WithHelp(exception.Message), UsageError);
        }
        catch (Exception exception) when (MessageFor(exception) is { } message)
        {
            return Failed(terminal, processes, message, UserError);
        }
    }

    private static int Run(RootCommand root, string[] arguments, Terminal terminal, ICollective processes)
    {
        var result = root.Parse(arguments, WithoutResponseFiles);
        if (arguments.Length == 0 && result.Errors.Count > 0)
            result = root.Parse("--help");
        if (result.Action is ParseErrorAction)
        {
            var messages = result.Errors.Select(MessageFor).Concat(Meant(result));
            return WrongUsage(terminal, string.Join(' ', messages));
        }
        if (result.Action == result.CommandResult.Command.Action) // and not the help
        {
            if (processes.Size > 1 && result.CommandResult.Command is not ISharedCommand)
                return WrongUsage(terminal, ForOneProcess(result.CommandResult.Command, processes.Size));
            OpenSsl.Require();
            if (processes.Rank == 0) // which alone writes
                OutputCheck.Require(result, terminal);
        }
        return result.Invoke(new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // Ctrl-C is the program's
        });
    }

    private static string ForOneProcess(Command command, int processes) =>
        $"{command.Name} is for one process, but {processes} were started together: start it without the launcher.";

    /// <summary>Ends what cannot go on, and with it the other processes, which would wait for this one.</summary>
    private static int Failed(Terminal terminal, ICollective processes, string message, int exitCode)
    {
        if (processes.Size > 1)
            processes.Abort(message, exitCode);
        terminal.Log(message);
        return exitCode;
    }

    private static string WithHelp(string message) => $"{message} (see --help)";

    private static int WrongUsage(Terminal terminal, string message)
    {
        terminal.Log(WithHelp(message));
        return UsageError;
    }

    /// <summary>What to tell the user; null if the exception is the program's own fault.</summary>
    private static string? MessageFor(Exception exception) => exception switch
    {
        FileNotFoundException { FileName: null } =>
            "The current folder is gone: change to one that is there, and give the command again",
        UserErrorException
            or OutputException
            or DeviceUnavailableException
            or KernelLoadException
            or InvalidDataException
            or IOException
            or DeviceMemoryException => exception.Message,
        UnauthorizedAccessException =>
            $"{exception.Message.TrimEnd('.')}: give the user who runs this the right to it",
        OutOfMemoryException or AcceleratorException =>
            "There is not enough memory, or the device failed "
            + $"({OneLine(exception.Message).TrimEnd('.')}): see what else uses it.",
        AggregateException several when several.Flatten().InnerExceptions.Select(MessageFor).ToList() is var messages =>
            messages.Contains(null) ? null : messages[0],
        _ => null,
    };

    /// <summary>The parser does not always say which option it means.</summary>
    private static string MessageFor(ParseError error)
    {
        string message = OneLine(error.Message);
        var result = error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult;
        return result?.Option.Name is not { } option || message.Contains(option, StringComparison.Ordinal)
            ? message
            : $"{option}: {message}";
    }

    /// <summary>What a word may have been meant to be that is neither a command nor an option.</summary>
    private static IEnumerable<string> Meant(ParseResult result)
    {
        var command = result.CommandResult.Command;
        string[] names =
            [.. command.Subcommands.Select(each => each.Name), .. command.Options.Select(each => each.Name)];
        return
            from word in result.UnmatchedTokens
            let near = NearestName.Near(word, names)
            where near is not null
            select $"Did you mean {near}?";
    }

    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
