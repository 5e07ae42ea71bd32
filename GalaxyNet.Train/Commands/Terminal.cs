using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace GalaxyNet.Train;

/// <summary>
/// Where a command speaks to its user: results go to standard output, progress and all other lines to standard error.
/// </summary>
internal sealed class Terminal
{
    private const int FileWidth = 120;

    private readonly TextWriter errorStream;
    private readonly IAnsiConsole errorConsole;
    private readonly HashSet<string> said = [];
    private IAnsiConsole outputConsole;

    /// <summary>Speaks to the streams of a process, or to others.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="cancellation">Is canceled by Ctrl-C.</param>
    public Terminal(TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var (results, told) = (new StandardWriter(output, isTold: false), new StandardWriter(error, isTold: true));
        (Output, Error, Cancellation) = (results, told, cancellation);
        errorStream = error;
        outputConsole = CreateConsole(new StandardConsole(output, results));
        errorConsole = CreateConsole(new StandardConsole(error, told));
    }

    /// <summary>Standard output.</summary>
    public TextWriter Output { get; private set; }

    /// <summary>Standard error.</summary>
    public TextWriter Error { get; }

    /// <summary>Is canceled by Ctrl-C.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>The same terminal for a command within a command, whose result goes elsewhere.</summary>
    public Terminal WithOutput(TextWriter output) => new(output, errorStream, Cancellation);

    /// <summary>A terminal that says nothing, and is interrupted like this one.</summary>
    public Terminal Silent() => new(TextWriter.Null, TextWriter.Null, Cancellation);

    /// <summary>Leaves standard output to a file that is written there: all lines go to standard error.</summary>
    public void LeaveOutput() => (Output, outputConsole) = (Error, errorConsole);

    /// <summary>Writes a line of the result.</summary>
    public void WriteLine(string line) => Output.WriteLine(TerminalLine.Of(line, WidthOf(outputConsole)));

    /// <summary>Writes the result as one JSON object.</summary>
    public void WriteJson(object result) => Output.WriteLine(JsonSerializer.Serialize(result, JsonFormat.Options));

    /// <summary>Writes a table of the result.</summary>
    /// <param name="headings">The columns' names; one that begins with a space is of a column of numbers.</param>
    /// <param name="rows">A cell for each column.</param>
    public void WriteTable(string[] headings, IEnumerable<string[]> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (string heading in headings)
            table.AddColumn(new TableColumn(new Text(heading.Trim())) { Alignment = AlignmentOf(heading) });
        foreach (string[] row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        outputConsole.Write(table);
    }

    /// <summary>Writes a line to standard error.</summary>
    public void Log(string line) => Error.WriteLine(TerminalLine.Of(line, WidthOf(errorConsole)));

    /// <summary>Writes a line to standard error, unless it was said so before.</summary>
    public void LogOnce(string line)
    {
        if (said.Add(line))
            Log(line);
    }

    /// <summary>Does some work, with a progress bar if there is a terminal to draw it on.</summary>
    /// <param name="what">What is being done.</param>
    /// <param name="work">Does it, and reports how much is done.</param>
    /// <param name="unit">What is counted.</param>
    public void Track(string what, Action<ProgressReport?> work, string unit = "images") => Track(
        what,
        progress =>
        {
            work(progress);
            return true;
        },
        unit);

    /// <inheritdoc cref="Track(string, Action{ProgressReport?}, string)"/>
    /// <param name="what">What is being done.</param>
    /// <param name="work">Does it, and reports how much is done.</param>
    /// <param name="unit">What is counted.</param>
    /// <param name="following">
    /// How long all takes that comes after this work, by how long this work takes in all; the bar then shows the time
    /// left for everything as well. Null if nothing of the kind follows.
    /// </param>
    public T Track<T>(
        string what,
        Func<ProgressReport?, T> work,
        string unit = "images",
        Func<TimeSpan, TimeSpan>? following = null)
    {
        if (!errorConsole.Profile.Out.IsTerminal)
            return work(null);
        ProgressColumn[] columns =
        [
            new TaskDescriptionColumn(),
            new ProgressBarColumn(),
            new PercentageColumn(),
            new RateColumn(unit),
            new RemainingTimeColumn(),
            .. following is null ? (ProgressColumn[])[] : [new WholeTimeColumn(following)],
        ];
        return errorConsole.Progress()
            .AutoClear(true)
            .Columns(columns)
            .Start(context =>
            {
                var task = context.AddTask(Markup.Escape(what));
                return work((done, total) =>
                {
                    task.MaxValue = total;
                    task.Value = done;
                });
            });
    }

    private static int? WidthOf(IAnsiConsole console) =>
        console.Profile.Out.IsTerminal ? console.Profile.Width : null;

    private static Justify AlignmentOf(string heading) => heading.StartsWith(' ') ? Justify.Right : Justify.Left;

    private static IAnsiConsole CreateConsole(StandardConsole target)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = target });
        if (!target.IsTerminal)
            console.Profile.Width = FileWidth;
        return console;
    }

    private sealed class RateColumn(string unit) : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(string.Create(CultureInfo.InvariantCulture, $"{task.Speed ?? 0:N0} {unit}/s"));
    }

    private sealed class WholeTimeColumn(Func<TimeSpan, TimeSpan> following) : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
        {
            if (task.Speed is not { } speed || speed <= 0)
                return Text.Empty;
            var left = TimeSpan.FromSeconds((task.MaxValue - task.Value) / speed);
            return new Text($"(all: {TimeLeft.Text(left + following(TimeSpan.FromSeconds(task.MaxValue / speed)))})");
        }
    }
}
