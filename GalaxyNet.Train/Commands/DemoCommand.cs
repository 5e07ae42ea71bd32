using System.CommandLine;
using System.Globalization;

namespace GalaxyNet.Train;

/// <summary><c>demo</c>: everything on galaxies that are drawn here.</summary>
internal sealed class DemoCommand : Command
{
    private const string BatchSize = "16"; // many small steps, for a few hundred galaxies

    private const int MostGalaxies = 1_000_000; // the challenge has a sixteenth of it

    private readonly NumberOption<uint> seed = CommonOptions.Seed();

    private readonly PathOption<string> output = new("--out", PathRole.OutputFolder)
    {
        Description = "Where to keep the galaxies, the images, the run and a figure of its predictions; "
            + "without --out, all is deleted at the end",
        HelpName = "DIR",
    };

    private readonly NumberOption<int> galaxies = new NumberOption<int>("--galaxies")
    {
        Description = "The number of galaxies to draw",
        HelpName = "N",
        DefaultValueFactory = _ => 600,
    }.AtLeast(2).AtMost(MostGalaxies);

    private readonly NumberOption<int> epochs = new NumberOption<int>("--epochs")
    {
        Description = "The number of epochs to train for",
        HelpName = "N",
        DefaultValueFactory = _ => 8,
    }.AtLeast(1);

    private readonly Option<bool> json = CommonOptions.Json();
    private readonly Terminal terminal;

    public DemoCommand(Terminal terminal)
        : base(
            "demo",
            "Draw galaxies, then preprocess them, train and evaluate: needs no data, no GPU and under two minutes.\n"
            + "Example: demo --out demo")
    {
        this.terminal = terminal;
        this.AddAll(seed, output, galaxies, epochs, json);
        SetAction(result =>
        {
            if (result.GetValue(output) is { } folder)
                RunIn(folder, result, "--figure", Path.Combine(folder, "answers.png"));
            else
                RunInTemporaryFolder(result);
        });
    }

    private void RunInTemporaryFolder(ParseResult result)
    {
        terminal.Log("Nothing is kept; with --out DIR everything is, including a report of the run");
        string folder = OutputFile.CreateTemporaryFolder("galaxynet-demo-");
        try
        {
            RunIn(folder, result);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void RunIn(string folder, ParseResult result, params string[] figure)
    {
        string data = Path.Combine(folder, "galaxies");
        string images = Path.Combine(folder, "pictures");
        string run = Path.Combine(folder, "run");
        uint seedValue = result.GetValue(seed);
        int count = result.GetValue(galaxies);
        RequireNoDemo(folder, data, run);
        terminal.Log($"Drawing {count} galaxies into {data}");
        terminal.Track("Drawing", progress =>
            DemoGalaxies.Write(data, count, (int)seedValue, progress, terminal.Cancellation));
        bool asJson = result.GetValue(json);
        var steps = asJson ? terminal.WithOutput(TextWriter.Null) : terminal;
        Run(steps, "preprocess", "--data", data, "--out", images);
        string[] settings =
            ["--epochs", Text(result.GetValue(epochs)), "--batch-size", BatchSize, "--seed", Text(seedValue)];
        Run(steps, ["train", "--data", data, "--out", run, .. settings]);
        string[] more = asJson ? [.. figure, "--json"] : figure;
        Run(terminal, ["evaluate", "--run", run, "--data", data, "--subset", "test", .. more]);
    }

    /// <summary>Keeps the galaxies of an earlier demo from being drawn over.</summary>
    /// <exception cref="UserErrorException">There is one.</exception>
    private static void RequireNoDemo(string folder, string data, string run)
    {
        if (new RunFolder(run).HasBegun)
            throw new UserErrorException(
                $"{folder}: holds a demo already: give another --out, or go on with its run: "
                + ProgramName.Command($"train --resume --data {ShellWord.Of(data)} --out {ShellWord.Of(run)}"));
    }

    private static void Run(Terminal terminal, params string[] arguments)
    {
        terminal.Log($"> {string.Join(' ', arguments)}");
        TrainProgram.Run(arguments, terminal);
    }

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
